"""Another end, or no break at all."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break.forms.parts import CertifiedField, DayField, ShortText


class EndForm(forms.Form):
    """Only the end date can be changed."""

    last_day = DayField(label=_("Last day of the interruption *"))
    comment = ShortText(label=_("Comment"))


class CancelForm(forms.Form):
    """The box without which nothing is cancelled."""

    wants_mail = forms.BooleanField(
        label=_("I wish to receive a confirmation by e-mail"), required=False
    )
    certified = CertifiedField(
        _("I confirm that I want to cancel my request. *"),
        unticked=_("Tick the box to confirm that you cancel the request."),
    )
