"""Eight people go through the whole check in a real browser, on a phone and at a desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from lumbago.knowledge.schema import DISPOSITIONS
from tests.web.journey import PEOPLE, Person, walk

PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1280, "height": 900}


@contextmanager
def opened(
    browser: Browser, size: dict[str, int], **more: object
) -> Iterator[tuple[Page, list[str]]]:
    """A page in a fresh context, and what went wrong in it: errors, and requests to other hosts."""
    context = browser.new_context(viewport=size, **more)  # type: ignore[arg-type]  # Playwright's own names
    page, faults = context.new_page(), []
    page.on("console", lambda m: faults.append(m.text) if _is_fault(m) else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda r: faults.append(r.url) if _elsewhere(r.url) else None)
    yield page, faults
    context.close()


def _is_fault(message: ConsoleMessage) -> bool:
    """Errors, but for a question to the server that was cut short by going on to the next page."""
    return message.type == "error" and not message.text.startswith("htmx:")


def _elsewhere(url: str) -> bool:
    return urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname != "127.0.0.1"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("person", PEOPLE, ids=lambda p: p.name)
def test_the_whole_journey(
    browser: Browser, address: str, person: Person, size: dict[str, int]
) -> None:
    with opened(browser, size) as (page, faults):
        steps = list(walk(page, address, person))
        assert steps[-1] == "result"
        assert_answered(page, person)
        assert faults == []


def assert_answered(page: Page, person: Person) -> None:
    level = page.locator(".banner").first.get_attribute("class") or ""
    assert set(level.split()) & set(person.levels), level
    assert not set(level.split()) & (set(DISPOSITIONS) - set(person.levels))
    if person.cause:
        assert person.cause.lower() in " ".join(page.locator(".cause h3").all_inner_texts()).lower()
    else:
        assert page.get_by_text("This may not be something we know").is_visible()


@pytest.mark.parametrize("name", ["sciatica", "cauda equina", "out of scope"])
def test_the_whole_journey_without_javascript(browser: Browser, address: str, name: str) -> None:
    person = next(p for p in PEOPLE if p.name == name)
    with opened(browser, PHONE, java_script_enabled=False) as (page, faults):
        steps = list(walk(page, address, person))
        assert steps[-1] == "result"
        assert_answered(page, person)
        assert faults == []


def test_a_danger_answer_interrupts_at_once(browser: Browser, address: str) -> None:
    person = replace(PEOPLE[0], words="My back hurts since I lifted a box.")
    with opened(browser, PHONE) as (page, _):
        for step in walk(page, address, person):
            if step.startswith("question") and page.locator("[name=q-bladder_retention]").count():
                break
        else:
            pytest.fail("nobody was asked about the bladder")
        page.locator("[name=q-bladder_retention][value=yes]").check()
        alarm = page.locator("#alarm [role=alert]")
        alarm.wait_for()
        assert "emergency department" in alarm.inner_text().lower()
        with page.expect_navigation():
            page.get_by_role("button", name="Continue", exact=True).click()
        assert page.url.endswith("/check/alarm/")
        assert "emergency" in page.locator("h1").inner_text().lower()
