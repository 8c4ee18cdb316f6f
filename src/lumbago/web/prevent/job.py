"""Check a job: several lifting tasks, from boxes or from a table, to one index and the wear of a day."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.lifft import FatigueResult, cumulative_damage
from lumbago.prevention.lifting_changes import changes
from lumbago.prevention.lifting_job import JobResult, assess_job
from lumbago.prevention.lifting_tables import load_lifting, system
from lumbago.prevention.lifting_task import Lift
from lumbago.prevention.read_tasks import Tasks
from lumbago.web.prevent.job_form import job_tasks
from lumbago.web.prevent.lift import LEVELS, shown_index
from lumbago.web.prevent.lift_back import picture_of

__all__ = ["job_shown"]

MOST_TASKS, CHANGES = 200, 4


def job_shown(fields: Mapping[str, str], sent: tuple[str, bytes] | None) -> dict[str, Any]:
    """The job judged; a table counts instead of the boxes.

    Raises:
        MeasurementError: If a measure is missing or cannot be.
    """
    tasks, name = job_tasks(fields, sent)
    if len(tasks.lifts) > MOST_TASKS:
        raise MeasurementError(
            f"the table has {len(tasks.lifts)} tasks; the page takes {MOST_TASKS}, `lumbago job` any number"
        )
    job = assess_job(tasks.lifts)
    wear = None if tasks.fatigue is None else cumulative_damage(**tasks.fatigue)
    first = max(job.tasks, key=lambda share: share.added)
    return {
        "index": shown_index(job.index),
        "too_much": not isfinite(job.index),
        "band": job.band,
        "level": LEVELS[job.band.name],
        "tasks": _shares(job),
        "first": first.name,
        # A table may have more tasks than the page has boxes.
        "place": 0 if name else tasks.lifts.index((first.name, first.result.lift)),
        "changes": [
            {"what": c.what, "index": shown_index(c.index)} for c in changes(first.result)[:CHANGES]
        ],
        "picture": picture_of(first.result.lift),
        "now": shown_index(first.single_task_index),
        "wear": None if wear is None else _wear(wear, tasks),
        "source": load_lifting().source,
        "wear_source": load_lifting().fatigue.source,
        "table_name": name,
        "inputs": [(task, _said(lift)) for task, lift in tasks.lifts],
    }


def _shares(job: JobResult) -> list[dict[str, Any]]:
    whole = job.index if isfinite(job.index) else None
    return [
        {
            "name": share.name,
            "alone": shown_index(share.single_task_index),
            "adds": shown_index(share.added),
            "one": shown_index(share.frequency_independent_index),
            "bar": f"{100 * share.added / whole:.1f}" if whole else "0",
        }
        for share in job.tasks
    ]


def _wear(wear: FatigueResult, tasks: Tasks) -> dict[str, Any]:
    return {
        "percent": f"{wear.probability:.0%}",
        "band": wear.band.name,
        "caution": wear.caution,
        "shares": [
            {"name": name, "percent": f"{share:.0%}", "bar": f"{100 * share:.1f}"}
            for (name, _), share in zip(tasks.lifts, wear.task_share.tolist(), strict=True)
        ],
    }


def _said(lift: Lift) -> str:
    s = system(lift.units)
    end = "" if lift.to_vertical is None else f" to {lift.to_vertical:g}"
    return (
        f"{lift.load:g} {s.mass}, {lift.horizontal:g} {s.length} forward, {lift.vertical:g}{end} {s.length} "
        f"high, {lift.asymmetry_deg:g}° aside, {lift.frequency_per_min:g} a minute, {lift.duration_h:g} h, "
        f"{lift.coupling} hold"
    )
