"""Presences of days: tables by SQL, like the log of acts."""

from importlib.resources import files

from django.db import migrations

CREATE = files("guichet.presence_log").joinpath("day_schema.sql").read_text("utf-8")
DROP = """
DROP FUNCTION presence_ensure_day_months(date, date);
DROP FUNCTION presence_ensure_day_month(date);
DROP TABLE presence_day_verdict, presence_day_cancellation, presence_day;
"""
# Three months back and ahead; the daily job goes on from here.
PARTITIONS = """
SELECT presence_ensure_day_months(
    ((now() AT TIME ZONE 'Europe/Brussels') - interval '3 months')::date,
    ((now() AT TIME ZONE 'Europe/Brussels') + interval '3 months')::date)
"""


class Migration(migrations.Migration):
    """New tables beside the others: nothing waits for it."""

    dependencies = [("presence", "0003_phones_and_corrections")]
    operations = [
        migrations.RunSQL([CREATE], [DROP]),
        migrations.RunSQL([PARTITIONS], migrations.RunSQL.noop),
    ]
