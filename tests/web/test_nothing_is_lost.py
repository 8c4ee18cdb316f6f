"""Refresh, the back button, two tabs, a lost connection and a killed server lose nothing."""

import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.web.browser import served
from tests.web.journey import PEOPLE, walk
from tests.web.test_journeys import DESKTOP, PHONE, opened

STRAIN = PEOPLE[0]


def until(page: Page, address: str, step: str) -> None:
    """Walk to a step of the check and stay there."""
    for now in walk(page, address, STRAIN):
        if now == step:
            return
    pytest.fail(f"there is no step {step}")


def test_a_refresh_and_the_back_button_keep_the_answers(browser: Browser, address: str) -> None:
    with opened(browser, PHONE) as (page, _):
        until(page, address, "question-2")
        page.reload()
        assert page.url.endswith("/check/questions/2/")
        page.go_back()
        assert page.url.endswith("/check/questions/1/")
        assert page.locator("input:checked").count() >= 1
        page.goto(f"{address}check/words/")
        assert page.locator("#text").input_value() == STRAIN.words
        page.goto(f"{address}check/where/")
        assert page.locator("[name=pain-low_back_middle]").input_value() == "6"


def test_two_tabs_of_one_check_lose_nothing(browser: Browser, address: str) -> None:
    with opened(browser, DESKTOP) as (page, _):
        until(page, address, "question-1")
        other = page.context.new_page()
        other.goto(f"{address}check/words/")
        other.fill("#text", STRAIN.words + " I have had a fever since yesterday.")
        with page.expect_navigation():
            page.get_by_role("button", name="Continue", exact=True).click()
        with other.expect_navigation():
            other.get_by_role("button", name="Continue", exact=True).click()
        page.goto(f"{address}check/answers/")
        assert "fever since yesterday" in page.locator("main").inner_text()
        assert page.locator("td").count() > 0


def test_words_are_kept_while_they_are_typed(browser: Browser, address: str) -> None:
    with opened(browser, PHONE) as (page, _):
        until(page, address, "where")
        page.goto(f"{address}check/words/")
        page.locator("#text").press_sequentially("my calf is swollen")
        page.get_by_text("Swollen calf").first.wait_for()
        page.context.set_offline(True)
        page.get_by_role("button", name="Continue", exact=True).click()
        page.context.set_offline(False)
        page.goto(f"{address}check/words/")
        assert page.locator("#text").input_value() == "my calf is swollen"


def test_a_killed_server_goes_on_where_the_person_was(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, PHONE) as (page, _):
        with served(tmp_path) as (server, address):
            until(page, address, "question-2")
            server.send_signal(signal.SIGKILL)
            server.wait()
        port = address.rstrip("/").rsplit(":", 1)[1]
        with served(tmp_path, "--port", port):
            page.goto(f"{address}check/questions/")
            assert page.url.endswith("/check/questions/2/")
            page.goto(f"{address}check/questions/1/")
            assert page.locator("input:checked").count() >= 1
