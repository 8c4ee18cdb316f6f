"""How it goes, read by a clinician in a real browser: axe, narrow screens, nothing to change."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.web.clinic import Clinic, clinic
from tests.web.test_accessibility import RULES
from tests.web.test_accounts import opened, sign_in

PERSON, CLINICIAN = "ann@example.org", "physio@clinic.test"
#: Twelve weeks with a flare, four questionnaires, and answers on the way back to running.
FILL = f"""
import numpy as np
from datetime import UTC, date, datetime, timedelta
from lumbago.progress.simulate import simulate
from lumbago.web import record, tracking
from lumbago.web.accounts.models import Account
from lumbago.web.models import Kind, Person, Share
person, _ = Person.objects.get_or_create(account=Account.objects.get(email={PERSON!r}))
own = record.Own(person)
diary = simulate("flare", np.random.default_rng(4), date.today() - timedelta(weeks=12))
for about in diary.abouts:
    tracking.start(own, about)
for check_in in diary.written[-40:]:
    tracking.add_check_in(own, check_in)
for pain in (6, 3):
    answers = {{"pain": pain, "enjoyment": pain, "activity": pain}}
    tracking.answer(own, "peg", answers, day=date.today(), at=datetime.now(UTC))
record.add(own, Kind.RUNNING, {{"at": datetime.now(UTC).isoformat(), "day": date.today().isoformat(),
    "injury": "calf_strain", "answers": {{"no_limp": True}}, "step": 1, "good_sessions": 0}})
Share.objects.create(person=person, email={CLINICIAN!r})
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    people = {PERSON: "person", CLINICIAN: "clinician"}
    with clinic(tmp_path_factory.mktemp("clinic"), people) as place:
        place.run(FILL)
        yield place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_shared_progress_is_whole_and_clear(
    browser: Browser, site: Clinic, scheme: str, tmp_path: Path
) -> None:
    with opened(browser, site, color_scheme=scheme, reduced_motion="reduce") as page:
        sign_in(page, CLINICIAN)
        page.wait_for_url("**/record/")
        page.goto("/patients/")
        page.get_by_role("link", name=PERSON).click()
        page.get_by_role("link", name="How it goes").click()
        chart = page.locator(".course-and-table img")
        chart.wait_for()
        assert chart.evaluate("e => e.decode().then(() => e.naturalWidth)") > 0
        assert page.locator("main form, main button").count() == 0
        assert page.locator("section[aria-labelledby=diary] tbody tr").count() == 40
        assert page.get_by_text("Grow strong again").is_visible()
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found] == []
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.screenshot(path=tmp_path / f"{width}.png", full_page=True)
