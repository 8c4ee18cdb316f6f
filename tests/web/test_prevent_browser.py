"""The pages of prevention in a browser: axe, the keyboard, without script, narrow, and on paper."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.web.test_accessibility import RULES
from tests.web.test_journeys import DESKTOP, PHONE

PAGES = (
    *("", "lift/", "lift/?example=press", "job/", "desk/", "running/"),
    *("vibration/", "vibration/?example=lorry"),
)


def _table(folder: Path) -> Path:
    path = folder / "log.csv"
    path.write_text("date,km\n2026-01-01,8\n2026-01-08,8\n2026-01-20,17\n", encoding="utf-8")
    return path


def _opened_details(page: Page, address: str) -> None:
    page.goto(f"{address}prevent/lift/")
    for summary in page.locator("details.how > summary").all():
        summary.click()


def _with_runs(page: Page, address: str, log: Path) -> None:
    page.goto(f"{address}prevent/running/")
    page.set_input_files("#f-file", log)
    page.get_by_role("button", name="Look at my runs").click()
    page.get_by_text("Runs that were a jump").wait_for()


def _with_a_fault(page: Page, address: str) -> None:
    page.goto(f"{address}prevent/vibration/")
    page.get_by_role("button", name="Add to the day").click()
    page.get_by_role("alert").wait_for()


def _with_a_record(page: Page, address: str, record: Path) -> None:
    page.goto(f"{address}prevent/vibration/?example=lorry")
    for summary in page.locator("details.how > summary").all():
        summary.click()
    page.fill("#f-minutes", "45")
    page.set_input_files("#f-file", record)
    page.get_by_role("button", name="Add to the day").click()
    page.get_by_text("What was measured: seat.csv").wait_for()


def _record(folder: Path) -> Path:
    path = folder / "seat.csv"
    waves = ((i / 128, math.sin(i / 3), math.sin(i / 4), math.sin(i / 5)) for i in range(128 * 12))
    rows = [",".join(f"{value:.5f}" for value in row) for row in waves]
    path.write_text("\n".join(["t,x,y,z", *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_page_of_prevention(
    browser: Browser, address: str, scheme: str, tmp_path: Path
) -> None:
    page = browser.new_page(color_scheme=scheme, reduced_motion="reduce")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    states: list[Callable[[], object]] = [
        *(lambda place=place: page.goto(f"{address}prevent/{place}") for place in PAGES),
        lambda: _opened_details(page, address),
        lambda: _with_runs(page, address, _table(tmp_path)),
        lambda: _with_a_fault(page, address),
        lambda: _with_a_record(page, address, _record(tmp_path)),
    ]
    for reach in states:
        reach()
        found = Axe().run(page, options=RULES).response["violations"]
        assert found == [], page.url
    # The policy lets no inline style or script through, and the browser would say so.
    assert not [text for text in said if "Content Security Policy" in text]
    page.context.close()


def test_a_slider_that_is_dragged_moves_index_and_figure(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{address}prevent/lift/")
    before = page.locator("#live svg").inner_html()
    slider = page.get_by_role("slider", name="How far forward, slider")
    slider.focus()
    with page.expect_response("**/prevent/lift/"):
        for _ in range(10):  # the keyboard alone
            page.keyboard.press("ArrowRight")
    page.get_by_text("50 cm forward").first.wait_for()
    assert page.locator("#f-horizontal").input_value() == "50"
    assert page.locator("#live svg").inner_html() != before
    assert "Lifting index" in page.locator("#said").inner_text()
    page.fill("#f-load", "")
    page.get_by_role("alert").wait_for()
    assert "Give a number for “Load”" in page.get_by_role("alert").inner_text()
    page.context.close()


def test_without_script_a_button_does_the_same(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}prevent/lift/")
    page.fill("#f-horizontal", "50")
    page.get_by_role("button", name="Work it out").click()
    assert "50 cm forward" in page.content()
    assert not page.get_by_role("slider").first.is_visible()
    page.context.close()


def test_without_script_exposures_are_added_removed_and_reported(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}prevent/vibration/?example=lorry")
    page.fill("#f-name", "Digger")
    page.fill("#f-minutes", "45")
    page.set_input_files("#f-file", _record(tmp_path))
    page.get_by_role("button", name="Add to the day").click()
    assert page.locator(".part strong").all_inner_texts() == ["Forklift", "Lorry", "Digger"]
    page.get_by_role("button", name="Take away Lorry").click()
    assert page.locator(".part strong").all_inner_texts() == ["Forklift", "Digger"]
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a report (PDF)").click()
    assert saved.value.suggested_filename == "lumbago-report.pdf"
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF")
    page.context.close()


@pytest.mark.parametrize(
    ("rows", "words"),
    [(40_000, "Runs that were a jump"), (700_000, "the file is longer than 10 MB")],
)
def test_a_file_longer_than_other_pages_take_is_read_or_refused_in_words(
    browser: Browser, address: str, tmp_path: Path, rows: int, words: str
) -> None:
    log = tmp_path / "log.csv"
    log.write_text("date,km\n" + "2026-01-01,8.5\n" * rows, encoding="utf-8")
    page = browser.new_page()
    page.goto(f"{address}prevent/running/")
    page.set_input_files("#f-file", log)
    page.get_by_role("button", name="Look at my runs").click()
    page.get_by_text(words, exact=False).first.wait_for()
    page.context.close()


def test_nothing_scrolls_sideways_at_320_pixels(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    for place in PAGES:
        page.goto(f"{address}prevent/{place}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, place
    page.context.close()


def test_a_report_is_printed_without_the_form(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(f"{address}prevent/lift/")
    page.emulate_media(media="print")
    assert page.get_by_text("What went in").is_visible()
    assert page.get_by_text("DHHS (NIOSH) Publication 94-110").is_visible()
    assert not page.locator("#f-load").is_visible()
    page.context.close()
