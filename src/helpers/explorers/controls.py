"""Make the controls of an explorer: one with a label for each trait, and the answer below them."""

from html import escape
from typing import Any

import ipywidgets as widgets
import traitlets

_WIDE = {"description_width": "13em"}


def make_controls(explorer: Any, style: str) -> widgets.VBox:
    """Return a box with the controls of an explorer and its answer, linked to the traits both ways.

    The explorer has the traits of `helpers.explorers.explorer.Explorer`; `style` is the CSS of its answer.
    """
    controls = [_control(explorer, name, label) for name, label in explorer.asked.items()]
    # Screen readers announce a status when it changes.
    status, answer = widgets.HTML(), widgets.HTML()
    picture = widgets.Output()

    def refresh(_change: object = None) -> None:
        status.value = f'<p role="status" aria-live="polite">{escape(explorer.message)}</p>'
        answer.value = f'<div class="explorer" lang="en"><style>{style}</style>{explorer.show()}</div>'
        chart = explorer.chart()
        picture.outputs = ()
        if chart is not None:
            picture.append_display_data(chart)

    refresh()
    explorer.observe(refresh, names="frame")
    heading = widgets.HTML(f"<strong>{escape(explorer.title)}</strong>")
    return widgets.VBox([heading, *controls, status, picture, answer])


def _control(explorer: Any, name: str, label: str) -> widgets.Widget:
    """Return the control of a trait, according to its choices or its type."""
    trait, value = explorer.traits()[name], getattr(explorer, name)
    choices = explorer.choices().get(name)
    common = {"description": label, "style": _WIDE, "layout": _layout()}
    if isinstance(trait, traitlets.Tuple):
        return _checkboxes(explorer, name, label)
    if choices:
        return _list(explorer, name, widgets.Dropdown(options=choices, value=None, **common))
    if isinstance(trait, traitlets.Bool):
        control = widgets.Checkbox(value=value, indent=True, **common)
    elif isinstance(trait, traitlets.Int):
        # Not a bounded field, which would silently change the input; the status says what is allowed.
        control = widgets.IntText(value=value, **common)
    else:
        # A text takes effect when the reader presses Enter or Tab, not at every letter.
        control = widgets.Text(value=value, continuous_update=False, **common)
    traitlets.link((explorer, name), (control, "value"))
    return control


def _list(explorer: Any, name: str, control: widgets.Dropdown) -> widgets.Dropdown:
    """Link a list to its trait; it is empty while the trait has a value that is not in the list."""
    known = [value for _, value in control.options]

    def lead(change: Any) -> None:
        if change.new is not None:
            explorer.set_trait(name, change.new)

    def follow(_change: object = None) -> None:
        value = getattr(explorer, name)
        control.value = value if value in known else None

    follow()
    control.observe(lead, names="value")
    explorer.observe(follow, names=name)
    return control


def _checkboxes(explorer: Any, name: str, label: str) -> widgets.VBox:
    """Return a checkbox for each value of a trait that can have several.

    A list with multiple selection would not work, because JupyterLab uses the arrow keys itself.
    """
    boxes = [
        widgets.Checkbox(
            description=f"{label} {choice}",
            value=value in getattr(explorer, name),
            style=_WIDE,
            layout=_layout(),
        )
        for choice, value in explorer.choices()[name]
    ]
    values = [value for _, value in explorer.choices()[name]]

    def lead(_change: object) -> None:
        explorer.set_trait(name, tuple(v for v, box in zip(values, boxes, strict=True) if box.value))

    def follow(change: Any) -> None:
        # While the boxes follow the trait, they must not set it to what is checked so far.
        for value, box in zip(values, boxes, strict=True):
            box.unobserve(lead, names="value")
            box.value = value in change.new
            box.observe(lead, names="value")

    for box in boxes:
        box.observe(lead, names="value")
    explorer.observe(follow, names=name)
    return widgets.VBox(boxes)


def _layout() -> widgets.Layout:
    """Return a layout with room for the longest label and its control, within the width available."""
    return widgets.Layout(width="34em", max_width="100%")
