"""Plan and exercises in a real browser: axe in both schemes, narrow screens, keyboard, no script, the timer."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.web.journey import PEOPLE, walk
from tests.web.recovery import bring, plan_record
from tests.web.test_accessibility import RULES
from tests.web.test_journeys import DESKTOP, PHONE, opened


def make_plan(page: Page, address: str, name: str = "sciatica") -> None:
    """A check to its end, and on to the plan as it stands."""
    for _ in walk(page, address, next(p for p in PEOPLE if p.name == name)):
        pass
    page.get_by_role("link", name="What to do now").click()
    if page.url.endswith("/plan/start/"):
        page.get_by_role("button", name="Make my plan", exact=True).click()
    page.wait_for_url("**/plan/new/")


def states(page: Page, address: str) -> Iterator[str]:
    """Every state of the pages, with a name."""
    page.goto(f"{address}privacy/")
    page.get_by_role("button", name="Delete everything now").click()
    page.goto(f"{address}plan/")
    yield "no plan"
    make_plan(page, address, "cauda equina")
    yield "urgent plan"
    make_plan(page, address, "calf strain")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    yield "plan with a way back to running"
    make_plan(page, address)
    yield "draft"
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    yield "all opened"
    page.goto(f"{address}plan/start/")
    yield "wishes"
    page.get_by_label("Monday").focus()
    for day in page.locator("[name=day]").all():
        day.uncheck()
    page.get_by_role("button", name="Make my plan", exact=True).click()
    page.locator("#errors").wait_for()
    yield "a wish that cannot be"
    page.goto(f"{address}plan/new/")
    page.get_by_role("button", name="Keep my plan").click()
    page.get_by_text("Your plan is kept").wait_for()
    yield "kept"
    page.goto(f"{address}plan/change/")
    yield "change"
    page.goto(f"{address}exercises/")
    yield "exercises"
    page.goto(f"{address}exercises/?area=neck&kind=impact")
    yield "no exercise"
    for name in ("bird_dog", "prone_lying", "walking"):
        page.goto(f"{address}exercises/{name}/")
        yield name


def eased_states(page: Page, address: str) -> Iterator[str]:
    """The plan, exercises and the way back to running of somebody with a flare, and with a danger sign."""
    calf = {"condition": "gastrocnemius_strain", "time": "weeks_6_to_12"}
    for ago, name in ((0, "first week of a flare"), (8, "second week of a flare")):
        bring(page, address, plan_record(days=9, flare_days_ago=ago, **calf))  # type: ignore[arg-type]  # words of both
        for place in ("plan/", "exercises/", "exercises/calf_raise_bent/", "plan/running/"):
            page.goto(f"{address}{place}")
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            yield f"{name}: {place}"
    page.goto(f"{address}plan/")
    page.get_by_role("button", name="back to my usual week").click()
    page.get_by_text("You are back to your usual week").wait_for()
    yield "back to the usual week"
    page.goto(f"{address}plan/running/")
    page.locator("[name=test-no_limp][value=yes]").check()
    page.get_by_role("button", name="Save my answers").click()
    page.locator("[role=status]").wait_for()
    yield "the second stage"
    page.fill("[name=test-heel_raises]", "many")
    page.get_by_role("button", name="Save my answers").click()
    page.locator("#errors").wait_for()
    yield "a number of heel raises that cannot be"
    _answer_all(page, address)
    yield "the table of walking and running"
    page.get_by_role("button", name="Say what comes next").click()
    page.locator("#errors").wait_for()
    yield "a session with gaps"
    bring(page, address, plan_record(days=1, sign="saddle_numbness"))
    for place in ("plan/", "exercises/", "exercises/bridge/"):
        page.goto(f"{address}{place}")
        yield f"danger sign: {place}"


def _answer_all(page: Page, address: str) -> None:
    """Pass every test up to the table of walking and running."""
    page.goto(f"{address}plan/running/")
    while not page.get_by_role("button", name="Say what comes next").count():
        for test in page.locator("section[aria-labelledby=tests] > .test").all():
            if test.locator("input[value=yes]").count():
                test.locator("input[value=yes]").check()
            else:
                test.locator("input").fill("30")
        page.get_by_role("button", name="Save my answers").click()
        page.locator("[role=status]").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_flare_or_past_a_danger_sign(
    browser: Browser, address: str, scheme: str
) -> None:
    axe = Axe()
    with opened(browser, PHONE, color_scheme=scheme, reduced_motion="reduce") as (page, faults):
        for state in eased_states(page, address):
            found = axe.run(page, options=RULES).response["violations"]
            assert [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found] == [], (
                state
            )
        assert [f for f in faults if "422" not in f] == []


def test_an_eased_plan_does_not_scroll_sideways_on_320_px(browser: Browser, address: str) -> None:
    with opened(browser, {"width": 320, "height": 640}) as (page, _):
        for state in eased_states(page, address):
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 320, f"{state}: {wide} px"


def test_the_tests_of_running_without_javascript_and_by_keyboard(
    browser: Browser, address: str
) -> None:
    record = plan_record(days=1, condition="gastrocnemius_strain", time="weeks_6_to_12")
    with opened(browser, PHONE, java_script_enabled=False) as (page, faults):
        bring(page, address, record)
        page.goto(f"{address}plan/")
        page.get_by_role("link", name="Answer the tests").click()
        page.check("[name=test-no_limp][value=yes]")
        page.get_by_role("button", name="Save my answers").click()
        assert page.locator("#stage").inner_text() == "Grow strong again"
        assert faults == []
    with opened(browser, DESKTOP) as (page, _):
        bring(page, address, record)
        page.goto(f"{address}plan/running/")
        _tab_to(page, "[name=test-no_limp]")
        page.keyboard.press("Space")
        _tab_to(page, "button[value=tests]")
        page.keyboard.press("Enter")
        page.locator("[role=status]").wait_for()
        assert page.locator("#stage").inner_text() == "Grow strong again"


def test_a_flare_is_told_and_ended_by_keyboard(browser: Browser, address: str) -> None:
    with opened(browser, DESKTOP) as (page, _):
        bring(page, address, plan_record(days=1))
        page.goto(f"{address}diary/")
        for place in ("[name=pain]", "[name=stops]", "[name=new]"):
            _tab_to(page, place)
            page.keyboard.press("Space")
        _tab_to(page, ".more summary")
        page.keyboard.press("Enter")
        while not page.locator("[name=flare]").is_visible():
            _tab_to(page, ".more summary")
            page.keyboard.press("Enter")
        _tab_to(page, "[name=flare]")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.locator("[role=status]").wait_for()
        _tab_to(page, "a[href='/plan/#eased']")
        page.keyboard.press("Enter")
        page.locator("#eased").wait_for()
        _tab_to(page, ".eased button")
        page.keyboard.press("Enter")
        page.get_by_text("You are back to your usual week").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str) -> None:
    axe = Axe()
    with opened(browser, PHONE, color_scheme=scheme, reduced_motion="reduce") as (page, faults):
        for state in states(page, address):
            found = axe.run(page, options=RULES).response["violations"]
            assert [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found] == [], (
                state
            )
        assert [f for f in faults if "400" not in f] == []  # the browser tells of our own answer


def test_nothing_scrolls_sideways_on_320_px(browser: Browser, address: str) -> None:
    with opened(browser, {"width": 320, "height": 640}) as (page, _):
        for state in states(page, address):
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 320, f"{state}: {wide} px"


def test_the_way_to_a_kept_plan_without_javascript(browser: Browser, address: str) -> None:
    with opened(browser, PHONE, java_script_enabled=False) as (page, faults):
        make_plan(page, address)
        page.get_by_role("button", name="Keep my plan").click()
        assert page.get_by_text("Your plan is kept").is_visible()
        page.locator(".week a").first.click()
        assert page.locator(".numbered li").count() >= 2
        assert not page.locator("#timer").is_visible()
        assert page.get_by_text("In your plan this week").is_visible()
        assert faults == []


def test_wishes_and_timer_with_the_keyboard_alone(browser: Browser, address: str) -> None:
    with opened(browser, DESKTOP) as (page, _):
        make_plan(page, address)
        page.goto(f"{address}plan/start/")
        _tab_to(page, "input[name=minutes]:checked")
        page.keyboard.press("ArrowLeft")
        _tab_to(page, "button.big")
        page.keyboard.press("Enter")
        page.wait_for_url("**/plan/new/")
        assert page.get_by_text("At most 15 minutes on a day").is_visible()
        page.goto(f"{address}exercises/bird_dog/")
        _tab_to(page, "[data-go]")
        page.keyboard.press("Enter")
        assert page.locator("[data-go]").inner_text() == "Pause"
        assert page.locator("[data-again]").is_visible()


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_the_timer_counts_every_set_side_and_rest(browser: Browser, address: str) -> None:
    """The clock of the browser is moved on by hand; the steps must come to the dose of the page."""
    with opened(browser, DESKTOP) as (page, faults):
        page.clock.install()
        page.goto(f"{address}exercises/bird_dog/")
        dose = page.locator("#timer").evaluate(
            "e => Object.fromEntries(Object.entries(e.dataset).map(([k, v]) => [k, Number(v)]))"
        )
        page.locator("[data-go]").click()
        seen: list[str] = []
        for _ in range(3600):
            words = page.locator("#timer .phase").inner_text()
            if not seen or seen[-1] != words:
                seen.append(words)
            if words.startswith("Done"):
                break
            page.clock.run_for(1000)
        turns = dose["sets"] * dose["sides"] * dose["repetitions"]
        assert sum(words.startswith("Hold") for words in seen) == turns
        assert seen.count("Rest") == (dose["sets"] - 1) * (dose["rest"] > 0)
        assert sum(words == "Change sides" for words in seen) == dose["sets"]
        assert seen[-1].startswith("Done")
        assert faults == []


def test_a_paused_timer_stands_still(browser: Browser, address: str) -> None:
    with opened(browser, DESKTOP) as (page, _):
        page.clock.install()
        page.goto(f"{address}exercises/walking/")
        page.locator("[data-go]").click()
        page.clock.run_for(3000)
        page.locator("[data-go]").click()
        stood = page.locator("#timer .count").inner_text()
        page.clock.run_for(60_000)
        assert page.locator("#timer .count").inner_text() == stood
        page.locator("[data-go]").click()
        page.clock.run_for(2000)
        assert page.locator("#timer .count").inner_text() != stood


def test_a_moving_picture_can_be_held_still(browser: Browser, address: str) -> None:
    with opened(browser, DESKTOP) as (page, _):
        page.goto(f"{address}exercises/bird_dog/")
        moving, still = page.locator(".motion .moving"), page.locator(".motion .still")
        assert moving.is_visible()
        assert not still.is_visible()
        page.get_by_label("Hold the picture still").check()
        assert still.is_visible()
        assert not moving.is_visible()


def test_who_asked_for_less_movement_sees_a_still_picture(browser: Browser, address: str) -> None:
    with opened(browser, DESKTOP, reduced_motion="reduce") as (page, _):
        page.goto(f"{address}exercises/bird_dog/")
        assert page.locator(".motion .still").is_visible()
        assert not page.locator(".motion .moving").is_visible()
