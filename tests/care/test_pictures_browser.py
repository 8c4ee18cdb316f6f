"""The pictures in a real browser: they move, they stand still for who asks, and they follow the dark."""

import io
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from lumbago.care.pictures import exercise_moving_svg
from tests.web.browser import chromium_path

SHEET = (files("lumbago.anatomy") / "styles" / "mannequin.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


def shown(browser: Browser, **how: Any) -> Page:
    page = browser.new_page(viewport={"width": 700, "height": 400}, **how)
    hold = '<label><input type="checkbox" class="hold-still">Hold still</label>'
    figure = f'<div class="motion">{hold}{exercise_moving_svg("bridge")}</div>'
    page.set_content(f"<!doctype html><title>Bridge</title><style>{SHEET}</style>{figure}")
    return page


def top_of_trunk(page: Page, at_s: float) -> float:
    """How far down the page the highest edge of the trunk is drawn at a time of the movement."""
    page.locator("svg.mannequin").evaluate(
        "(svg, t) => { svg.pauseAnimations(); svg.setCurrentTime(t) }", at_s
    )
    page.wait_for_timeout(100)
    box = page.locator("#moving-bridge-m-trunk").bounding_box()
    assert box is not None
    return float(box["y"])


def test_the_figure_moves_and_comes_back(browser: Browser) -> None:
    page = shown(browser)
    start, middle, up, again = (top_of_trunk(page, t) for t in (0, 0.9, 2.2, 5.4))
    assert start > middle > up
    assert again == pytest.approx(start, abs=0.5)


@pytest.mark.parametrize(("how", "moves"), [({}, True), ({"reduced_motion": "reduce"}, False)])
def test_who_asks_for_less_movement_sees_a_still_figure(
    browser: Browser, how: dict[str, Any], moves: bool
) -> None:
    page = shown(browser, **how)
    assert page.locator("svg .moving").is_visible() is moves
    assert page.locator("svg .still").is_visible() is not moves


def test_a_ticked_box_holds_the_figure_still(browser: Browser) -> None:
    page = shown(browser)
    page.get_by_label("Hold still").check()
    assert page.locator("svg .still").is_visible()
    assert not page.locator("svg .moving").is_visible()


SHIRT = {"light": (47, 128, 121), "dark": (74, 167, 157)}


@pytest.mark.parametrize("scheme", SHIRT)
def test_the_figure_as_painted_follows_light_and_dark(browser: Browser, scheme: str) -> None:
    # The figure is painted by <use>; a rule that did not reach inside would leave it light in the dark.
    page = shown(browser, color_scheme=scheme)
    page.locator("svg.mannequin").evaluate("svg => svg.pauseAnimations()")
    box = page.locator("#moving-bridge-m-trunk path.m-shirt").bounding_box()
    assert box is not None
    middle = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] * 0.3}
    png = page.screenshot(clip={**middle, "width": 1, "height": 1}, type="png")
    assert Image.open(io.BytesIO(png)).convert("RGB").getpixel((0, 0)) == SHIRT[scheme]
