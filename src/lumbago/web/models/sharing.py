"""Who else may read a record, and who did."""

from __future__ import annotations  # the fields' types exist only for the type checker

import uuid
from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from lumbago.web.accounts.models import Account
from lumbago.web.models.record import Person

__all__ = ["Access", "AppendOnlyError", "Invitation", "Share"]


class AppendOnlyError(RuntimeError):
    """Something tried to change what may only be added to. A fault of ours."""


class Share(models.Model):
    """Leave to read a record, until it is taken back.

    Attributes:
        email: Address of the clinician, as the person named it.
        clinician: Who that is, once they have signed in with that address.
        ended: When it was taken back.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False
    )
    person: models.ForeignKey[Person, Person] = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="shares"
    )
    email: models.EmailField[str, str] = models.EmailField()
    clinician: models.ForeignKey[Account | None, Account | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="shared_with_me"
    )
    given: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)
    ended: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)

    class Meta:
        """Newest first; one leave at a time for each address."""

        ordering = ("-given",)
        constraints = (
            models.UniqueConstraint(
                fields=["person", "email"],
                condition=models.Q(ended__isnull=True),
                name="share_once",
            ),
        )

    def __str__(self) -> str:
        """Its number alone."""
        return str(self.id)


class Invitation(models.Model):
    """A code that gives one clinician leave to read, once, for a while. Only its hash is stored."""

    person: models.ForeignKey[Person, Person] = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="invitations"
    )
    code_hash: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    ends: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    def __str__(self) -> str:
        """Its number alone."""
        return str(self.pk)


class Accesses(models.QuerySet["Access"]):
    """The log as a whole: it grows, and goes only with the record that it is about."""

    def update(self, **_: Any) -> NoReturn:
        """Refused."""
        raise AppendOnlyError("what is in the log of access stays as it is")

    def delete(self) -> NoReturn:
        """Refused; the log goes with the record, by the database's cascade of `Person`."""
        raise AppendOnlyError("what is in the log of access stays as it is")


class Access(models.Model):
    """Somebody else looked at a record: who, whose, what and when; never what it said.

    Attributes:
        who: Address of the account, kept as text: the line stays when the account goes.
        what: The page or the file that was opened.
    """

    person: models.ForeignKey[Person, Person] = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="accesses"
    )
    who: models.EmailField[str, str] = models.EmailField()
    what: models.CharField[str, str] = models.CharField(max_length=60)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    objects = Accesses.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        """Its number alone."""
        return str(self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the line; one that is there cannot be changed."""
        if not self._state.adding:
            raise AppendOnlyError("what is in the log of access stays as it is")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refused."""
        raise AppendOnlyError("what is in the log of access stays as it is")
