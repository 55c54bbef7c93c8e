from django.db import migrations, models

_AUTHORITIES = [
    "",
    "federal",
    "autonomous_enterprise",
    "regional_or_local",
    "flemish",
    "education",
    "defence",
]


class Migration(migrations.Migration):
    """Which kind of authority a public employer is; who did not say it yet is asked."""

    dependencies = [("career_break", "0003_worker_parts")]

    operations = [
        migrations.AddField(
            model_name="parameters",
            name="authority",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddConstraint(
            model_name="parameters",
            constraint=models.CheckConstraint(
                condition=models.Q(("authority__in", _AUTHORITIES)),
                name="career_break_parameters_authority_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="parameters",
            constraint=models.CheckConstraint(
                condition=models.Q(("sector", "public"), ("authority", ""), _connector="OR"),
                name="career_break_parameters_authority_is_public",
            ),
        ),
    ]
