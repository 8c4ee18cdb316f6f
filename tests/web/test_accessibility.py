"""axe-core over every page and state, light and dark; narrow screens; the keyboard alone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from lumbago.knowledge import load_knowledge
from tests.web.journey import PEOPLE, walk
from tests.web.test_journeys import DESKTOP, PHONE, assert_answered, opened

#: Rules of WCAG 2.2 A and AA, and what axe's makers call best practice.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
STANDING = (
    "",
    "privacy/",
    "check/?new",
    "no-such-page/",
    "learn/",
    "learn/disc_herniation_sciatica/",
    "learn/cauda_equina_syndrome/",
    "learn/gastrocnemius_strain/",
    "anatomy/",
    "anatomy/?part=l4_l5_disc",
    "anatomy/trunk_organs_front/",
    "myths/",
    "evidence/",
    "evidence/condition/gastrocnemius_strain/",
    "evidence/finding/fever/",
    "evidence/rule/",
)
LEAST_STATES = 40


def states(page: Page, address: str) -> Iterator[str]:
    """Bring the page into every state that a person may see, giving a name for each."""
    for place in STANDING:
        page.goto(address + place)
        yield place or "home"
    page.goto(f"{address}learn/")
    page.fill("input[type=search]", "sciat")
    page.keyboard.press("Enter")
    page.locator("main a").first.wait_for()
    yield "search"
    page.goto(f"{address}check/?new")
    page.fill("#age", "forty")
    page.get_by_role("button", name="Continue", exact=True).click()
    page.locator("#errors").wait_for()
    yield "bad age"
    yield from _people(page, address)
    page.goto(f"{address}privacy/")
    page.get_by_role("button", name="Delete everything now").click()
    page.get_by_text("Everything is deleted").wait_for()
    yield "deleted"


def _people(page: Page, address: str) -> Iterator[str]:
    for name in ("sciatica", "cauda equina", "out of scope"):
        person = next(p for p in PEOPLE if p.name == name)
        for step in walk(page, address, person):
            yield f"{name}: {step}"
            if name != "cauda equina":
                for more in _states_of(page, step):
                    yield f"{name}: {step}, {more}"


def _states_of(page: Page, step: str) -> Iterator[str]:
    if step == "where":
        page.locator("#all-zones").click()
        yield "all zones listed"
        page.locator("#all-zones").click()
    if step == "words" and page.locator(".chip").count():
        page.locator(".chip").first.locator("summary").click()
        yield "a chip opened"
    if step.startswith("question") and page.locator(".why").count():
        page.locator(".why summary").first.click()
        yield "why we ask"
    if step == "result":
        page.evaluate(
            "document.querySelectorAll('details.cause').forEach(cause => cause.open = true)"
        )
        yield "all causes opened"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_or_state(
    browser: Browser, address: str, scheme: str
) -> None:
    axe, seen = Axe(), []
    with opened(browser, PHONE, color_scheme=scheme, reduced_motion="reduce") as (page, _):
        for state in states(page, address):
            seen.append(state)
            found = axe.run(page, options=RULES).response["violations"]
            assert [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found] == [], (
                state
            )
    assert len(seen) >= LEAST_STATES
    print(f"axe: 0 violations over {len(seen)} states, {scheme}")


def test_nothing_scrolls_sideways_at_400_percent(browser: Browser, address: str) -> None:
    """1280 px at 400% is 320 CSS px."""
    with opened(browser, {"width": 320, "height": 256}) as (page, _):
        for state in states(page, address):
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 320, f"{state}: {wide} px"


def test_no_article_scrolls_sideways_on_the_narrowest_phone(browser: Browser, address: str) -> None:
    with opened(browser, {"width": 320, "height": 640}) as (page, _):
        for condition in load_knowledge().conditions:
            page.goto(f"{address}learn/{condition.id}/")
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 320, f"{condition.id}: {wide} px"


def test_the_whole_check_with_the_keyboard_alone(browser: Browser, address: str) -> None:
    person = next(p for p in PEOPLE if p.name == "calf strain")
    with opened(browser, DESKTOP) as (page, _):
        page.goto(address)
        _press_on(page, page.get_by_role("link", name="Check my pain").last)
        _tab_to(page, page.locator("#age"))
        page.keyboard.type(str(person.age))
        _tab_to(page, page.locator("[name=sex]").first)
        page.keyboard.press("ArrowDown")
        _continue(page)
        _mark_by_keyboard(page, "right_calf_upper_inner")
        _continue(page)
        _tab_to(page, page.locator("#text"))
        page.keyboard.type(person.words)
        _continue(page)
        _answer_by_keyboard(page, person.has)
        _press_on(page, page.get_by_role("button", name="Show my result"))
        page.locator(".banner").wait_for()
        assert_answered(page, person)


def _mark_by_keyboard(page: Page, zone: str) -> None:
    _tab_to(page, page.locator(".view-back .zone[tabindex='0']"))
    for _ in range(200):
        if page.evaluate("document.activeElement.dataset.zone") == zone:
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    assert "pain 6 of 10" in page.evaluate("document.activeElement.getAttribute('aria-label')")


def _answer_by_keyboard(page: Page, has: set[str]) -> None:
    for _ in range(40):
        if "/check/questions/" not in page.url:
            return
        for field in page.locator("fieldset.question").all():
            name = (field.get_attribute("id") or "").removeprefix("field-")
            radios = field.locator("input")
            _tab_to(page, radios.first)
            values = [r.get_attribute("value") for r in radios.all()]
            wanted = "yes" if name in has else "no" if "no" in values else "unknown"
            page.keyboard.press("Space")
            for _ in range(values.index(wanted)):
                page.keyboard.press("ArrowDown")
        _continue(page)


def _tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, as a person without a mouse would."""
    element = target.element_handle()
    for _ in range(400):
        if page.evaluate("element => document.activeElement === element", element):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")


def _press_on(page: Page, target: Locator) -> None:
    _tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _continue(page: Page) -> None:
    _press_on(page, page.get_by_role("button", name="Continue", exact=True))
