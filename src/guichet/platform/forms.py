"""From a Django form to the parts of a page: fields, their errors, the summary of errors."""

from collections import Counter
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorList
from django.utils.translation import gettext as _
from markupsafe import Markup

from guichet.platform.components import COMPONENTS


def field(bound: BoundField) -> Markup:
    """One field with its label, hint, error and entered value."""
    params = _parts(bound)
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _choices(bound, params)
    if isinstance(widget, forms.CheckboxInput):
        item = {"value": "on", "text": str(bound.label), "checked": bool(bound.value())}
        return COMPONENTS["govukCheckboxes"](params | {"idPrefix": bound.auto_id, "items": [item]})
    params["label"] = {"text": str(bound.label)}
    if isinstance(widget, forms.Select):
        return COMPONENTS["govukSelect"](params | {"items": _options(bound)})
    if isinstance(widget, forms.FileInput):
        return COMPONENTS["govukFileUpload"](params)
    params["value"] = _shown(bound)
    name = "govukTextarea" if isinstance(widget, forms.Textarea) else "govukInput"
    params |= _input_params(widget)
    return COMPONENTS[name](params)


def fields(form: forms.BaseForm) -> Markup:
    """Every visible field in order, and the hidden ones."""
    hidden = [Markup(str(bound)) for bound in form.hidden_fields()]  # Django's own
    return Markup("").join([*hidden, *(field(bound) for bound in form.visible_fields())])


def error_summary(*forms_of_page: forms.BaseForm) -> Markup:
    """The red panel at the top with a link to each faulty field; empty when all is well.

    A page has one, whatever the number of its forms: it takes them all, in their order.
    """
    lines = [line for form in forms_of_page for line in _lines(form)]
    if not lines:
        return Markup("")
    return COMPONENTS["govukErrorSummary"](
        {"titleText": _("There is a problem"), "errorList": _told_apart(lines)}
    )


def _told_apart(lines: list[dict[str, str]]) -> list[dict[str, str]]:
    """The same sentence of two fields says of which field it is."""
    count = Counter(line["text"] for line in lines)
    return [
        line if count[line["text"]] == 1 or "label" not in line
        else line | {"text": _("%(field)s: %(error)s") % {"field": line["label"],
                                                          "error": line["text"]}}
        for line in lines
    ]  # fmt: skip


def _lines(form: forms.BaseForm) -> list[dict[str, str]]:
    lines = [{"text": str(line)} for line in form.non_field_errors()]
    # In the order of the fields, whichever was judged first.
    for name in form.fields:
        lines += _links(form[name], form.errors.get(name, ErrorList()))
    return lines


def _links(bound: BoundField, errors: ErrorList) -> list[dict[str, str]]:
    label = str(bound.label).rstrip(" *?:\u00a0")
    return [{"text": str(error), "href": f"#{bound.auto_id}", "label": label} for error in errors]


def _parts(bound: BoundField) -> dict[str, Any]:
    params: dict[str, Any] = {"id": bound.auto_id, "name": bound.html_name}
    if bound.help_text:
        params["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        # Each is a sentence; the component escapes what is not marked up.
        every = Markup("<br>").join(str(error) for error in bound.errors)
        params["errorMessage"] = {"html": every, "visuallyHiddenText": _("Error")}
    return params


def _input_params(widget: forms.Widget) -> dict[str, Any]:
    attrs = dict(widget.attrs)
    kind = "date" if isinstance(widget, forms.DateInput) else getattr(widget, "input_type", "text")
    params: dict[str, Any] = {"type": kind, "classes": attrs.pop("class", "")}
    if "autocomplete" in attrs:
        params["autocomplete"] = attrs.pop("autocomplete")
    return params | {"attributes": {name: str(value) for name, value in attrs.items()}}


def _shown(bound: BoundField) -> str:
    if isinstance(bound.field.widget, forms.PasswordInput):
        return ""  # never sent back, whatever was typed
    shown = bound.field.widget.format_value(bound.value())
    return "" if shown is None else str(shown)


def _options(bound: BoundField) -> list[dict[str, Any]]:
    value = bound.value()
    chosen = {str(item) for item in (value if isinstance(value, list) else [value])}
    choices = getattr(bound.field, "choices", ())
    return [
        {"value": str(code), "text": str(text), "selected": str(code) in chosen}
        for code, text in choices
    ]


def _choices(bound: BoundField, params: dict[str, Any]) -> Markup:
    several = isinstance(bound.field.widget, forms.CheckboxSelectMultiple)
    items = [option | {"checked": option.pop("selected")} for option in _options(bound)]
    params |= {
        "idPrefix": bound.auto_id,
        "fieldset": {"legend": {"text": str(bound.label)}},
        "items": items,
    }
    return COMPONENTS["govukCheckboxes" if several else "govukRadios"](params)
