import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Sessions of the portal, and pseudonyms by which a provider knows people."""

    initial = True

    dependencies = [
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pseudonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.TextField()),
                ("fedid", models.TextField()),
                ("linked_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "access_pseudonym",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issuer", "fedid"), name="access_pseudonym_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("session_key", models.TextField(primary_key=True, serialize=False)),
                ("enterprise_number", models.TextField(default="")),
                ("means", models.TextField(default="")),
                ("device", models.TextField(default="")),
                ("address", models.TextField(default="")),
                ("opened_at", models.DateTimeField(null=True)),
                ("last_seen_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "access_session",
                "indexes": [
                    models.Index(fields=["person"], name="access_session_of_person"),
                    models.Index(fields=["expire_date"], name="access_session_expire_date"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("session_key__regex", "^[0-9a-f]{64}$")),
                        name="access_session_key_is_a_digest",
                    )
                ],
            },
        ),
    ]
