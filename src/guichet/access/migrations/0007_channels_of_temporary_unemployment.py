from django.db import migrations, models


class Migration(migrations.Migration):
    """A channel may send communications of temporary unemployment."""

    dependencies = [
        ("access", "0006_channels_of_career_breaks"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="channel",
            name="access_channel_permissions_are_known",
        ),
        migrations.AddConstraint(
            model_name="channel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "permissions__contained_by",
                        [
                            "check-in-and-out-at-work",
                            "checkin-at-work",
                            "dimona",
                            "career-break",
                            "temporary-unemployment",
                            "ebox",
                            "ebox-publication",
                        ],
                    )
                ),
                name="access_channel_permissions_are_known",
            ),
        ),
    ]
