"""The diary and progress in a real browser: axe, 320 px, four taps, the keyboard, no script."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.web.recovery import STORIES, bring, plan_record, story_record
from tests.web.test_accessibility import RULES
from tests.web.test_journeys import DESKTOP, PHONE, opened

#: Presses on keys, and taps, that a check-in may take.
MOST_TAPS = 4


def states(page: Page, address: str) -> Iterator[str]:
    """Bring the pages of the diary and of progress into every state, giving a name for each."""
    page.goto(f"{address}privacy/")
    page.get_by_role("button", name="Delete everything now").click()
    page.goto(f"{address}diary/start/")
    yield "before a diary"
    page.get_by_role("button", name="Start and keep a diary").click()
    page.locator("#ago-error").wait_for()
    yield "no beginning given"
    page.fill("#ago", "5")
    page.get_by_role("button", name="Start and keep a diary").click()
    page.get_by_role("button", name="Save", exact=True).wait_for()
    page.goto(f"{address}progress/")
    yield "nothing written yet"
    for story in STORIES:
        bring(page, address, story_record(story))
        page.goto(f"{address}progress/")
        yield f"progress: {story}"
    yield from _diary(page, address)


def _diary(page: Page, address: str) -> Iterator[str]:
    page.goto(f"{address}diary/alarm/")
    yield "alarm"
    page.goto(f"{address}diary/")
    yield "diary with an alarm"
    bring(page, address, story_record("flare"))
    page.goto(f"{address}diary/")
    yield "diary"
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    yield "diary, all open"
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("#errors").wait_for()
    yield "a check-in with gaps"
    for place in ("questions/rmdq/", "questions/peg/", "questions/phq2/", "questions/groc/"):
        page.goto(f"{address}diary/{place}")
        yield place
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("#errors").wait_for()
    yield "a questionnaire with gaps"
    page.goto(f"{address}progress/flare/")
    yield "flare plan"
    yield from _next_week(page, address)


def _next_week(page: Page, address: str) -> Iterator[str]:
    bring(page, address, plan_record(days=8))
    page.goto(f"{address}progress/")
    yield "a week is over"
    page.get_by_role("link", name="Look at next week").click()
    yield "how the week went"
    page.locator(".went select").first.select_option("sore")
    page.locator(".went select").last.select_option("well")
    page.get_by_role("button", name="Show next week").click()
    page.locator(".changes").wait_for()
    yield "what changes next week"
    page.get_by_role("button", name="Take this week").click()
    page.locator("[role=status]").wait_for()
    yield "next week taken"
    page.goto(f"{address}plan/")
    yield "the plan of week 2"
    bring(page, address, plan_record(days=8, flare_days_ago=0))
    page.goto(f"{address}progress/")
    yield "a flare with a plan"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str) -> None:
    axe, seen = Axe(), []
    with opened(browser, PHONE, color_scheme=scheme, reduced_motion="reduce") as (page, _):
        for state in states(page, address):
            seen.append(state)
            found = axe.run(page, options=RULES).response["violations"]
            assert [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found] == [], (
                state
            )
    assert len(seen) >= 24


def test_nothing_scrolls_sideways_at_320_px_and_nothing_is_refused(
    browser: Browser, address: str
) -> None:
    with opened(browser, {"width": 320, "height": 568}) as (page, faults):
        for state in states(page, address):
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 320, f"{state}: {wide} px"
        assert [f for f in faults if "422" not in f] == []


def test_a_check_in_takes_four_taps_and_fits_a_phone(browser: Browser, address: str) -> None:
    with opened(browser, PHONE) as (page, faults):
        bring(page, address, story_record("slow"))
        page.goto(f"{address}diary/")
        taps = [
            page.locator("[name=pain][value='3']"),
            page.locator("[name=stops][value='2']"),
            page.locator("[name=new][value=no]"),
            page.get_by_role("button", name="Save", exact=True),
        ]
        bottom = taps[-1].bounding_box()
        assert bottom is not None
        assert bottom["y"] + bottom["height"] <= PHONE["height"]
        for tap in taps:
            tap.click()
        assert len(taps) <= MOST_TAPS
        expect(page.get_by_role("status")).to_contain_text("Saved")
        assert faults == []


def test_a_check_in_with_the_keyboard_alone(browser: Browser, address: str) -> None:
    with opened(browser, DESKTOP) as (page, _):
        bring(page, address, story_record("slow"))
        page.goto(f"{address}diary/")
        for name, presses in (("pain", 4), ("stops", 3), ("new", 1)):
            _tab_to(page, f"[name={name}]")
            page.keyboard.press("Space")
            for _ in range(presses - 1):
                page.keyboard.press("ArrowRight")
        _tab_to(page, ".save .button")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Saved")
        page.goto(f"{address}diary/")
        assert "Pain 3, stops you 2" in page.locator(".days").inner_text()


def _tab_to(page: Page, place: str) -> None:
    for _ in range(60):
        if page.evaluate("place => document.activeElement.matches(place)", place):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {place}")


def test_without_script_a_danger_sign_is_ticked_and_answered(
    browser: Browser, address: str
) -> None:
    with opened(browser, PHONE, java_script_enabled=False) as (page, faults):
        bring(page, address, story_record("slow"))
        page.goto(f"{address}diary/")
        page.check("[name=pain][value='3']", force=True)
        page.check("[name=stops][value='2']", force=True)
        page.check("[name=new][value=yes]")
        page.locator("#signs summary").click()
        page.check("[name=sign][value=bladder_retention]")
        page.get_by_role("button", name="Save", exact=True).click()
        assert page.url.endswith("/diary/alarm/")
        assert re.search(
            r"emergency|ambulance", page.locator(".banner").get_attribute("class") or ""
        )
        assert faults == []


def test_yes_opens_the_list_of_signs_and_a_tick_says_yes(browser: Browser, address: str) -> None:
    with opened(browser, PHONE) as (page, _):
        bring(page, address, story_record("slow"))
        page.goto(f"{address}diary/")
        page.check("[name=new][value=yes]")
        expect(page.locator("[name=sign]").first).to_be_visible()
        page.check("[name=new][value=no]")
        page.locator("[name=sign]").first.check()
        expect(page.locator("[name=new][value=yes]")).to_be_checked()
