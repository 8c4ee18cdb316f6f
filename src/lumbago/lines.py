"""An interview with no screen: one JSON object per line, so that any program can hold it.

out  {"ask": {...}}                      the page to answer (see `Page.to_dict`)
in   {"answer": {"fever": false}}        what is left out is "I don't know"; also corrects
in   {"back": true}                      take the last answers back
in   {"save": true}                      out {"saved": {...}}, which {"resume": {...}} takes up
in   {"stop": true}                      end now
out  {"alarm": {...}}                    an answer asks for an ambulance or the emergency department
out  {"error": "..."}                    the line could not be used; the page stays
out  {"assessment": {...}}               the end
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lumbago.assessment import Interview
from lumbago.errors import CaseError, UserError

__all__ = ["exchange"]


def exchange(interview: Interview, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Hold an interview: takes lines, gives objects. It ends with an assessment, whatever comes in."""
    alarm: Mapping[str, Any] | None = None
    incoming = iter(lines)
    while True:
        if interview.alarm() != alarm:
            alarm = interview.alarm()
            if alarm is not None:
                yield {"alarm": alarm}
        page = interview.ask()
        if page is None:
            break
        yield {"ask": page.to_dict()}
        message = yield from _next_message(incoming)
        if message is None or "stop" in message:
            break
        if "save" in message:
            yield {"saved": interview.to_dict()}
            continue
        try:
            interview = _after(interview, message)
        except UserError as error:
            yield {"error": str(error)}
    yield {"assessment": interview.assessment().to_dict()}


def _next_message(incoming: Iterator[str]) -> Any:
    """The next line that is a JSON object; None at the end of input."""
    for line in incoming:
        if not line.strip():
            continue
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            yield {"error": 'this line is not JSON; try {"answer": {"fever": false}}'}
            continue
        if isinstance(message, dict):
            return message
        yield {"error": 'a line holds one JSON object, for example {"answer": {"fever": false}}'}
    return None


def _after(interview: Interview, message: Mapping[str, Any]) -> Interview:
    if "answer" in message:
        replies = message["answer"]
        if not isinstance(replies, dict):
            raise CaseError('answer needs an object, for example {"answer": {"fever": false}}')
        return interview.answer(replies)
    if "back" in message:
        return interview.back()
    if "resume" in message and isinstance(message["resume"], dict):
        return Interview.from_dict(message["resume"])
    raise CaseError("a line holds answer, back, save, resume or stop")
