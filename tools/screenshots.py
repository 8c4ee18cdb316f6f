"""Screenshots of every step of two journeys and of the standing pages, to look at. `make screenshots`.

They go to the ignored folder `screenshots/`: each at the width of a phone and of a desktop, light and dark.
"""

import itertools
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.web.browser import chromium_path, served
from tests.web.journey import PEOPLE, Person, walk

FOLDER = Path("screenshots")
SIZES = {"phone": (360, 780), "desktop": (1280, 900)}
SCHEMES = ("light", "dark")
SHOWN = ("sciatica", "cauda equina")


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
        browser.close()


def _journey(browser: Browser, address: str, person: Person, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        device_scale_factor=2 if size == "phone" else 1,
    )
    page = context.new_page()
    for place, step in enumerate(walk(page, address, person)):
        name = f"{person.name.replace(' ', '-')}-{size}-{scheme}-{place:02}-{step}.png"
        page.screenshot(path=FOLDER / name, full_page=True)
    context.close()


if __name__ == "__main__":
    main()
