"""The pages of prevention in a browser: axe, the keyboard, without script, narrow, and on paper."""

import math
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.web.test_accessibility import RULES
from tests.web.test_journeys import DESKTOP, PHONE

PAGES = (
    *("", "lift/", "lift/?example=press", "job/", "desk/", "desk/?example=small"),
    *("running/", "running/?example=half", "vibration/", "vibration/?example=lorry"),
)


def _table(folder: Path) -> Path:
    path = folder / "log.csv"
    path.write_text("date,km\n2026-01-01,8\n2026-01-08,8\n2026-01-20,17\n", encoding="utf-8")
    return path


def _opened_details(page: Page, address: str, place: str) -> None:
    page.goto(f"{address}prevent/{place}")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


def _dragged(page: Page, address: str, place: str, slider: str, key: str) -> None:
    """Move a slider by the keyboard alone, and wait for what comes of it."""
    page.goto(f"{address}prevent/{place}")
    page.get_by_role("slider", name=slider).first.focus()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press(key)
    page.locator("#live .htmx-settling").wait_for(state="detached")


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
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
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
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_a_page_of_prevention(
    browser: Browser, address: str, scheme: str, size: ViewportSize, tmp_path: Path
) -> None:
    page = browser.new_page(color_scheme=scheme, viewport=size, reduced_motion="reduce")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    states: list[Callable[[], object]] = [
        *(lambda place=place: page.goto(f"{address}prevent/{place}") for place in PAGES),
        *(
            lambda place=place: _opened_details(page, address, place)
            for place in ("lift/", "job/", "desk/", "running/?example=half")
        ),
        lambda: _dragged(page, address, "job/", "Load of task 2, slider", "End"),
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


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize(
    ("place", "slider", "box", "said"),
    [
        ("lift/", "How far forward, slider", "#f-horizontal", "Lifting index"),
        ("job/", "How far forward of task 2, slider", "#f-horizontal-1", "Composite lifting index"),
        ("desk/?example=small", "Height of a desk that cannot move, slider", "#f-fixed", "Foot-rest"),
        ("running/?example=half", "A run you want to get to, slider", "#f-goal", "can be reached in"),
        ("vibration/?example=lorry", "Minutes in the day of Lorry, slider", "#f-minutes-1", "A(8)"),
    ],
)  # fmt: skip
def test_a_drag_moves_box_result_and_picture(
    browser: Browser, address: str, size: ViewportSize, place: str, slider: str, box: str, said: str
) -> None:
    page = browser.new_page(viewport=size)
    page.goto(f"{address}prevent/{place}")
    live, more = page.locator("#live").inner_html(), page.locator("#more").inner_text()
    moved = page.get_by_role("slider", name=slider).first
    moved.scroll_into_view_if_needed()
    end = moved.bounding_box()
    assert end is not None
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2)
    page.mouse.down()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.mouse.move(end["x"] + end["width"] * 0.9, end["y"] + end["height"] / 2, steps=8)
    # Still held: the result does not wait until it is let go.
    page.wait_for_function(
        "before => document.querySelector('#live').innerHTML !== before", arg=live
    )
    page.wait_for_function(
        "before => document.querySelector('#more').innerText !== before", arg=more
    )
    assert page.locator("#said").inner_text() == ""
    page.mouse.up()
    assert page.locator(box).input_value() == moved.input_value()
    expect(page.locator("#said")).to_contain_text(said)
    page.context.close()


def test_a_drag_is_answered_a_few_times_and_said_once(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(f"{address}prevent/desk/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    page.evaluate(
        "new MutationObserver(() => { window.told = (window.told || 0) + 1 })"
        ".observe(document.querySelector('#said'), {childList: true})"
    )
    page.get_by_role("slider", name="Your height, barefoot, slider").focus()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#said")).to_contain_text("Seat")
    assert len(asked) < 40
    assert page.evaluate("window.told") == 1
    # What is shown is of where it stopped: 40 steps of half a centimetre.
    assert page.locator("#f-stature").input_value() == "190"
    assert "190 cm" in page.locator("#more").text_content()
    page.context.close()


def test_a_box_is_answered_when_typing_pauses_and_a_fault_is_told(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{address}prevent/lift/")
    page.fill("#f-load", "")
    page.get_by_role("alert").wait_for()
    assert "Give a number for “Load”" in page.get_by_role("alert").inner_text()
    page.fill("#f-load", "12")
    expect(page.locator("#live")).to_contain_text("12 kg now")
    assert page.get_by_role("slider", name="Load, slider").input_value() == "12"
    page.context.close()


def test_a_drag_that_is_not_answered_says_so(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{address}prevent/desk/")
    page.route("**/prevent/desk/", lambda route: route.abort())
    slider = page.get_by_role("slider", name="Your height, barefoot, slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#unanswered")).to_be_visible()
    page.unroute("**/prevent/desk/")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#unanswered")).to_be_hidden()
    page.context.close()


def test_a_log_is_used_again_without_a_new_upload(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    page = browser.new_page(viewport=PHONE)
    log, today = tmp_path / "log.csv", date.today()
    rows = [f"{today - timedelta(days=7 * back)},10" for back in range(6)]
    log.write_text("\n".join(["date,km", *rows]), encoding="utf-8")
    _with_runs(page, address, log)
    assert "log.csv" in page.locator(".measures").inner_text()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    slider = page.get_by_role("slider", name="A run you want to get to, slider")
    slider.focus()
    page.keyboard.press("PageUp")
    expect(page.locator("#more")).to_contain_text("A way to")
    assert sent
    assert not any("filename" in one for one in sent)
    page.context.close()


def test_a_task_is_added_moved_and_becomes_the_one_to_change(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{address}prevent/job/")
    page.get_by_role("button", name="Add a task").click()
    page.fill("#f-task-2", "Crates")
    expect(page.locator("#n-task-2")).to_have_text("Crates")
    page.locator("[data-for=f-load-2]").focus()
    page.keyboard.press("End")
    expect(page.locator("#live")).to_contain_text("Drawn: “Crates”")
    page.context.close()


@pytest.mark.parametrize(
    ("place", "box", "value", "button", "words"),
    [
        ("lift/", "#f-horizontal", "50", "Work it out", "50 cm forward"),
        ("job/", "#f-horizontal-1", "55", "Work it out", "55 cm forward"),
        ("desk/", "#f-fixed", "80", "Show my heights", "use a foot-rest"),
        ("running/?example=half", "#f-goal", "15", "Look at my runs", "A way to 15.0 km"),
        ("vibration/?example=lorry", "#f-minutes-1", "720", "Work it out again", "0.54"),
    ],
)
def test_without_script_a_button_does_the_same(
    browser: Browser, address: str, place: str, box: str, value: str, button: str, words: str
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}prevent/{place}")
    page.fill(box, value)
    page.get_by_role("button", name=button).first.click()
    expect(page.locator("main")).to_contain_text(words)
    assert page.get_by_role("slider").count() == 0
    page.context.close()


def test_without_script_exposures_are_added_removed_and_reported(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}prevent/vibration/?example=lorry")
    page.get_by_text("Add another exposure").click()
    page.fill("#f-name", "Digger")
    page.fill("#f-minutes", "45")
    page.set_input_files("#f-file", _record(tmp_path))
    page.get_by_role("button", name="Add to the day").click()
    assert page.locator(".part-name strong").all_inner_texts() == ["Forklift", "Lorry", "Digger"]
    page.get_by_role("button", name="Take away Lorry").click()
    assert page.locator(".part-name strong").all_inner_texts() == ["Forklift", "Digger"]
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
