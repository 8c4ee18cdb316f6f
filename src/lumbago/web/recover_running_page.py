"""What the page of the way back to running shows, as plain values for its template."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import QueryDict

from lumbago.care.exercises import exercise
from lumbago.care.running_data import Criterion
from lumbago.care.running_return import walk_run_table
from lumbago.web.recover_flare import LAST_PHASE, Now
from lumbago.web.recover_running import Way, criteria, field
from lumbago.web.recover_shown import scale

__all__ = ["resting", "running_page", "runs", "stages_shown"]

WALK_RUN = "walk_run"


def resting(found: Now) -> bool:
    """Whether a flare is too fresh to run: the flare plan leaves running out in its first days."""
    flare = found.flare
    return flare is not None and not flare.over and flare.phase(found.today) != LAST_PHASE


def runs(way: Way, found: Now) -> bool:
    """Whether a session of the table is due: the stage is reached, nothing forbids it, no flare is fresh."""
    return way.standing.stage == WALK_RUN and way.standing.may_run and not resting(found)


def running_page(
    way: Way, found: Now, posted: QueryDict | None = None, faults: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The stage, its tests, those of the stages before it, and the table.

    Args:
        way: Where the person stands.
        found: What holds today.
        posted: A form that could not be taken, to show as it was sent.
        faults: A sentence for each of its fields that cannot be used.
    """
    sent = QueryDict("") if posted is None else posted
    ids = [s.id for s in way.injury.stages]
    at = ids.index(way.standing.stage)
    now = way.injury.stages[at]
    before = dict.fromkeys(n for s in way.injury.stages[:at] for n in s.to_leave)
    running = at >= ids.index(WALK_RUN)
    return {
        "way": way,
        "number": at + 1,
        "count": len(ids),
        "exercises": [exercise(name) for name in way.standing.exercises],
        "tests": list(_tests(way, now.to_leave, sent, faults or {})),
        "passed_before": list(
            _tests(way, (n for n in before if n not in now.to_leave), sent, faults or {})
        ),
        "stages": stages_shown(way),
        "table": walk_run_table(way.injury.id),
        "running": running,
        "runs": runs(way, found),
        "resting": resting(found),
        "flare": found.flare,
        "pain": scale(
            "pain", "Worst pain while running", "none", "worst", {"pain": sent.get("pain", "")}
        ),
        "worse": sent.get("worse", ""),
        "limit": way.injury.pain_limit,
    }


def stages_shown(way: Way) -> list[dict[str, Any]]:
    """All stages, with which of them is now."""
    ids = [s.id for s in way.injury.stages]
    at = ids.index(way.standing.stage)
    states = ["done"] * at + ["now"] + ["later"] * (len(ids) - at - 1)
    return [
        {"name": s.name, "todo": s.todo, "state": state}
        for s, state in zip(way.injury.stages, states, strict=True)
    ]


def _tests(
    way: Way, names: Iterable[str], sent: QueryDict, faults: Mapping[str, str]
) -> Iterator[Mapping[str, Any]]:
    for name in names:
        criterion = criteria()[name]
        was = _plain(criterion, way)
        yield {
            "id": name,
            "field": field(name),
            "ask": criterion.ask,
            "least": "" if criterion.at_least is None else f"{criterion.at_least:g}",
            "was": was,
            "value": sent.get(field(name), was),
            "passed": name in way.standing.passed,
            "error": faults.get(name, ""),
        }


def _plain(criterion: Criterion, way: Way) -> str:
    """The answer as its field holds it."""
    answer = way.answers.get(criterion.id)
    if answer is None:
        return ""
    if criterion.at_least is None:
        return "yes" if answer else "no"
    return f"{answer:g}"
