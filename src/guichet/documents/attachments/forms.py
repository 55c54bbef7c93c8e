"""The form that takes one file."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AttachForm(forms.Form):
    """One file, and whether a picture loses what it tells besides."""

    attachment = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # said with the other refusals
        error_messages={"required": _("Choose the file that you want to attach.")},
    )
    clean_picture = forms.BooleanField(
        label=_("Remove from a picture where, when and with what it was taken"),
        required=False,
        initial=True,
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class AnnounceForm(forms.Form):
    """What a page announces before it sends a file in parts."""

    name = forms.CharField(max_length=255)
    size = forms.IntegerField(min_value=0)
    clean_picture = forms.BooleanField(required=False)
