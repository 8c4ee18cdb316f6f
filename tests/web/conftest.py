"""A server with a data folder of its own, a browser, and Django's own client."""

import os
import tempfile
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from lumbago.web.serve import prepare
from tests.web.browser import chromium_path, served

# Before anything reads the settings: the tests must not touch the data of whoever runs them.
os.environ["LUMBAGO_DATA_DIR"] = tempfile.mkdtemp(prefix="lumbago-tests-")
prepare()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("data")) as (_, where):
        yield where


@pytest.fixture(scope="module")  # its event loop must be gone when Django's client is used
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def client() -> Client:
    cache.clear()  # each test starts with no writes counted
    return Client(SERVER_NAME="localhost")
