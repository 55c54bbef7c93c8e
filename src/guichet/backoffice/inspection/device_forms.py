"""What an inspector asks of the devices and the alternative methods: nobody is named in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.backoffice.inspection.forms import SiteAndEnterprise, plain
from guichet.eservices.presence.kiosk.words import (
    DEVICE_KINDS,
    DEVICE_STATES,
    METHOD_STATES,
)


class _ListForm(SiteAndEnterprise):
    """A site and an enterprise, both may stay empty."""

    site = forms.CharField(
        label=gettext_lazy("Site number"), required=False, max_length=200, widget=plain()
    )
    enterprise = forms.CharField(
        label=gettext_lazy("Enterprise number"), required=False, max_length=40, widget=plain()
    )


class DevicesForm(_ListForm):
    """Devices of a site, of an enterprise, of a kind, in a state."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "kind", DEVICE_KINDS)
        _offer(self, "state", DEVICE_STATES)


class MethodsForm(_ListForm):
    """Methods of a site, of an enterprise, in a state."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "state", METHOD_STATES)


def _offer(form: forms.Form, name: str, words: dict[str, Any]) -> None:
    field: Any = form.fields[name]
    field.choices = [("", _("All")), *words.items()]
