"""What a student could hand in to act on a page that an instructor opens: text, outputs, metadata, files.

Each asks for ``/pwned-NAME`` on the server that shows it, or for a file of another host.
"""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

OTHER = "http://pwned.invalid"
_RUN = "fetch('/pwned-{0}')"
_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
# What the attack that was seen first did.
_WRITE = (
    "fetch('/api/contents/PWNED.txt',{method:'PUT',headers:{'X-XSRFToken':(document.cookie.match('_xsrf=([^;]*)')"
    "||[])[1]||''},body:JSON.stringify({type:'file',format:'text',content:'x'})})"
)

MARKDOWN = {
    "img": '<img src=x onerror="RUN">',
    "write": f'<img src=x onerror="{_WRITE}">',
    "script": "<script>RUN</script>",
    "svg": '<svg onload="RUN"></svg>',
    "svg-use": f'<svg><use href="{OTHER}/use.svg#x"/><image href="{OTHER}/image.png"/></svg>',
    "math": '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=RUN&gt;">'
    "</table></mtext></math>",
    "iframe": f'<iframe src="{OTHER}/iframe"></iframe>',
    "iframe-srcdoc": '<iframe srcdoc="<script>parent.RUN</script>"></iframe>',
    "object": f'<object data="{OTHER}/object"></object><embed src="{OTHER}/embed">',
    "style": f"<style>@import url({OTHER}/import.css); body {{background: url({OTHER}/body.png)}}</style>",
    "style-attribute": f'<p style="background: url({OTHER}/attribute.png)">x</p>',
    "font": f"<style>@font-face {{font-family: f; src: url({OTHER}/font)}} * {{font-family: f}}</style>",
    "link": f'<link rel="stylesheet" href="{OTHER}/link.css"><link rel="prefetch" href="{OTHER}/prefetch">',
    "meta": f'<meta http-equiv="refresh" content="0; url={OTHER}/meta">',
    "base": f'<base href="{OTHER}/">',
    "form": f'<form action="{OTHER}/form"><button autofocus onfocus="RUN">Full credit</button></form>',
    "details": '<details open ontoggle="RUN">x</details>',
    "media": f'<video src="{OTHER}/video" autoplay></video><audio src="{OTHER}/audio" onerror="RUN"></audio>',
    "marquee": '<marquee onstart="RUN">x</marquee>',
    "newline": '<img\nsrc=x\nonerror="RUN"\n>',
    "slash": '<img/src=x/onerror="RUN">',
    "upper": "<ScRiPt>RUN</sCrIpT>",
    "in-code": '`` ` ``<img src=x onerror="RUN">`` ` ``',
    "in-fence": '```\n```\n<img src=x onerror="RUN">\n',
    "in-math": '$x$<img src=x onerror="RUN">$y$',
    "in-table": '| a |\n|---|\n| <img src=x onerror="RUN"> |',
    "in-heading": '# <img src=x onerror="RUN">',
    "in-info": '```"><img src=x onerror="RUN">\nx\n```',
    "in-title": f'![x]({OTHER}/titled.png "\' onerror=RUN")',
    "picture": f"![a picture]({OTHER}/picture.png)",
    "picture-by-name": f"![a picture][there]\n\n[there]: {OTHER}/by-name.png",
    "picture-own": "![a picture](/pwned-own)",
    "picture-svg": "![x](data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=)",
    "no-attachment": "![x](attachment:nowhere.png)",
    "js-link": "[read this](javascript:RUN)",
    "js-entity": "[read this](java&#115;cript:RUN)",
    "js-case": "[read this](JaVaScRiPt:RUN)",
    "js-tab": "[read this](java\tscript:RUN)",
    "js-angle": "[read this](<javascript:RUN>)",
    "js-auto": "<javascript:RUN>",
    "js-by-name": "[read this][j]\n\n[j]:\n  javascript:RUN",
    "vbscript-link": "[read this](vbscript:RUN)",
    "data-link": "[read this](data:text/html,<script>RUN</script>)",
    "own-file": "[my map](map.html)",
    "tex-href": "$\\href{javascript:RUN}{x}$",
    "tex-unicode": "$$\\unicode[x;background:url(//pwned.invalid/u)]{x41}$$",
    "tex-require": "\\begin{equation}\\require{action}\\toggle{x}{y}\\endtoggle\\end{equation}",
    "tex-style": "$\\style{background: url(http://pwned.invalid/t)}{x}$",
    "tex-entity": "$&#92;href{javascript:RUN}{x}$",
    "mermaid": '```mermaid\ngraph TD; A["<img src=x onerror=RUN>"]; click A "javascript:RUN"\n```',
    "field-id": "# chinese-note",
    "comment": "<!-- hides what comes after",
    "plaintext": "<plaintext>",
    "closes": "</div></div></div></div></div></div></body>",
}
"""Text of Markdown cells."""

# Codes for colors that are not whole, for a link, and for the title of a window.
_ANSI = f"\x1b[38m \x1b[48;5m \x1b[38;2;999m \x1b]8;;{OTHER}\x07x\x1b]8;;\x07 \x1b[31<img src=x onerror=RUN>m"
_A_MARK = '<div class="mark"><p><strong>99 of 99 points</strong></p></div>'
HTML = {
    name: f"from IPython.display import HTML, display\ndisplay(HTML({text!r}))"
    for name, text in MARKDOWN.items()
}
_MARKUP = '<img src=x onerror="RUN">'
_SCRIPT = "<script>RUN</script>"


def _shown(data, metadata=None):
    """Return code that shows data as it is."""
    return f"display({data!r}, metadata={metadata!r}, raw=True)"


OUTPUTS = {
    "javascript": _shown({"application/javascript": "RUN"}),
    "javascript-object": "from IPython.display import Javascript\ndisplay(Javascript('RUN'))",
    "svg-output": _shown({"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" onload="RUN"/>'}),
    "markdown-output": _shown({"text/markdown": _MARKUP}),
    "markdown-picture": _shown({"text/markdown": f"![x]({OTHER}/output.png)"}),
    "latex-output": _shown({"text/latex": "$\\href{javascript:RUN}{x}$"}),
    "widget": _shown({"application/vnd.jupyter.widget-view+json": {"model_id": f"</script>{_SCRIPT}"}}),
    "mermaid-output": _shown({"text/vnd.mermaid": _MARKUP}),
    "vega": _shown({"application/vnd.vegalite.v5+json": {"data": {"url": f"{OTHER}/vega"}}}),
    "pdf": _shown({"application/pdf": "JVBERi0="}),
    "own-kind": _shown({f'text/x-own; ">{_MARKUP}': "x"}),
    "png-breaks-out": _shown({"image/png": 'x" onerror="RUN'}),
    "png-is-svg": _shown({"image/png": "PHN2ZyBvbmxvYWQ9IlJVTiIvPg=="}),
    "png-width": _shown({"image/png": _PNG}, {"image/png": {"width": "1 onload=RUN"}}),
    "png-file": _shown({"image/png": _PNG}, {"filenames": {"image/png": f"{OTHER}/file.png"}}),
    "svg-file": _shown({"image/svg+xml": "<svg/>"}, {"filenames": {"image/svg+xml": f"{OTHER}/file.svg"}}),
    "isolated": _shown({"text/html": "<script>parent.RUN</script>"}, {"text/html": {"isolated": True}}),
    "plain-is-object": _shown({"text/plain": {"a": _MARKUP}}),
    "html-is-list": _shown({"text/html": ["<img src=x ", 'onerror="RUN">']}),
    "stream": f"print({'</pre>' + _MARKUP!r})",
    "stream-error": f"import sys\nprint({'</pre>' + _SCRIPT!r}, file=sys.stderr)",
    "ansi": f"print({_ANSI!r})",
    "error": f"raise type({_MARKUP!r}, (Exception,), {{}})({_SCRIPT!r})",
    "error-ansi": f"raise Exception({_ANSI!r})",
    "half-a-letter": "print('\\ud800')",
    "imitates-a-mark": f"display(HTML({_A_MARK!r}))",
    "deep": "display(HTML('<div>' * 20_000 + 'x'))",
    "long": "display(HTML('<p>' + 'x' * 3_000_000))",
    "many": "for i in range(300): display(HTML('<b>x</b>' * 5_000))",
}
"""Code whose outputs are shown."""

FILES = {
    name: b'<svg xmlns="http://www.w3.org/2000/svg"><script>fetch("/pwned-file")</script></svg>'
    for name in ("map.html", "map.svg", "map.xhtml", "map.HTM", "map.xml", "map", "towns.csv")
}
"""Files beside the notebook."""


def metadata_of(name):
    """Return metadata of a notebook or a cell that a template may print."""
    markup = f'"><img src=x onerror="{_RUN.format(name)}">'
    return {
        "tags": [markup, "score", 5, {"a": markup}],
        "magics_language": 5,
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": f"</script>{markup}"}},
        "raw_mimetype": "text/html",
        "alt": markup,
        "title": markup,
        "language_info": {"name": markup, "pygments_lexer": markup},
        "kernelspec": {"name": markup, "display_name": markup, "language": markup},
        "jupyter": {"source_hidden": True, "outputs_hidden": True},
    }  # fmt: skip


def cells(texts, *, kind):
    """Return a cell for each payload, of a kind: markdown, raw, attached or code."""
    made = []
    for name, text in texts.items():
        text = text.replace("RUN", _RUN.format(name))
        match kind:
            case "code":
                cell = new_code_cell(f"from IPython.display import HTML, display\n{text}")
            case "raw":
                cell = new_raw_cell(text)
            case _:
                cell = new_markdown_cell(text)
        cell.metadata.update(metadata_of(f"metadata-{name}"))
        made.append(cell)
    return made


def attached():
    """Return cells whose attachments are not the pictures that they seem."""
    shapes = {
        "attached-svg": {"image/svg+xml": "PHN2Zy8+"},
        "attached-html": {"text/html": "PHNjcmlwdD4="},
        "attached-breaks-out": {"image/png": f'x" onerror="{_RUN.format("attached")}'},
        "attached-kind": {f'x" onerror="{_RUN.format("kind")}': "x"},
    }
    made = []
    for name, shape in shapes.items():
        cell = new_markdown_cell(f"![x](attachment:{name}.png)")
        cell.attachments = {f"{name}.png": shape}
        made.append(cell)
    return made


def write_into(notebook, answer):
    """Return copies of a notebook with the payloads, by the name of the student who hands each in."""
    students = {
        "mallory": [*cells(MARKDOWN, kind="markdown"), *cells(MARKDOWN, kind="raw"), *attached()],
        "oscar": [*cells(HTML, kind="code"), *cells(OUTPUTS, kind="code")],
    }
    made = {}
    for student, more in students.items():
        copy = nbformat.from_dict(notebook)
        copy.metadata.update(metadata_of("metadata"))
        for cell in copy.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == answer:
                cell.source = "\n\n".join(
                    text.replace("RUN", _RUN.format(f"answer-{name}")) for name, text in MARKDOWN.items()
                )
        copy.cells[1:1] = more
        made[student] = copy
    return made
