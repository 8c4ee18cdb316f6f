"""Every exercise picture on one sheet, to look at: screenshots/exercises.png and .html (an ignored folder).

`python tools/contact_sheet.py [id ...]` shows some; the page also has the moving figures.
"""

import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from lumbago.care.pictures import exercise_moving_svg, exercise_still_svg, pictured
from tests.web.browser import chromium_path

FOLDER = Path("screenshots")
STYLE = """
body { margin: 1rem; font: 15px sans-serif; background: #fbf7f1; color: #1e2b2c; }
main { display: grid; grid-template-columns: repeat(3, 1fr); gap: .75rem; }
figure { margin: 0; padding: .5rem; background: #fffdfa; border-radius: 8px; }
figure .mannequin { height: 250px; margin: auto; }
.motion .mannequin { height: 150px; }
@media (prefers-color-scheme: dark) {
  body { background: #12191a; color: #eef1ec; } figure { background: #1a2324; }
}
"""


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    chosen = sys.argv[1:] or pictured()
    page_path = FOLDER / "exercises.html"
    page_path.write_text(_page(chosen), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1700, "height": 900}, reduced_motion="reduce")
        page.goto(page_path.resolve().as_uri())
        page.screenshot(path=FOLDER / "exercises.png", full_page=True)
        browser.close()


def _page(chosen: Sequence[str]) -> str:
    sheet = (files("lumbago.anatomy") / "styles" / "mannequin.css").read_text(encoding="utf-8")
    figures = "".join(
        f"<figure><figcaption>{name}</figcaption>{exercise_still_svg(name)}"
        f'<details class="motion"><summary>Moving</summary>{exercise_moving_svg(name)}</details></figure>'
        for name in chosen
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Exercises</title>'
        f"<style>{sheet}{STYLE}</style><main>{figures}</main></html>"
    )


if __name__ == "__main__":
    main()
