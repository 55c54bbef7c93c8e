"""The paper card: 24 codes, printed once, posted, and kept as digests only."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.audit import trail
from guichet.csam.codes.models import Account
from guichet.csam.keys import codes_made, sealing
from guichet.csam.keys.activation import account_for, activate
from guichet.csam.keys.holders import Holder, UnknownKey, keeping
from guichet.csam.keys.models import Card, CardCode, CardSheet, Key
from guichet.platform import clock, post, typeset, wording
from guichet.registers.persons import queries as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.assurance import Means
from guichet.rules.digital_keys import CARD_DIGITS, CARD_RANKS, State, check_activation

SHEET_LIFE: Final = timedelta(minutes=15)
_SHEET: Final = "printed card"


class SheetGone(Exception):
    """The printed card was downloaded already, or too long ago to be had again."""


def make_card(*, holder: Holder, account_id: int, name: str, now: datetime) -> Key:
    """Make a card of 24 new codes, post it, and keep the sheet for one download.

    Raises TooWeak, UnknownAccount, KeyThere.
    """
    check_activation(kind=Means.CARD, level=holder.level, means=holder.means)
    codes = {rank: codes_made.digits(CARD_DIGITS) for rank in CARD_RANKS}
    account = Account.objects.filter(pk=account_id, person_id=holder.person_id).first()
    language = account.language if account else "nl"
    person = persons.person(niss=holder.niss)
    to = [] if person is None else _address(person)
    sheet = _sheet(codes, to=to, language=language, now=now)
    with keeping(holder.actor, now=now):
        account = account_for(holder, account_id, kind=Means.CARD)
        key = activate(holder, kind=Means.CARD, name=name, account=account, now=now)
        _keep(key, codes, sheet, now)
        if to:
            _post(sheet, to=to, language=language, now=now)
    return key


def take_sheet(*, holder: Holder, key_id: int, now: datetime) -> bytes:
    """The printed card, once; raises UnknownKey, SheetGone."""
    with keeping(holder.actor, now=now):
        own = Key.objects.filter(pk=key_id, person_id=holder.person_id, state=State.ACTIVE)
        if not own.filter(kind=Means.CARD).exists():
            raise UnknownKey(str(key_id))
        found = CardSheet.objects.select_for_update().filter(card_id=key_id, until__gt=now).first()
        if found is None:
            raise SheetGone(str(key_id))
        sheet = sealing.opened(
            sealing.Sealed(bytes(found.sealed), found.sealed_with), purpose=_purpose(key_id)
        )
        found.delete()
        trail.record(
            action="csam.key.cardDownloaded",
            actor=holder.actor,
            target=f"key/{key_id}",
            now=now,
        )
    return sheet


def code_purpose(*, card_id: int, rank: int) -> str:
    """What binds the digest of a code to its card and rank."""
    return f"card {card_id} rank {rank}"


def _keep(key: Key, codes: Mapping[int, str], sheet: bytes, now: datetime) -> None:
    card = Card.objects.create(key=key)
    CardCode.objects.bulk_create(
        CardCode(
            card=card,
            rank=rank,
            code=sealing.digest(code, purpose=code_purpose(card_id=key.pk, rank=rank)),
        )
        for rank, code in codes.items()
    )
    sealed = sealing.seal(sheet, purpose=_purpose(key.pk))
    CardSheet.objects.create(
        card=card, sealed=sealed.data, sealed_with=sealed.key_id, until=now + SHEET_LIFE
    )


def _sheet(
    codes: Mapping[int, str],
    *,
    to: list[str],
    language: str,
    now: datetime,
) -> bytes:
    with override(language):
        title = _("Security codes on paper (token)")
        data: dict[str, Any] = {
            "recipient": to,
            "title": title,
            "lead": _(
                "Twenty-four personal codes. When you sign in, one of them is asked by its number."
            ),
            "madeLabel": _("Made on"),
            "made": wording.day(clock.today(now)),
            "rankLabel": _("Number"),
            "codeLabel": _("Code"),
            "rules": [
                _("Keep this sheet apart from your user name and password."),
                _("Nobody will ever ask you for a code by telephone or by e-mail."),
                _(
                    "Lost? Withdraw the card on the page of your digital keys, or call "
                    "02 000 00 00."
                ),
            ],
            "codes": [{"rank": rank, "code": code} for rank, code in codes.items()],
        }
        return typeset.pdf(
            template="csam-card", data=data, language=language, title=title, made_at=now
        )


def _post(sheet: bytes, *, to: list[str], language: str, now: datetime) -> None:
    with override(language):
        subject = _("Security codes on paper (token)")
    post.letter(
        recipient_lines=to,
        subject=subject,
        pdf=sheet,
        now=now,
        language=language,
    )


def _address(person: PersonRecord) -> list[str]:
    where = person.address
    lines = (
        f"{person.given_name} {person.family_name}",
        f"{where.street} {where.house_number} {where.box_number}",
        f"{where.postcode} {where.municipality}",
        where.country,
    )
    return [" ".join(line.split()) for line in lines if line.strip()]


def _purpose(key_id: int) -> str:
    return f"{_SHEET} {key_id}"
