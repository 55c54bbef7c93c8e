from django.db import migrations, models


class Migration(migrations.Migration):
    """A channel may consult the e-Box of its enterprise, or publish into boxes."""

    dependencies = [
        ("access", "0003_rights_of_a_quality"),
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
                        ["check-in-and-out-at-work", "dimona", "ebox", "ebox-publication"],
                    )
                ),
                name="access_channel_permissions_are_known",
            ),
        ),
    ]
