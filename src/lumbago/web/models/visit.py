"""One row for each check of a pain."""

from __future__ import annotations  # the fields' types exist only for the type checker

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from lumbago.web.models.record import Person

__all__ = ["Visit"]

#: A check that nobody asked to keep is deleted when it has been left alone for this long.
LEFT_ALONE = timedelta(hours=24)


class Visit(models.Model):
    """One check of a pain: the interview so far, as JSON of `Interview.to_dict`.

    Attributes:
        alarm: Level of the alarm that the person has been shown, so that it interrupts only once.
        kept: Whether the person asked to keep it.
        wishes: What the person wishes of a plan from it, as JSON, until the plan is kept; empty if nothing.
        person: Whose it is, where they are signed in; a browser alone finds it by its session.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False
    )
    interview: models.TextField[str, str] = models.TextField()
    alarm: models.CharField[str, str] = models.CharField(max_length=20, blank=True)
    wishes: models.TextField[str, str] = models.TextField(blank=True, default="")
    kept: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    person: models.ForeignKey[Person | None, Person | None] = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, related_name="visits"
    )
    created: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    changed: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now=True)

    class Meta:
        """Oldest first."""

        ordering = ("created",)
        indexes = (models.Index(fields=["kept", "changed"], name="visit_kept_changed"),)

    def __str__(self) -> str:
        """Its number alone; never an answer."""
        return str(self.id)

    @classmethod
    def forget_old(cls) -> None:
        """Delete what was left alone and nobody asked to keep."""
        cls.objects.filter(kept=False, changed__lt=timezone.now() - LEFT_ALONE).delete()
