"""Exceptions of lumbago.

LumbagoError
├── EvidenceError      the packaged evidence has faults; lists all of them
└── UserError          something a user can mend; shown without a traceback
    ├── CaseError      a case holds an impossible age, an unknown finding, a wrong category
    ├── UnknownIdError nothing in the evidence has that id
    ├── CaseFileError  a file of evaluation cases cannot be read
    ├── MeasurementError  a length, load, angle or signal that cannot be, or is missing
    └── others, each beside what raises it: care (PreferenceError, ReportError, RunningAnswerError),
        progress (DiaryError, PromError), language (EndpointError), web
"""

from collections.abc import Sequence

__all__ = [
    "CaseError",
    "CaseFileError",
    "EvidenceError",
    "LumbagoError",
    "MeasurementError",
    "UnknownIdError",
    "UserError",
]


class LumbagoError(Exception):
    """Base of every exception that lumbago raises on purpose."""


class EvidenceError(LumbagoError):
    """The evidence files have faults; `faults` lists every one with its file and row."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} fault(s) in the evidence:\n" + "\n".join(self.faults))


class UserError(LumbagoError):
    """A fault that the user can mend; its message says how."""


class CaseError(UserError):
    """A case holds a value that cannot be."""


class UnknownIdError(UserError):
    """An id that nothing in the evidence carries."""


class CaseFileError(UserError):
    """A file of cases that cannot be read as one."""


class MeasurementError(UserError):
    """A measurement that cannot be, or is missing; the message says what, where and what would be right."""
