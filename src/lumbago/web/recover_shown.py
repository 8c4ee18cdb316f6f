"""What the pages of the diary and of progress show, as plain values for the templates."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict

from lumbago.care.exercises import load_exercises
from lumbago.care.week_values import Week
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.schema import Finding
from lumbago.progress import CheckIn, Diary, Outlook, Prom, find_prom
from lumbago.progress.danger import Reassess
from lumbago.progress.proms import Item

__all__ = [
    "SAVED",
    "alarm_shown",
    "check_in_shown",
    "outlook_shown",
    "prom_shown",
    "replies_in",
    "scale",
    "scores_shown",
]

#: Where a page says once that something was saved.
SAVED = "saved"
SCALE = tuple(range(11))
#: Kinds of message: heading, and how it is set off.
HEADINGS: Mapping[str, tuple[str, str]] = {
    "danger": ("A danger sign", "danger"),
    "review": ("Time to have it looked at", "warn"),
    "worse": ("It is worse than at the start", "warn"),
    "flare": ("You are in a flare", "warn"),
    "recovered": ("The pain has gone", ""),
    "change": ("Your pain", ""),
    "standing": ("Where you stand", ""),
    "score": ("Your questionnaires", ""),
    "next_step": ("What your answers call for", "warn"),
}
VERDICTS: Mapping[str, str] = {
    "ahead": "Ahead of what is usual",
    "as_expected": "As expected",
    "behind": "Slower than usual so far",
    "cannot_say": "Too early, or too little known, to compare",
}


def alarm_shown(found: Reassess | None) -> dict[str, Any] | None:
    """An alarm with the names of its signs."""
    if found is None:
        return None
    names = [load_knowledge().finding(sign).name for sign in found.signs]
    return {
        "level": found.level,
        "headline": found.headline,
        "place": found.place,
        "because": found.because[:3],
        "signs": names,
    }


def check_in_shown(
    before: CheckIn | None, posted: QueryDict | None, *, week: Week | None, signs: Sequence[Finding]
) -> dict[str, Any]:
    """The form of a check-in: as it was sent, as it stands, or empty."""
    told = _as_sent(posted) if posted is not None else _as_stands(before)
    return {
        "scales": [
            scale("pain", "How bad is your pain?", "no pain", "worst imaginable", told),
            scale("stops", "How much does it stop you?", "not at all", "completely", told),
        ],
        "more_scales": [
            scale("pain_during", "Pain while exercising", "none", "worst", told),
            scale("pain_after", "Worst pain in the day after", "none", "worst", told),
            scale("effort", "How hard it was", "no effort", "all you have", told),
        ],
        "signs": [
            {"id": s.id, "name": s.name, "question": s.question, "ticked": s.id in told["signs"]}
            for s in signs
        ],
        "exercises": list(_exercises(week, told["exercises"])),
        "told": told,
        "more_open": bool(before) or any(told[name] for name in ("notes", "medicines", "done")),
    }


def _as_sent(posted: QueryDict) -> dict[str, Any]:
    names = ("pain", "stops", "pain_during", "pain_after", "effort")
    words = ("day", "done", "medicines", "notes", "new")
    return {
        **{name: posted.get(name, "") for name in (*names, *words)},
        "flare": "flare" in posted,
        "signs": posted.getlist("sign"),
        "exercises": posted.getlist("exercise"),
    }


def _as_stands(before: CheckIn | None) -> dict[str, Any]:
    if before is None:
        return _as_sent(QueryDict("")) | {"day": date.today().isoformat()}
    ratings = {
        name: "" if (value := getattr(before, name)) is None else str(value)
        for name in ("pain", "stops", "pain_during", "pain_after", "effort")
    }
    return ratings | {
        "day": before.day.isoformat(),
        "done": before.done,
        "medicines": ", ".join(before.medicines),
        "notes": before.notes,
        "new": "yes" if before.danger_signs else "no",
        "flare": before.flare,
        "signs": list(before.danger_signs),
        "exercises": list(before.exercises),
    }


def scale(name: str, legend: str, low: str, high: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """A question from 0 to 10, with what was chosen."""
    steps = [{"value": n, "checked": told[name] == str(n)} for n in SCALE]
    return {"name": name, "legend": legend, "low": low, "high": high, "steps": steps}


def _exercises(week: Week | None, ticked: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What stands in the week, today's first, and what else was ticked."""
    days = () if week is None else week.days[date.today().weekday() :] + week.days
    items = (item.exercise for day in days for item in day.items)
    for name in dict.fromkeys((*items, *ticked)):
        if name in load_exercises():
            yield {"id": name, "name": load_exercises()[name].name, "ticked": name in ticked}


def prom_shown(prom: Prom, posted: QueryDict) -> dict[str, Any]:
    """A questionnaire with its answers."""
    return {
        "prom": prom,
        "ticks": all((i.low, i.high) == (0, 1) and not i.labels for i in prom.items),
        "items": [_item(item, posted) for item in prom.items],
        "some": prom.fewest,
    }


def _item(item: Item, posted: QueryDict) -> dict[str, Any]:
    values = item.allowed or tuple(range(item.low, item.high + 1))
    named = len(item.labels) == len(values)
    chosen = posted.get(f"item-{item.id}", "")
    steps = [
        {"value": v, "label": item.labels[n] if named else str(v), "checked": chosen == str(v)}
        for n, v in enumerate(values)
    ]
    ends = item.labels if not named and len(item.labels) == 2 else ("", "")
    return {
        "id": item.id,
        "name": f"item-{item.id}",
        "legend": item.text,
        "named": named,
        "low": ends[0],
        "high": ends[1],
        "steps": steps,
        "ticked": chosen == "1",
    }


def replies_in(prom: Prom, posted: QueryDict) -> dict[str, int | None]:
    """The answers of a posted questionnaire; whatever is no number is missing."""

    def reply(item: Item) -> int | None:
        typed = posted.get(f"item-{item.id}", "")
        return int(typed) if typed.lstrip("-").isascii() and typed.lstrip("-").isdigit() else None

    given = {item.id: reply(item) for item in prom.items}
    return {n: 0 if v is None and prom.blank_is_zero else v for n, v in given.items()}


def outlook_shown(found: Outlook) -> dict[str, Any]:
    """The messages with headings, those first that cannot wait, and where the person stands."""
    messages = [
        {
            "kind": m.kind,
            "heading": HEADINGS[m.kind][0],
            "tone": HEADINGS[m.kind][1],
            "words": _without_lead(m.words) if m.kind == "standing" else m.words,
        }
        for m in found.messages
    ]
    band = found.standing.band
    return {
        "messages": messages,
        "verdict": found.standing.verdict,
        "verdict_words": VERDICTS[found.standing.verdict],
        "course": found.standing.course,
        "band": band,
        "reasons": found.standing.reasons,
    }


def _without_lead(words: str) -> str:
    """Without the first sentence, which the heading says already."""
    return words.partition(". ")[2] or words


def scores_shown(diary: Diary) -> list[dict[str, Any]]:
    """Each questionnaire that was filled in: the first and the latest score."""
    shown = []
    for name in dict.fromkeys(a.prom for a in diary.answered):
        scores, prom = diary.scores(name), find_prom(name)
        shown.append({"prom": prom, "first": scores[0], "last": scores[-1], "count": len(scores)})
    return shown
