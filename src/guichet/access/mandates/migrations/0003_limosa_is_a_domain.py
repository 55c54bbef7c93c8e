from django.db import migrations, models

DOMAINS = ["dimona", "temporary_unemployment", "career_break", "works", "presence", "limosa"]


class Migration(migrations.Migration):
    """A mandate can be about Limosa too: every row there is meets the wider rule."""

    dependencies = [("access_mandates", "0002_clients_in_order")]

    operations = [
        migrations.RemoveConstraint(model_name="lent", name="access_mandate_lent_domain_known"),
        migrations.RemoveConstraint(model_name="mandate", name="access_mandate_has_known_domains"),
        migrations.AddConstraint(
            model_name="lent",
            constraint=models.CheckConstraint(
                condition=models.Q(("domain__in", DOMAINS)),
                name="access_mandate_lent_domain_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("domains__contained_by", DOMAINS),
                    models.Q(("domains", []), _negated=True),
                ),
                name="access_mandate_has_known_domains",
            ),
        ),
    ]
