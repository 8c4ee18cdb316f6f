"""A real server in a process of its own, and the browser that is there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["chromium_path", "served", "start_server"]


def chromium_path() -> str | None:
    """A Chromium that is on the path; None for the one that Playwright brings (`make browser`)."""
    names = ("chromium", "google-chrome")
    return next((found for name in names if (found := shutil.which(name)) is not None), None)


def start_server(data: Path, *more: str) -> tuple[subprocess.Popen[str], str]:
    """A server on a free port, once it listens, with its address."""
    environment = {**os.environ, "LUMBAGO_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
    # The people of all tests share one address, and a fast machine makes their clicks in one minute.
    environment["LUMBAGO_WRITES_PER_MINUTE"] = "100000"
    command = [sys.executable, "-m", "lumbago", "web", "--no-browser", "--port", "0", *more]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    line = server.stdout.readline() if server.stdout else ""
    return server, line.split()[3]


@contextmanager
def served(data: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on this data folder, and its address; it is ended afterwards, whatever happens."""
    server, address = start_server(data, *more)
    try:
        yield server, address
    finally:
        server.terminate()
        server.wait(timeout=20)
        if server.stdout:
            server.stdout.close()
