"""What a broken rule says to a person, and the rules as they stand beside the form."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from guichet.kernel.verdict import Finding
from guichet.rules import access_codes, dated
from guichet.rules.access_codes import Profile


def sentences(findings: Iterable[Finding]) -> list[str]:
    """One sentence for each finding, in order; none repeats what was typed."""
    return [_sentence(finding) for finding in findings]


def _sentence(finding: Finding) -> str:
    if finding.key == "P4":
        return _OTHERS[str(finding.inputs["reading"])]() % finding.inputs
    inputs = dict(finding.inputs)
    if "specials" in inputs:  # apart, they can be told from each other
        inputs["specials"] = " ".join(str(inputs["specials"]))
    return _SENTENCES[finding.key]() % inputs


_SENTENCES = {
    "U1": lambda: _("Use only digits (0-9) and the small letters a to z in your user name."),
    "U2": lambda: _("Your user name must have %(min)d to %(max)d characters."),
    "U3": lambda: _("Your user name must not contain a space."),
    "U4": lambda: _("This user name is already taken. Choose another one."),
    "P1": lambda: _("Your password must have %(min)d to %(max)d characters."),
    "P2": lambda: _("Your password must not contain a space."),
    "P5": lambda: _(
        "Use only letters without accent, digits and these special characters in your password: "
        "%(specials)s"
    ),
    "P7": lambda: _("Choose a password that differs from the former one."),
    "M1": lambda: _("Your password must have %(min)d to %(max)d characters."),
    "M2": lambda: _("Many people use this password, and it is tried first. Choose another one."),
    "M3": lambda: _("Your password must not contain your user name."),
}
_OTHERS = {
    "A": lambda: _("Your password must have at least %(others)d digits or special characters."),
    "B": lambda: _("Your password must have at least one digit and one special character."),
    "C": lambda: _(
        "Your password must have at least %(others)d digits and %(others)d special characters."
    ),
}


def user_name_rules(*, on: date) -> list[str]:
    """The rules of a user name, in the words of the instructions."""
    return [
        _("Only digits (0-9) and letters of the alphabet (a-z) are allowed"),
        _("At least %(min)d characters, at most %(max)d")
        % _bounds("access_codes.user_name", on=on),
        _("No space"),
    ]


def password_rules(*, on: date) -> list[str]:
    """The rules of a password under the profile of this installation."""
    if settings.ENVIRONMENT.password_profile == Profile.MODERN:
        return [
            _("At least %(min)d characters, at most %(max)d")
            % _bounds("access_codes.modern", on=on),
            _("Whatever characters you like: a short sentence is good, spaces included"),
            _("Case-sensitive (small and capital letters are different)"),
            _("Not one that many people use, and not your user name"),
        ]
    others = dated.whole("access_codes.password.others", on=on)
    return [
        _("At least %(min)d characters, at most %(max)d") % _bounds("access_codes.password", on=on),
        _("No space"),
        _("Case-sensitive (small and capital letters are different)"),
        _("At least %(others)d alphanumeric characters (digits, special characters)")
        % {"others": others},
        _("Only these special characters are allowed: %(specials)s")
        % {"specials": " ".join(access_codes.specials(on=on))},
    ]


def _bounds(stem: str, *, on: date) -> dict[str, int]:
    return {
        "min": dated.whole(f"{stem}.min_length", on=on),
        "max": dated.whole(f"{stem}.max_length", on=on),
    }
