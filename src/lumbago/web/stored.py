"""Interviews as they are stored, and the last of them as they were read or written.

What an interview has worked out once (its next page, the assessment) stays with it, so that a page does not
work out again what the page before it did.
"""

import json
from collections import OrderedDict
from threading import Lock

from lumbago.assessment import Interview

__all__ = ["forget_interviews", "read_interview", "write_interview"]

#: Interviews that are remembered: about one for each person who is at it at the same time.
MOST = 256
_held: OrderedDict[str, Interview] = OrderedDict()
_lock = Lock()


def read_interview(stored: str) -> Interview:
    """The stored interview.

    Raises:
        UserError: If it holds what there is no more, or is not an interview.
    """
    with _lock:
        interview = _held.get(stored)
    return _remembered(stored, interview or Interview.from_dict(json.loads(stored)))


def write_interview(interview: Interview) -> str:
    """What is stored of an interview.

    Raises:
        UserError: If it holds a value that cannot be.
    """
    _ = interview.intake  # refused now, or no page could be shown again
    stored = json.dumps(interview.to_dict(), sort_keys=True)
    _remembered(stored, interview)
    return stored


def forget_interviews() -> None:
    """Forget what is remembered: it holds people's words and answers."""
    with _lock:
        _held.clear()


def _remembered(stored: str, interview: Interview) -> Interview:
    with _lock:
        _held[stored] = interview
        _held.move_to_end(stored)
        if len(_held) > MOST:
            _held.popitem(last=False)
    return interview
