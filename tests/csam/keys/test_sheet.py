"""The printed card, as it is set."""

import io
import json

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from guichet.csam.codes.models import Account
from guichet.csam.keys import cards
from guichet.csam.keys.holders import Holder
from guichet.platform import typeset
from tests.csam.keys.people import NOW, a_card
from tests.standards import breaches

SET_TYPE = typeset.pdf
pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_card_is_one_sheet_with_its_24_codes(
    card_holder: Holder, account: Account, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(typeset, "pdf", SET_TYPE)
    Account.objects.filter(pk=account.pk).update(language=language)

    key = a_card(card_holder, account)
    pdf = cards.take_sheet(holder=card_holder, key_id=key.pk, now=NOW)
    sheet = PdfFileReader(io.BytesIO(pdf))

    assert breaches(pdf) == []
    assert sheet.root["/Pages"]["/Count"] == 1
    names = sheet.root["/Names"]["/EmbeddedFiles"]["/Names"]
    [attached] = [names[place] for place in range(1, len(names), 2)]
    told = json.loads(attached["/EF"]["/F"].data)
    assert [row["rank"] for row in told["codes"]] == list(range(1, 25))
    assert told["recipient"][1] == "Rue Haute 1"
    assert card_holder.niss not in json.dumps(told)
