"""A box of ten thousand messages: the list costs the same number of questions as a small one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guichet.ebox.models import Message, Publication
from tests.ebox.boxes import FIRM, MANAGER, put
from tests.portal.browsing import signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("post_office"),
]
MANY = 10_000
_COPY = """
WITH made AS (
    INSERT INTO ebox_publication (uuid, sender_id, reference, fingerprint, box_id, is_registered,
        evidence, published_at, expires_on)
    SELECT gen_random_uuid(), sender_id, 'copy-' || n, fingerprint, box_id, false, evidence,
        published_at - n * interval '1 minute', expires_on
    FROM ebox_publication, generate_series(1, %s) AS n RETURNING id, uuid, published_at)
INSERT INTO ebox_message ({columns}, uuid, publication_id, published_at, subject, search_key)
SELECT {columns}, made.uuid, made.id, made.published_at, subject || made.id, search_key || made.id
FROM made, ebox_message
"""


def _fill() -> None:
    put()
    apart = {"id", "uuid", "publication_id", "published_at", "subject", "search_key"}
    columns = [field.column for field in Message._meta.fields if field.column not in apart]
    listed = ", ".join(f"ebox_message.{column}" for column in columns)
    inserted = _COPY.replace("({columns},", f"({', '.join(columns)},").replace("{columns}", listed)
    with connection.cursor() as cursor:
        cursor.execute(inserted.replace("made, ebox_message\n", "made, ebox_message"), [MANY - 1])
        cursor.execute("ANALYZE ebox_message")


def test_the_list_of_ten_thousand_messages_asks_what_a_small_one_asks() -> None:
    put()
    client = signed_in(MANAGER, FIRM)
    client.get("/ebox/")
    with CaptureQueriesContext(connection) as small:
        client.get("/ebox/")
    Message.objects.all().delete()
    Publication.objects.all().delete()
    _fill()

    with CaptureQueriesContext(connection) as large:
        answer = client.get("/ebox/?page=200&size=25")

    assert answer.status_code == 200
    assert Message.objects.count() == MANY
    assert len(large) == len(small) <= 12
