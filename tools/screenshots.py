"""Screenshots of every step of two journeys and of the standing pages, to look at. `make screenshots`.

They go to the ignored folder `screenshots/`: each at the width of a phone and of a desktop, light and dark.
"""

import itertools
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.web.browser import chromium_path, served
from tests.web.journey import PEOPLE, Person, walk

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
    "privacy/",
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
        browser.close()


def _journey(browser: Browser, address: str, person: Person, size: str, scheme: str) -> None:
    page = _page(browser, size, scheme)
    for place, step in enumerate(walk(page, address, person)):
        name = f"{person.name.replace(' ', '-')}-{size}-{scheme}-{place:02}-{step}.png"
        page.screenshot(path=FOLDER / name, full_page=True)
    page.context.close()


def _standing(browser: Browser, address: str, size: str, scheme: str) -> None:
    page = _page(browser, size, scheme)
    for place in STANDING:
        page.goto(address + place)
        name = f"page-{size}-{scheme}-{place.strip('/').replace('/', '-')}.png"
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
