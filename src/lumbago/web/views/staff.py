"""Accounts of a site, for its staff: who there is, and what they may do. No record can be read here."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from lumbago.errors import UserError
from lumbago.web.accounts.models import Account, Role
from lumbago.web.people import NoRecordError, account_of, has_role

__all__ = ["NotStaffError", "change_account", "staff"]

STATES = {"on": True, "off": False}


class NotStaffError(UserError):
    """Whoever asks is not of the staff."""


class StaffError(UserError):
    """A change that cannot be made."""


@require_GET
def staff(request: HttpRequest) -> HttpResponse:
    """Every account with its role."""
    _required(request)
    shown = {"people": Account.objects.all(), "roles": Role.choices}
    return render(request, "lumbago/record/staff.html", shown)


@require_POST
def change_account(request: HttpRequest, account: uuid.UUID) -> HttpResponse:
    """Give another role, or end or allow signing in."""
    mine = _required(request)
    role, signing_in = request.POST.get("role", ""), request.POST.get("signing_in", "")
    if role not in Role.values or signing_in not in STATES:
        raise StaffError("Choose a role, and whether they may sign in.")
    if mine.pk == account:
        raise StaffError("Ask somebody else of the staff to change your own account.")
    found = Account.objects.filter(pk=account)
    if not found.update(role=role, is_active=STATES[signing_in]):
        raise StaffError("There is no such account any more.")
    return redirect("staff")


def _required(request: HttpRequest) -> Account:
    account = account_of(request)
    if account is None:
        raise NoRecordError("Sign in first: this page is for the staff.")
    if not has_role(request, Role.STAFF):
        raise NotStaffError("This page is for the staff.")
    return account
