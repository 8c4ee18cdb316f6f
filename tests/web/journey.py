"""People who come with a pain, and their way through the web app in a real browser."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import yaml
from playwright.sync_api import Page

from lumbago.anatomy import load_atlas

__all__ = ["PEOPLE", "Person", "walk"]

#: An end that no interview should need.
MOST_PAGES = 40


@dataclass(frozen=True)
class Person:
    """Somebody with a pain.

    Attributes:
        zones: Places that they mark with pain, and how bad it is.
        has: Findings that they affirm when asked; they deny every other.
        choices: Category that they choose, by finding.
        levels: Levels of care of which one must come out.
        cause: A word that the name of a likely cause must hold.
    """

    name: str
    age: int
    sex: str
    words: str
    zones: dict[str, int]
    levels: list[str]
    cause: str
    has: set[str] = field(default_factory=set)
    choices: dict[str, str] = field(default_factory=dict)


PEOPLE = tuple(
    msgspec.convert(
        yaml.safe_load(Path(__file__).with_name("people.yaml").read_text(encoding="utf-8")),
        list[Person],
    )
)


def walk(page: Page, address: str, person: Person) -> Iterator[str]:
    """Go through a whole check, giving the name of each step as it is seen."""
    page.goto(address)
    yield "home"
    page.goto(f"{address}check/?new")
    page.fill("#age", str(person.age))
    page.check(f"input[name=sex][value={person.sex}]")
    yield "about-you"
    _go_on(page)
    for zone, pain in person.zones.items():
        _mark(page, zone, pain)
    yield "where"
    _go_on(page)
    page.fill("#text", person.words)
    if page.locator("html.js").count():
        page.locator("#understood section").wait_for()
    yield "words"
    _go_on(page)
    yield from _questions(page, person)
    if page.url.endswith("/check/answers/"):
        yield "answers"
        with page.expect_navigation():
            page.get_by_role("button", name="Show my result").click()
    page.locator(".banner").first.wait_for()
    yield "result"


def _questions(page: Page, person: Person) -> Iterator[str]:
    for _ in range(MOST_PAGES):
        if page.url.endswith("/check/alarm/"):
            yield "alarm"
            with page.expect_navigation():
                page.get_by_role("button", name="Show my result").click()
            return
        if "/check/questions/" not in page.url:
            return
        for question in page.locator("fieldset.question").all():
            _reply(page, (question.get_attribute("id") or "").removeprefix("field-"), person)
        yield f"question-{page.url.rstrip('/').rsplit('/', 1)[-1]}"
        _go_on(page)
    raise AssertionError("the interview does not end")


def _reply(page: Page, name: str, person: Person) -> None:
    """Yes to what the person has, no to the rest, a category where they have chosen one."""
    if name == "region":
        return
    value = person.choices.get(name) or ("yes" if name in person.has else "no")
    chosen = page.locator(f"input[name='q-{name}'][value='{value}']")
    if not chosen.count():
        chosen = page.locator(f"input[name='q-{name}'][value='unknown']")
    chosen.check()


def _mark(page: Page, zone: str, pain: int) -> None:
    """Mark a zone on the figure; in the list where there is no script."""
    if not page.locator("html.js").count():
        page.fill(f"[name='pain-{zone}']", str(pain))
        return
    shape = page.locator(f".chart .zone[data-zone='{zone}'][role=button]")
    view = load_atlas().zone_by_id[zone].view
    turn = page.locator("#turn")
    if turn.is_visible() and page.locator("#chart").get_attribute("data-view") != view:
        turn.click()
    page.locator("#level").fill(str(pain))
    shape.click()


def _go_on(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Continue", exact=True).click()
