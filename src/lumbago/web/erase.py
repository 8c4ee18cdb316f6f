"""Delete everything of whoever asks, in one step."""

import uuid

from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from lumbago.web import visits
from lumbago.web.accounts.models import Account
from lumbago.web.models import Person
from lumbago.web.people import account_of

__all__ = ["erase_mine"]


def erase_mine(request: HttpRequest) -> None:
    """On one's own machine all of it; elsewhere what is this browser's, and the account with its record."""
    if settings.ENVIRONMENT.own_machine:
        visits.forget_everything(request)
        return
    account = account_of(request)
    if account is not None:
        visits.of_browser(request).delete()
        _erase_account(account.pk)
    visits.forget_this(request)


def _erase_account(number: uuid.UUID) -> None:
    """The record, who may read it, the log of access, the account, and its sessions in other browsers."""
    Person.objects.filter(account=number).delete()
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(number):
            session.delete()
    Account.objects.filter(pk=number).delete()
