"""Whose record a request is about: the account that is signed in, or the one person of this machine."""

from django.conf import settings
from django.http import HttpRequest

from lumbago.errors import UserError
from lumbago.web.accounts.models import Account, Role
from lumbago.web.models import Person

__all__ = ["NoRecordError", "account_of", "has_role", "person_of", "required_person"]


class NoRecordError(UserError):
    """Nobody is signed in, so there is no record."""


def account_of(request: HttpRequest) -> Account | None:
    """The account that is signed in."""
    user = getattr(request, "user", None)
    return user if isinstance(user, Account) and user.is_authenticated else None


def has_role(request: HttpRequest, role: Role) -> bool:
    """Whether somebody with this role is signed in."""
    account = account_of(request)
    return account is not None and account.is_active and account.role == role


def person_of(request: HttpRequest) -> Person | None:
    """The person who asks, if they have recorded anything."""
    if settings.ENVIRONMENT.own_machine:
        return Person.objects.filter(pk=Person.LOCAL).first()
    account = account_of(request)
    return Person.objects.filter(account=account).first() if account is not None else None


def required_person(request: HttpRequest) -> Person:
    """The person who asks; their record begins here.

    Raises:
        NoRecordError: If nobody is signed in.
    """
    if settings.ENVIRONMENT.own_machine:
        return Person.objects.get_or_create(pk=Person.LOCAL)[0]
    account = account_of(request)
    if account is None:
        raise NoRecordError("Sign in first: a record belongs to an account.")
    return Person.objects.get_or_create(account=account)[0]
