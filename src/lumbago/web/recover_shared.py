"""How it goes with somebody who shares their record, for the clinician who reads it: nothing here writes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from lumbago.care.exercises import load_exercises
from lumbago.care.running_data import injury
from lumbago.care.running_return import standing
from lumbago.errors import UserError
from lumbago.knowledge import load_knowledge
from lumbago.progress import CheckIn, Diary, find_prom, outlook
from lumbago.progress.weekly import weekly
from lumbago.web import record, recover_diary, tracking
from lumbago.web.contents import running_in
from lumbago.web.models import Kind
from lumbago.web.record import Reading
from lumbago.web.recover_flare import flare_of
from lumbago.web.recover_shown import alarm_shown, outlook_shown

__all__ = ["progress_of"]

#: Check-ins that the page lists; the record has all of them.
LISTED = 60


def progress_of(reading: Reading) -> dict[str, Any]:
    """What the person wrote down and was told, as plain values; `about` is None without a diary."""
    held = tracking.diary(reading)
    if held.about is None:
        return {"about": None}
    today = recover_diary.today_for(held)
    found = outlook(held, today)
    listed = held.check_ins[::-1][:LISTED]
    known = load_knowledge().condition_by_id.get(held.about.condition or "")
    return {
        "about": held.about,
        "condition": known.name if known is not None else "",
        "alarm": alarm_shown(recover_diary.alarm_of(held)),
        "flare": flare_of(held, today, None),
        "way": _stage(reading),
        "weeks": weekly(held, found.standing.course, today)[::-1],
        "answered": list(_answered(held)),
        "check_ins": [{"check_in": c, "more": list(_more(c))} for c in listed],
        "more": len(held.check_ins) if len(held.check_ins) > LISTED else 0,
        **outlook_shown(found),
    }


def _answered(held: Diary) -> Iterator[dict[str, Any]]:
    """Every score, questionnaire by questionnaire, newest first."""
    for name in dict.fromkeys(a.prom for a in held.answered):
        prom = find_prom(name)
        yield from ({"prom": prom, "answer": a} for a in held.scores(name)[::-1])


def _more(c: CheckIn) -> Iterator[str]:
    """What else a check-in says, a line each."""
    if c.danger_signs:
        names = [load_knowledge().finding(sign).name.lower() for sign in c.danger_signs]
        yield f"Danger sign: {', '.join(names)}"
    if c.flare:
        yield "It has flared up"
    if c.exercises:
        known = load_exercises()
        names = [known[n].name if n in known else n.replace("_", " ") for n in c.exercises]
        yield f"Exercises: {', '.join(names)}"
    ratings = (("during", c.pain_during), ("after", c.pain_after), ("effort", c.effort))
    told = [f"{label} {value}" for label, value in ratings if value is not None]
    if told:
        yield f"With exercise: {', '.join(told)}"
    if c.medicines:
        yield f"Medicines: {', '.join(c.medicines)}"
    yield from (words for words in (c.done, c.notes) if words)


def _stage(reading: Reading) -> str:
    """The stage on the way back to running that the last answers lead to; empty if there are none."""
    held = [running_in(entry.content) for entry in record.entries(reading, Kind.RUNNING)]
    if not held:
        return ""
    last = max(held, key=lambda h: h.at)
    try:
        stands = standing(last.injury, last.answers)
    except UserError:
        return ""  # of another version: its answers are in the record all the same
    return f"{injury(last.injury).name}: {stands.name}, answered on {_day(last.day)}"


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
