# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""Labels that the readers of a box put on its messages: a message may carry several."""

from django.db import models
from django.db.models import Q

from guichet.ebox.models.boxes import Box
from guichet.ebox.models.messages import Message


class Label(models.Model):
    """A word that the readers of a box share; it lives while a message carries it."""

    id = models.BigAutoField(primary_key=True)
    box = models.ForeignKey(Box, on_delete=models.CASCADE, related_name="+")
    name = models.TextField()
    sort_key = models.TextField()

    class Meta:
        db_table = "ebox_label"
        constraints = [
            models.UniqueConstraint(name="ebox_label_name_once", fields=["box", "sort_key"]),
            models.CheckConstraint(
                name="ebox_label_name_is_short", condition=Q(name__regex=r"^.{1,30}$")
            ),
        ]


class Labelled(models.Model):
    """A message carries a label."""

    id = models.BigAutoField(primary_key=True)
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="labelled")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="labelled")

    class Meta:
        db_table = "ebox_labelled"
        constraints = [
            models.UniqueConstraint(name="ebox_labelled_once", fields=["message", "label"])
        ]
