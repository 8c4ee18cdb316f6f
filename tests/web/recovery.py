"""Records with a diary in them, as files that the site takes back: for pages and pictures of how it goes."""

import io
import json
import uuid
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import numpy as np
from playwright.sync_api import Page

from lumbago.care.plan import plan_for
from lumbago.care.preferences import Preferences
from lumbago.care.stages import Stage, Time
from lumbago.case import Case
from lumbago.progress import About, Answered, CheckIn, Diary
from lumbago.progress.simulate import STORIES, Story, simulate

__all__ = [
    "STORIES",
    "bring",
    "made_plan",
    "plan_record",
    "story_record",
]

SEED = 4
WEEKS = {"danger_sign": 3}


def story_record(story: Story) -> bytes:
    """The record of one of the five stories; its last day is today."""
    first = date.today() - timedelta(weeks=WEEKS.get(story, 12))
    return _record(simulate(story, np.random.default_rng(SEED), first))


def plan_record(
    *,
    days: int,
    condition: str = "lumbar_muscle_strain",
    time: Time = "weeks_to_6",
    flare_days_ago: int | None = None,
    sign: str = "",
) -> bytes:
    """The record of somebody in week 3, with a plan that is so many days old and a diary beside it."""
    now, today = datetime.now(UTC), date.today()
    began = today - timedelta(weeks=3)
    about = About(
        at=now - timedelta(weeks=3), began=began, condition=condition, age=45, sex="female"
    )
    check_ins = [
        CheckIn(
            at=now - timedelta(days=ago),
            day=today - timedelta(days=ago),
            pain=6 if ago == flare_days_ago else 4,
            stops=3,
            flare=ago == flare_days_ago,
            danger_signs=(sign,) if sign and ago == 0 else (),
        )
        for ago in range(19, -1, -1)
    ]
    diary = Diary().starting(about)
    for check_in in check_ins:
        diary = diary.adding(check_in)
    plan = {
        "key": str(uuid.uuid5(uuid.NAMESPACE_OID, "plan")),
        "kind": "plan",
        "made": (now - timedelta(days=days)).isoformat(),
        "content": made_plan(today - timedelta(days=days), condition, time),
    }
    return _record(diary, plan)


def bring(page: Page, address: str, record: bytes) -> None:
    """Take a record back on its page, with nothing there before."""
    page.goto(f"{address}privacy/")
    page.get_by_role("button", name="Delete everything now").click()
    page.goto(f"{address}record/")
    file = {"name": "record.zip", "mimeType": "application/zip", "buffer": record}
    page.set_input_files("#file", files=[file])  # type: ignore[list-item]  # a payload in place of a path
    page.get_by_role("button", name="Import").click()
    page.locator("[role=status]").wait_for()


def _record(diary: Diary, *more: dict[str, Any]) -> bytes:
    values: tuple[tuple[str, tuple[About | CheckIn | Answered, ...]], ...] = (
        ("about", diary.abouts),
        ("check_in", diary.written),
        ("score", diary.answered),
    )
    entries = [
        {
            "key": str(uuid.uuid5(uuid.NAMESPACE_OID, value.key)),
            "kind": kind,
            "made": value.at.isoformat(),
            "content": msgspec.to_builtins(value),
        }
        for kind, held in values
        for value in held
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        content = {"schema": "lumbago/record/1", "entries": [*entries, *more], "checks": []}
        file.writestr("record.json", json.dumps(content))
    return out.getvalue()


def made_plan(
    since: date, condition: str = "lumbar_muscle_strain", time: Time = "weeks_to_6"
) -> dict[str, Any]:
    """A plan as the record holds it, kept on this day."""
    found = plan_for(condition, Stage(time, seen=True), Case(45, "female"), Preferences())
    own = {"check": "", "wishes": {}, "on": since.isoformat()}
    return dict(json.loads(json.dumps({**found.to_dict(), "own": own})))
