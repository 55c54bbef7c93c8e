import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Whom the staff asks on a site, and when it was told how to register."""

    dependencies = [
        ("persons", "0001_persons"),
        ("presence", "0008_crews_planned_and_reminders"),
    ]

    operations = [
        migrations.CreateModel(
            name="KitContact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("enterprise_number", models.TextField()),
                ("works_reference", models.TextField()),
                ("who", models.TextField()),
                ("phone", models.TextField(default="")),
                ("email", models.TextField(default="")),
                ("note", models.TextField(default="")),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "presence_kit_contact",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enterprise_number", "works_reference"),
                        name="presence_kit_contact_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("enterprise_number__regex", "^[0-9]{10}$")),
                        name="presence_kit_contact_enterprise_number_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("phone", ""), _negated=True),
                            models.Q(("email", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="presence_kit_contact_can_be_reached",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffTold",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("enterprise_number", models.TextField()),
                ("works_reference", models.TextField(default="")),
                ("told_on", models.DateField()),
                (
                    "hows",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("who", models.TextField()),
                ("note", models.TextField(default="")),
                ("noted_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "presence_staff_told",
                "indexes": [
                    models.Index(
                        fields=["enterprise_number", "-told_on"], name="presence_staff_told_last"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("enterprise_number__regex", "^[0-9]{10}$")),
                        name="presence_staff_told_enterprise_number_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "hows__contained_by",
                                ["meeting", "leaflet", "poster", "message", "contract", "other"],
                            ),
                            ("hows__len__gt", 0),
                        ),
                        name="presence_staff_told_how_known",
                    ),
                ],
            },
        ),
    ]
