"""A person's record: entries that are added and replaced, never written over."""

from __future__ import annotations  # the fields' types exist only for the type checker

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from lumbago.web.accounts.models import Account

__all__ = ["Entry", "Kind", "Person"]


class Kind(models.TextChoices):
    """What an entry holds; each is the JSON of a value with a `to_dict` of its own."""

    PLAN = "plan", "Plan"
    ABOUT = "about", "What is tracked"
    CHECK_IN = "check_in", "Check-in"
    SCORE = "score", "Questionnaire"
    RUNNING = "running", "Running test"
    NOTE = "note", "Note"


class Person(models.Model):
    """Somebody with a record.

    Attributes:
        account: Whose it is; None for the one person of one's own machine.
    """

    #: The one person of one's own machine: a number that nobody else can have.
    LOCAL: ClassVar[uuid.UUID] = uuid.UUID(int=0)

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False
    )
    account: models.OneToOneField[Account | None, Account | None] = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="person"
    )
    created: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Their number alone; never who it is."""
        return str(self.id)


class Entry(models.Model):
    """One thing that a person recorded.

    Attributes:
        key: Its number within the record; the same in an export, and once it is imported again.
        content: JSON of the value.
        made: When it was recorded.
        replaces: The earlier entry that this one stands for. Nothing is replaced twice, so of two windows
            that change the same entry at once the second has to look again.
    """

    person: models.ForeignKey[Person, Person] = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="entries"
    )
    key: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        default=uuid.uuid4, editable=False
    )
    kind: models.CharField[str, str] = models.CharField(max_length=10, choices=Kind.choices)
    content: models.TextField[str, str] = models.TextField()
    made: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)
    replaces: models.OneToOneField[Entry | None, Entry | None] = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, related_name="replaced_by"
    )

    class Meta:
        """Oldest first."""

        ordering = ("made", "id")
        indexes = (models.Index(fields=["person", "kind", "made"], name="entry_person_kind_made"),)
        constraints = (
            models.UniqueConstraint(fields=["person", "key"], name="entry_key_of_person"),
            # One plan at a time: each new one replaces the one before.
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(kind="plan", replaces__isnull=True),
                name="entry_one_first_plan",
            ),
        )

    def __str__(self) -> str:
        """Its number alone; never what it holds."""
        return str(self.key)
