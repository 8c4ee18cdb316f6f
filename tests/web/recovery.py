"""Records with a diary in them, as files that the site takes back: for pages and pictures of how it goes."""

import io
import json
import uuid
import zipfile
from datetime import date, timedelta

import msgspec
import numpy as np
from playwright.sync_api import Page

from lumbago.progress import About, Answered, CheckIn, Diary
from lumbago.progress.simulate import STORIES, Story, simulate

__all__ = ["STORIES", "bring", "story_record"]

SEED = 4
WEEKS = {"danger_sign": 3}


def story_record(story: Story) -> bytes:
    """The record of one of the five stories; its last day is today."""
    first = date.today() - timedelta(weeks=WEEKS.get(story, 12))
    return _record(simulate(story, np.random.default_rng(SEED), first))


def bring(page: Page, address: str, record: bytes) -> None:
    """Take a record back on its page, with nothing there before."""
    page.goto(f"{address}privacy/")
    page.get_by_role("button", name="Delete everything now").click()
    page.goto(f"{address}record/")
    file = {"name": "record.zip", "mimeType": "application/zip", "buffer": record}
    page.set_input_files("#file", files=[file])  # type: ignore[list-item]  # a payload in place of a path
    page.get_by_role("button", name="Import").click()
    page.locator("[role=status]").wait_for()


def _record(diary: Diary) -> bytes:
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
        content = {"schema": "lumbago/record/1", "entries": entries, "checks": []}
        file.writestr("record.json", json.dumps(content))
    return out.getvalue()
