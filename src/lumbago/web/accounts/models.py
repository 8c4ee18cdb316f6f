"""Who can sign in: an e-mail address, a password if there is one, and a role."""

from __future__ import annotations  # the fields' types exist only for the type checker

import uuid
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

__all__ = ["Account", "Role"]


class Role(models.TextChoices):
    """What an account may do beyond its own record."""

    PERSON = "person", "Person"
    CLINICIAN = "clinician", "Clinician"
    STAFF = "staff", "Staff"


class Accounts(BaseUserManager["Account"]):
    """Makes accounts; an address is stored in small letters, so that nobody has two."""

    def create_user(
        self, email: str, password: str | None = None, *, role: str = Role.PERSON
    ) -> Account:
        """A new account, which can sign in once its address is confirmed."""
        account = Account(email=email.strip().lower(), role=role)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who can sign in.

    Attributes:
        role: A clinician can read what people share with them; staff can give roles, and read no record.
        is_active: Whether they may sign in.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False
    )
    email: models.EmailField[str, str] = models.EmailField("e-mail address", unique=True)
    role: models.CharField[str, str] = models.CharField(
        max_length=10, choices=Role.choices, default=Role.PERSON
    )
    is_active: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    joined: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Accounts] = Accounts()

    class Meta:
        """By address."""

        ordering = ("email",)

    def __str__(self) -> str:
        """The address."""
        return self.email
