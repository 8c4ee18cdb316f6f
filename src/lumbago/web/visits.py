"""Find, change and forget the visit of a browser session, or of the account that is signed in.

A change is written only where what it was made from is still what is stored, and made again otherwise: two
tabs that save at once lose nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from lumbago.assessment import Interview
from lumbago.errors import UserError
from lumbago.language import understand
from lumbago.web.models import Person, Visit
from lumbago.web.people import account_of, person_of, required_person
from lumbago.web.stored import forget_interviews, read_interview, write_interview

__all__ = [
    "NoVisitError",
    "OutdatedVisitError",
    "Step",
    "begin",
    "change",
    "current",
    "forget_at_start",
    "forget_everything",
    "forget_this",
    "forget_unbound",
    "keep",
    "kept",
    "of_browser",
    "open_kept",
    "remember",
    "under_way",
]

#: How often a change is made again because another tab was quicker.
TRIES = 20
#: Where the session keeps the number of the visit under way, and of those that were kept.
CURRENT, KEPT = "visit", "kept"
NONE = "There is no check of a pain under way in this browser."
OUTDATED = "It cannot read all of your earlier answers any more. Please start a new check."


class NoVisitError(UserError):
    """The browser has no check of a pain under way."""


class BusyVisitError(UserError):
    """The same check is being saved from too many places at once."""


class OutdatedVisitError(UserError):
    """What is stored does not fit the evidence of today."""


@dataclass(frozen=True)
class Step:
    """A visit and the interview in it."""

    visit: Visit
    interview: Interview

    @property
    def due_alarm(self) -> bool:
        """Whether an answer calls for help at once and the person has not been shown it."""
        alarm = self.interview.alarm()
        return alarm is not None and alarm["level"] != self.visit.alarm


def of_browser(request: HttpRequest) -> QuerySet[Visit]:
    """The visits of this browser, and of whoever is signed in: those under way and those kept."""
    mine = [request.session.get(CURRENT), *request.session.get(KEPT, [])]
    here = Q(pk__in=[number for number in mine if number])
    person = person_of(request) if account_of(request) else None
    return Visit.objects.filter(here | Q(person=person) if person else here)


def kept(request: HttpRequest) -> QuerySet[Visit]:
    """The visits that this browser has kept, newest first."""
    return of_browser(request).filter(kept=True).order_by("-changed")


def under_way(request: HttpRequest) -> bool:
    """Whether this browser has a check under way."""
    number = request.session.get(CURRENT)
    return number is not None and Visit.objects.filter(pk=number).exists()


def begin(request: HttpRequest, interview: Interview) -> Step:
    """Start a visit for this browser; an earlier one that is not kept is forgotten."""
    Visit.forget_old()
    old = request.session.get(CURRENT)
    Visit.objects.filter(pk=old, kept=False).delete()
    visit = Visit.objects.create(interview=write_interview(interview), person=_signed_in(request))
    request.session[CURRENT] = str(visit.pk)
    return _step(visit)


def current(request: HttpRequest) -> Step:
    """The visit of this browser.

    Raises:
        NoVisitError: If there is none.
    """
    visit = Visit.objects.filter(pk=request.session.get(CURRENT)).first()
    if visit is None:
        raise NoVisitError(NONE)
    return _step(visit)


def change(
    request: HttpRequest,
    how: Callable[[Interview], Interview],
    *,
    seen: Step | None = None,
    alarm: str | None = None,
) -> Step:
    """Change the interview of this browser's visit.

    Args:
        how: The change; made again if somebody else has written in the meantime.
        seen: The visit as it was read a moment ago, if it was.
        alarm: The level that the person has been shown.

    Raises:
        NoVisitError: If there is none.
        UserError: If the change cannot be; nothing is stored then.
    """
    for _ in range(TRIES):
        visit = (seen or current(request)).visit
        seen = None
        written = write_interview(how(read_interview(visit.interview)))
        told = {"alarm": alarm} if alarm is not None else {}
        # Written only if nobody else has written since it was read; reading words takes longer than a lock
        # may be held.
        same = Visit.objects.filter(pk=visit.pk, interview=visit.interview)
        now = timezone.now()
        if same.update(interview=written, changed=now, **told):
            visit.interview, visit.changed = written, now
            visit.alarm = told.get("alarm", visit.alarm)
            return _step(visit)
    raise BusyVisitError(
        "other windows of this check were saving at the same moment; please try again"
    )


def keep(request: HttpRequest, *, wanted: bool) -> None:
    """Keep the visit under way until the person deletes it, or no longer."""
    visit = current(request).visit
    others = [number for number in request.session.get(KEPT, []) if number != str(visit.pk)]
    request.session[KEPT] = [*others, str(visit.pk)] if wanted else others
    Visit.objects.filter(pk=visit.pk).update(kept=wanted, person=_signed_in(request))


def open_kept(request: HttpRequest, number: str) -> None:
    """Make a kept visit of this browser, or of whoever is signed in, the one under way.

    Raises:
        NoVisitError: If no such visit is kept.
    """
    if number not in {str(pk) for pk in kept(request).values_list("pk", flat=True)}:
        raise NoVisitError("This result is not kept here any more.")
    request.session[CURRENT] = number


def remember(request: HttpRequest, numbers: Sequence[str]) -> None:
    """Let this browser find visits that were taken back from a file; an account finds them anyway."""
    if numbers and not account_of(request):
        request.session[KEPT] = [*request.session.get(KEPT, []), *numbers]


def forget_this(request: HttpRequest) -> None:
    """Delete the visits of this browser and of whoever is signed in, and the session."""
    of_browser(request).delete()
    request.session.flush()
    forget_interviews()
    understand.cache_clear()
    _wipe()


def forget_everything(request: HttpRequest) -> None:
    """Delete every visit, record and session on this machine, for good. For one's own machine only."""
    Visit.objects.all().delete()
    Person.objects.all().delete()
    Session.objects.all().delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
    forget_this(request)


def forget_at_start() -> None:
    """Delete what was left alone while no server ran, and sessions that have ended."""
    Visit.forget_old()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    _wipe()
    connection.close()


def forget_unbound(request: HttpRequest) -> None:
    """Delete what this browser holds and no account owns: after signing out nobody could reach it."""
    of_browser(request).filter(person=None).delete()


def _signed_in(request: HttpRequest) -> Person | None:
    """Whose a visit is where there are accounts; on one's own machine the browser alone finds it."""
    return required_person(request) if account_of(request) else None


def _wipe() -> None:
    """Empty SQLite's journal, which would hold what was deleted until it is written over."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _step(visit: Visit) -> Step:
    """The visit with its interview.

    Raises:
        OutdatedVisitError: If it was stored with other evidence and no longer fits.
    """
    try:
        return Step(visit, read_interview(visit.interview))
    except (UserError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        raise OutdatedVisitError(OUTDATED) from None
