from django.db import migrations, models


class Migration(migrations.Migration):
    """A channel may call the web service of Checkin@Work."""

    dependencies = [
        ("access", "0004_scopes_of_the_ebox"),
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
                            "ebox",
                            "ebox-publication",
                        ],
                    )
                ),
                name="access_channel_permissions_are_known",
            ),
        ),
    ]
