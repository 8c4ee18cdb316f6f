"""What is stored: checks of a pain, a person's record, and who may read it."""

from lumbago.web.models.record import Entry, Kind, Person
from lumbago.web.models.sharing import Access, Invitation, Share
from lumbago.web.models.visit import LEFT_ALONE, Visit

__all__ = [
    "LEFT_ALONE",
    "Access",
    "Entry",
    "Invitation",
    "Kind",
    "Person",
    "Share",
    "Visit",
]
