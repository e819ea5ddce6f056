"""A little book with one practice question of each kind, and a page that asks two of them again."""

CONF = """
extensions = ["myst_parser", "sphinx_book_theme", "helpers.book"]
myst_enable_extensions = ["colon_fence"]
html_theme = "sphinx_book_theme"
html_title = "A Little Book"
source_suffix = {".md": "markdown"}
"""
OBJECTIVES = """
:::{admonition} After this session you can
:class: objectives
- **point** to a paragraph and **quote** it,
- **separate** dates,
- **count** words.

**Time**: about 5 minutes.
:::
"""
DENG = f"""# Deng

{OBJECTIVES}
## The document

```{{document}} deng-1962
```

```{{practice}} whose-building who-speaks
```

Some words between.

```{{practice}} days-of-the-record who-is-who words-of-the-wait how-many
```
"""
MAO = """# Mao

```{document} mao-1963
```

```{practice}
:retrieval: deng.whose-building deng.how-many
```
"""
INDEX = "# Contents\n\n```{toctree}\ndeng\nmao\n```\n"
QUESTIONS = """
- id: whose-building
  objective: deng.point
  kind: choose
  ask: |
    In whose building do the two men *meet*?
    See {para}`¶ 2 <deng-1962-p02>`.
  options:
    - text: In the embassy of the Soviet Union
      why: The ambassador goes to his host, in {para}`deng-1962-p02`.
    - text: In the building of the Chinese Central Committee
      right: true
      why: The record names {quotation}`the CC CCP building <deng-1962-p02>`.
    - text: In the airport of Beijing
      why: Nobody flies in {para}`deng-1962-p02`.
- id: who-speaks
  objective: deng.separate
  kind: several
  ask: Who says something in the record?
  options:
    - text: Deng Xiaoping
      right: true
      why: He speaks in most paragraphs.
    - text: The ambassador
      right: true
      why: He asks in {para}`deng-1962-p11`.
    - text: Mao Zedong
      why: The embassy asks to see him, and he is not there.
- id: days-of-the-record
  objective: deng.separate
  kind: order
  ask: Which came first?
  items:
    - text: The letter of the Soviet party
      why: It is of 22 February.
    - text: The request of the embassy
      why: It was made on 5 April.
    - text: The answer
      why: It was handed over on 9 April.
- id: who-is-who
  objective: deng.point
  kind: match
  ask: Which office did each hold?
  pairs:
    - left: Deng
      right: General Secretary
      why: Of the Chinese party.
    - left: Chervonenko
      right: Ambassador
      why: He signed the record.
  extra: [Foreign Minister]
- id: words-of-the-wait
  objective: deng.quote
  kind: quote
  ask: Quote the words on the wait.
  document: deng-1962
  paragraphs: {deng-1962-p01: ["silence"]}
  why: Nobody had answered.
  hint: Look at {para}`deng-1962-p01`.
- id: how-many
  objective: deng.count deng.point
  kind: number
  ask: How many paragraphs has the record?
  code: "len(load_paragraphs()[load_paragraphs()['document_id'] == 'deng-1962'])"
  unit: paragraphs
  why: They are numbered to the end.
  hint: Look at the numbers in the margin.
"""


def write_book(folder, *, questions=QUESTIONS, **pages):
    """Write the pages of the little book, some of them in other words, and return the folder."""
    (folder / "practice").mkdir(parents=True)
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "practice" / "deng.yml").write_text(questions, encoding="utf-8")
    for name, text in ({"index": INDEX, "deng": DENG, "mao": MAO} | pages).items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder
