"""Screenshots of every step of two journeys with their plans, and of the standing pages. `make screenshots`.

They go to the ignored folder `screenshots/`: each at the width of a phone and of a desktop, light and dark.
"""

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.web.browser import chromium_path, served
from tests.web.journey import PEOPLE, Person, walk
from tests.web.recovery import STORIES, bring, story_record

FOLDER = Path("screenshots")
SIZES = {"phone": (360, 780), "desktop": (1280, 900)}
SCHEMES = ("light", "dark")
SHOWN = ("sciatica", "cauda equina")
STANDING = (
    "learn/",
    "learn/disc_herniation_sciatica/",
    "anatomy/",
    "myths/",
    "evidence/",
    "prevent/",
    "prevent/lift/",
    "prevent/job/",
    "prevent/vibration/",
    "prevent/desk/",
    "prevent/running/",
    "privacy/",
    "exercises/",
    "exercises/?area=calf",
    "exercises/bird_dog/",
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    people = [p for p in PEOPLE if p.name in (sys.argv[1:] or SHOWN)]
    with (
        TemporaryDirectory() as data,
        served(Path(data)) as (_, address),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        for person, size, scheme in itertools.product(people, SIZES, SCHEMES):
            _journey(browser, address, person, size, scheme)
        for size, scheme in itertools.product(SIZES, SCHEMES):
            _standing(browser, address, size, scheme)
            _recoveries(browser, address, size, scheme)
        browser.close()


def _journey(browser: Browser, address: str, person: Person, size: str, scheme: str) -> None:
    page = _page(browser, size, scheme)
    for place, step in enumerate(walk(page, address, person)):
        name = f"{person.name.replace(' ', '-')}-{size}-{scheme}-{place:02}-{step}.png"
        page.screenshot(path=FOLDER / name, full_page=True)
    for step in _plan(page):
        name = f"{person.name.replace(' ', '-')}-{size}-{scheme}-plan-{step}.png"
        page.screenshot(path=FOLDER / name, full_page=True)
    page.context.close()


def _plan(page: Page) -> Iterator[str]:
    """From a result to its plan, kept at the end."""
    page.get_by_role("link", name="What to do now").click()
    if page.url.endswith("/plan/start/"):
        yield "wishes"
        page.get_by_role("button", name="Make my plan", exact=True).click()
        page.wait_for_url("**/plan/new/")
    _load_pictures(page)
    yield "draft"
    if page.get_by_role("button", name="Keep my plan").count():
        page.get_by_role("button", name="Keep my plan").click()
        page.wait_for_url("**/plan/")
        _load_pictures(page)
        yield "kept"


def _load_pictures(page: Page) -> None:
    """Have every picture there: those further down wait until somebody scrolls to them."""
    page.evaluate("document.querySelectorAll('img').forEach(img => { img.loading = 'eager'; })")
    page.wait_for_load_state("networkidle")


def _standing(browser: Browser, address: str, size: str, scheme: str) -> None:
    page = _page(browser, size, scheme)
    for place in STANDING:
        page.goto(address + place)
        _load_pictures(page)
        plain = place.strip("/").replace("/", "-").replace("?", "").replace("=", "-")
        name = f"page-{size}-{scheme}-{plain}.png"
        page.screenshot(path=FOLDER / name, full_page=True)
    page.context.close()


def _recoveries(browser: Browser, address: str, size: str, scheme: str) -> None:
    """The diary and the progress of five made-up courses of twelve weeks."""
    page = _page(browser, size, scheme)
    for story, place in itertools.product(STORIES, ("progress/", "diary/")):
        if place == "progress/":
            bring(page, address, story_record(story))
        page.goto(address + place)
        page.wait_for_load_state("networkidle")  # the chart is drawn for this page
        name = f"recovery-{size}-{scheme}-{story.replace('_', '-')}-{place.strip('/')}.png"
        page.screenshot(path=FOLDER / name, full_page=True)
    page.context.close()


def _page(browser: Browser, size: str, scheme: str) -> Page:
    width, height = SIZES[size]
    return browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        device_scale_factor=2 if size == "phone" else 1,
        reduced_motion="reduce",
    )


if __name__ == "__main__":
    main()
