"""The live side of an explorer: a labeled control for each trait, and the answer below them."""

from html import escape

import ipywidgets as widgets
import traitlets

from helpers.explorers.explorer import STYLE, Explorer

_WIDE = {"description_width": "11em"}


def make_controls(explorer: Explorer) -> widgets.VBox:
    """Return a box with the controls of an explorer and its answer; both follow the traits, and lead them."""
    controls = [_control(explorer, name, label) for name, label in explorer.asked.items()]
    # A status is read out by screen readers when it changes.
    status, answer = widgets.HTML(), widgets.HTML()
    picture = widgets.Output()

    def refresh(_change: object = None) -> None:
        status.value = f'<p role="status" aria-live="polite">{escape(explorer.message)}</p>'
        answer.value = f'<div class="explorer" lang="en"><style>{STYLE}</style>{explorer.show()}</div>'
        chart = explorer.chart()
        picture.outputs = ()
        if chart is not None:
            picture.append_display_data(chart)

    refresh()
    explorer.observe(refresh, names="frame")
    heading = widgets.HTML(f"<strong>{escape(explorer.title)}</strong>")
    return widgets.VBox([heading, *controls, status, picture, answer])


def _control(explorer: Explorer, name: str, label: str) -> widgets.Widget:
    """Return the control of a trait: by its choices, or by its kind."""
    trait, value = explorer.traits()[name], getattr(explorer, name)
    choices = explorer.choices().get(name)
    layout = widgets.Layout(width="30em", max_width="100%")
    common = {"description": label, "style": _WIDE, "layout": layout}
    if isinstance(trait, traitlets.Tuple):
        return _checkboxes(explorer, name, label)
    if choices:
        return _list(explorer, name, widgets.Dropdown(options=choices, value=None, **common))
    if isinstance(trait, traitlets.Bool):
        control = widgets.Checkbox(value=value, indent=True, **common)
    elif isinstance(trait, traitlets.Int):
        # Not a bounded one, which would change what was typed without a word: the status says what can be.
        control = widgets.IntText(value=value, **common)
    else:
        # A text is asked when it is finished, with Enter or Tab, and not at every letter.
        control = widgets.Text(value=value, continuous_update=False, **common)
    traitlets.link((explorer, name), (control, "value"))
    return control


def _list(explorer: Explorer, name: str, control: widgets.Dropdown) -> widgets.Dropdown:
    """Link a list to its trait; it shows nothing while the trait has a value that is not in the list."""
    known = [value for _, value in control.options]

    def lead(change: object) -> None:
        if change.new is not None:
            explorer.set_trait(name, change.new)

    def follow(_change: object = None) -> None:
        value = getattr(explorer, name)
        control.value = value if value in known else None

    follow()
    control.observe(lead, names="value")
    explorer.observe(follow, names=name)
    return control


def _checkboxes(explorer: Explorer, name: str, label: str) -> widgets.VBox:
    """Return a checkbox for each value of a trait that can have several.

    A list to choose from would not do: JupyterLab takes its arrow keys for itself.
    """
    boxes = [
        widgets.Checkbox(description=f"{label} {choice}", value=value in getattr(explorer, name), style=_WIDE)
        for choice, value in explorer.choices()[name]
    ]
    values = [value for _, value in explorer.choices()[name]]

    def lead(_change: object) -> None:
        explorer.set_trait(name, tuple(v for v, box in zip(values, boxes, strict=True) if box.value))

    def follow(change: object) -> None:
        # Boxes that follow do not lead: each would set the trait to what is checked so far.
        for value, box in zip(values, boxes, strict=True):
            box.unobserve(lead, names="value")
            box.value = value in change.new
            box.observe(lead, names="value")

    for box in boxes:
        box.observe(lead, names="value")
    explorer.observe(follow, names=name)
    return widgets.VBox(boxes)
