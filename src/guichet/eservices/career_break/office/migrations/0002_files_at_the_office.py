from django.db import migrations

CREATE = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS career_break_request_at_office
    ON career_break_request (completed_at, id)
    WHERE state IN ('wait_onem', 'in_progress', 'wait_documents');
"""


class Migration(migrations.Migration):
    """The list of the office is read in its own order: what is complete for longest on top.

    Built beside the running service, so outside a transaction.
    """

    atomic = False
    dependencies = [("career_break_office", "0001_office")]
    operations = [
        migrations.RunSQL(CREATE, "DROP INDEX IF EXISTS career_break_request_at_office"),
    ]
