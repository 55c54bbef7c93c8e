from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("temporary_unemployment", "0002_figure_of_difficulty")]

    operations = [
        migrations.AddField(
            model_name="line",
            name="usual_days",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("usual_days__regex", "^[01]{7}$"), ("usual_days", ""), _connector="OR"
                ),
                name="tu_line_usual_days_well_formed",
            ),
        ),
    ]
