"""Leave to read a record: given by its person, taken back at once, and every use of it written down."""

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from lumbago.errors import UserError
from lumbago.web.accounts.environment import ADDRESS
from lumbago.web.accounts.models import Account, Role
from lumbago.web.models import Access, Invitation, Person, Share
from lumbago.web.people import NoRecordError, account_of, has_role
from lumbago.web.record import Own, Reading

__all__ = [
    "INVITATION_LASTS",
    "CodeError",
    "NotSharedError",
    "accept",
    "accesses",
    "end",
    "give",
    "invite",
    "opened",
    "patients",
    "shares",
]

INVITATION_LASTS = timedelta(days=3)
#: Letters and digits that are not mistaken for one another when read aloud; 12 of them are 59 bits.
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
CODE_LENGTH, GROUP = 12, 4
MOST_SHARES = 100


class NotSharedError(UserError):
    """This record is not shared with whoever asks, or there is no such record."""


class ShareError(UserError):
    """Leave cannot be given like this."""


class CodeError(UserError):
    """A code that does not work."""


def shares(own: Own) -> QuerySet[Share]:
    """Who may read this record, and who could until it was taken back; newest first."""
    return Share.objects.filter(person=own.person)


def accesses(own: Own) -> QuerySet[Access]:
    """Who has looked at this record, newest first."""
    return Access.objects.filter(person=own.person)


def give(own: Own, email: str) -> None:
    """Let the clinician with this address read.

    Nothing is said about whether there is one, or anybody could try addresses out. Somebody who is made a
    clinician later can read from then on.

    Raises:
        ShareError: If it is not an address, or there are too many already.
    """
    email = email.strip().lower()
    if not ADDRESS.fullmatch(email) or len(email) > 254:
        raise ShareError("Type the clinician’s e-mail address, for example physio@clinic.example.")
    _share(own.person, email, None)


def invite(own: Own) -> str:
    """A code, shown once, with which one clinician gets leave to read. An earlier one stops working."""
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    with transaction.atomic():
        Invitation.objects.filter(person=own.person).delete()
        Invitation.objects.create(
            person=own.person, code_hash=_hash(code), ends=timezone.now() + INVITATION_LASTS
        )
    return "-".join(code[n : n + GROUP] for n in range(0, CODE_LENGTH, GROUP))


def end(own: Own, share: uuid.UUID) -> None:
    """Take leave back, at once.

    Raises:
        NotSharedError: If this record was not shared like that.
    """
    found = Share.objects.filter(person=own.person, pk=share)
    if not found.exists():
        raise NotSharedError("There is no such leave to take back.")
    found.filter(ended__isnull=True).update(ended=timezone.now())


def accept(request: HttpRequest, code: str) -> None:
    """Use a code that a person gave to this clinician. It works once.

    Raises:
        CodeError: If the code does not work.
        NotSharedError: If whoever is signed in is not a clinician.
    """
    clinician = _clinician(request)
    with transaction.atomic():
        found = Invitation.objects.filter(code_hash=_hash(code), ends__gt=timezone.now())
        invitation = found.select_for_update().first()
        if invitation is None or invitation.person.account == clinician:
            raise CodeError("This code does not work. Codes work once, for three days.")
        person = invitation.person
        invitation.delete()
    _share(person, clinician.email, clinician)


def patients(request: HttpRequest) -> Sequence[Share]:
    """The shares that let the clinician who asks read, newest first.

    Raises:
        NotSharedError: If no clinician is signed in.
    """
    clinician = _clinician(request)
    _claim(clinician)
    mine = Share.objects.filter(clinician=clinician, ended__isnull=True)
    return list(mine.select_related("person__account"))


def opened(request: HttpRequest, person: uuid.UUID, what: str) -> Reading:
    """The record that somebody shared with the clinician who asks; the log says so before it is read.

    Raises:
        NotSharedError: If it is not shared with them, or there is no such record: the two look the same.
    """
    found = next((share for share in patients(request) if share.person.pk == person), None)
    if found is None:
        raise NotSharedError("This record is not shared with you.")
    Access.objects.create(person=found.person, who=_clinician(request).email, what=what)
    return Reading(found.person)


def _clinician(request: HttpRequest) -> Account:
    account = account_of(request)
    if account is None:
        raise NoRecordError("Sign in first: only clinicians can open records that people share.")
    if not has_role(request, Role.CLINICIAN):
        raise NotSharedError("Only clinicians can open records that people share.")
    return account


def _claim(clinician: Account) -> None:
    """Bind what was shared with this address to the account, so that the address may change later.

    Only a confirmed address counts: else anybody could say to be anybody.
    """
    # There only where accounts are; it has no types.
    from allauth.account.models import EmailAddress  # type: ignore[import-untyped]

    confirmed = EmailAddress.objects.filter(user=clinician, verified=True)
    addresses = [address.lower() for address in confirmed.values_list("email", flat=True)]
    waiting = Share.objects.filter(clinician__isnull=True, ended__isnull=True, email__in=addresses)
    waiting.exclude(person__account=clinician).update(clinician=clinician)


def _share(person: Person, email: str, clinician: Account | None) -> None:
    if Share.objects.filter(person=person).count() >= MOST_SHARES:
        raise ShareError(f"This record was shared {MOST_SHARES} times already, which is the most.")
    try:
        with transaction.atomic():
            Share.objects.create(person=person, email=email, clinician=clinician)
    except IntegrityError:  # they can read already
        if clinician is not None:
            known = Share.objects.filter(person=person, email=email, ended__isnull=True)
            known.update(clinician=clinician)


def _hash(code: str) -> str:
    letters = "".join(letter for letter in code.upper() if letter in LETTERS)
    return hashlib.sha256(letters.encode()).hexdigest()
