"""What every template may show."""

from django.conf import settings
from django.http import HttpRequest

from lumbago.web.accounts.models import Account, Role
from lumbago.web.country import service_of
from lumbago.web.people import account_of

__all__ = ["site"]

NAVIGATION = (
    ("about_you", "Check"),
    ("plan", "My recovery"),
    ("exercises", "Exercises"),
    ("prevent", "Prevent"),
    ("learn", "Learn"),
    ("anatomy", "Anatomy"),
    ("myths", "Myths"),
    ("evidence", "Evidence"),
)
#: The part of the site that a page belongs to, by the beginning of its name.
PARTS = {
    **{name: name for name, _ in NAVIGATION},
    "exercise": "exercises",
    "diary": "plan",
    "progress": "plan",
}


def site(request: HttpRequest) -> dict[str, object]:
    """Navigation, whom to call, and whether this is one's own machine."""
    match, account = request.resolver_match, account_of(request)
    here = (match.url_name if match else None) or ""
    return {
        "navigation": NAVIGATION,
        "here": here,
        "part": PARTS.get(here) or PARTS.get(here.partition("_")[0], ""),
        "service": service_of(request),
        "own_machine": settings.ENVIRONMENT.own_machine,
        "accounts": settings.ENVIRONMENT.accounts is not None,
        "account": account,
        "personal": _personal(account),
    }


def _personal(account: Account | None) -> list[tuple[str, str]]:
    """Where somebody who is signed in goes besides; where anybody else signs in."""
    if account is None:
        return [("account_login", "Sign in")]
    more = {Role.CLINICIAN: [("patients", "Patients")], Role.STAFF: [("staff", "Accounts")]}
    return [("record", "My record"), *more.get(Role(account.role), []), ("mfa_index", "My account")]
