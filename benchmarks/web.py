"""The web app under load, beside a bare Django page in the same run.

Fifty people go through whole checks at about one request a second each (Locust, 60 s, after half a minute
that is not counted), against the documented production command with four processes; then the same number
ask a Django site that only says hello. Printed: requests, and how long each kind of page took, in ms.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PEOPLE, WARM_S, SECONDS, PORT = 50, 30, 60, 8961
ALLOWED_MS = 60


def main() -> int:
    with served("lumbago.web.asgi:application"):
        load("Visitor", WARM_S)
        pages = load("Visitor", SECONDS)
    with served("benchmarks.hello:application"):
        hello = load("Greeter", SECONDS)
    print(f"{PEOPLE} people, one request a second each, for {SECONDS} s; times in ms")
    print(f"{'page':34}{'requests':>9}{'median':>8}{'p95':>8}{'max':>8}{'failed':>8}")
    for row in [*pages, *hello]:
        print(line(row))
    everything = next(row for row in pages if row["name"] == "all pages")
    good = everything["failed"] == 0 and all(row["p95"] < ALLOWED_MS for row in pages)
    print(f"every page under {ALLOWED_MS} ms at p95: {'yes' if good else 'no'}")
    return 0 if good else 1


def line(row: dict[str, Any]) -> str:
    times = "".join(f"{row[k]:8.0f}" for k in ("median", "p95", "max", "failed"))
    return f"{row['name']:34}{row['requests']:9d}{times}"


@contextmanager
def served(application: str) -> Iterator[None]:
    """The production command of docs/deploy.md, on a data folder of its own."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "LUMBAGO_DATA_DIR": data}
        prepare = "from lumbago.web.serve import prepare; prepare()"
        subprocess.run([sys.executable, "-c", prepare], env=environment, check=True)
        command = [
            sys.executable,
            "-m",
            "uvicorn",
            application,
            "--workers",
            "4",
            "--port",
            str(PORT),
        ]
        command += [
            "--proxy-headers",
            "--no-access-log",
            "--log-level",
            "warning",
        ]
        server = subprocess.Popen(command, env=environment, cwd=HERE.parent)
        try:
            wait()
            yield
        finally:
            server.terminate()
            server.wait()


def wait() -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def load(user: str, seconds: int) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "locust", "-f", str(HERE / "visitors.py"), user, "--headless"]
    command += [
        "-u",
        str(PEOPLE),
        "-r",
        "10",
        "-t",
        f"{seconds}s",
        "-H",
        f"http://127.0.0.1:{PORT}",
    ]
    command += ["--json", "--skip-log", "--reset-stats", "--exit-code-on-error", "0"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE.parent, check=True)
    rows = [_row(entry) for entry in json.loads(done.stdout)]
    return [*sorted(rows, key=lambda row: row["name"]), _sum(json.loads(done.stdout), user)]


def _row(entry: dict[str, Any]) -> dict[str, Any]:
    times = {int(ms): count for ms, count in entry["response_times"].items()}
    return {
        "name": f"{entry['method']} {entry['name']}",
        "failed": entry["num_failures"],
        **_spread(times),
    }


def _sum(entries: list[dict[str, Any]], user: str) -> dict[str, Any]:
    times: dict[int, int] = {}
    for entry in entries:
        for ms, count in entry["response_times"].items():
            times[int(ms)] = times.get(int(ms), 0) + count
    failed = sum(entry["num_failures"] for entry in entries)
    name = "all pages" if user == "Visitor" else "bare Django, hello"
    return {"name": name, "failed": failed, **_spread(times)}


def _spread(times: dict[int, int]) -> dict[str, Any]:
    """Median, 95th percentile and longest of a histogram, from ms to how many."""
    flat = sorted(ms for ms, count in times.items() for _ in range(count))
    at = {"median": 0.5, "p95": 0.95, "max": 1.0}
    spread = {name: flat[min(int(share * len(flat)), len(flat) - 1)] for name, share in at.items()}
    return {"requests": len(flat), **spread}


if __name__ == "__main__":
    sys.exit(main())
