"""A server in a process of its own, whose every line is kept, and somebody who visits it without a browser."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from urllib.parse import urlencode, urlsplit

__all__ = [
    "Answer",
    "Server",
    "Visitor",
    "assert_told_to_nobody",
    "django_admin",
    "free_port",
    "page_number",
    "running",
    "variables",
]

PATIENCE_S = 90
WEB = (sys.executable, "-m", "lumbago", "web", "--no-browser", "--port", "{port}")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: HTTPMessage
    text: str


@dataclass(frozen=True)
class Server:
    """A process that serves, its port, and the file that takes what it prints."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path


class Visitor:
    """Somebody with cookies, who sends each form with the mark that the site gave them."""

    def __init__(self, port: int, headers: Mapping[str, str] | None = None) -> None:
        self.port, self.headers, self.cookies = port, dict(headers or {}), dict[str, str]()

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, **fields: str | int) -> Answer:
        mark = next((v for n, v in self.cookies.items() if "csrf" in n), "")
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": mark, **fields}), kind)

    def tell(self, text: str) -> None:
        """Come in, say who one is, where it hurts and how it is."""
        assert self.get("/check/").status == 200
        for path, fields in (
            ("/check/", {"age": "44", "sex": "male", "new": "yes"}),
            ("/check/where/", {"pain-right_calf_upper_inner": "6"}),
            ("/check/words/", {"text": text}),
        ):
            assert self.post(path, **fields).status == 302, path

    def _ask(
        self, method: str, path: str, body: str | None = None, more: Mapping[str, str] | None = None
    ) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        cookie = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())}
        try:
            connection.request(method, path, body, {**cookie, **self.headers, **(more or {})})
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie", []):
            name, _, rest = line.partition("=")
            value = rest.partition(";")[0].strip('"')
            self.cookies.pop(name, None) if not value else self.cookies.update({name: value})
        return Answer(response.status, response.headers, text)


def variables(data: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a process, with none of our variables but these."""
    ours = {n: v for n, v in os.environ.items() if not n.startswith(("LUMBAGO_", "DJANGO_"))}
    return {**ours, "PYTHONUNBUFFERED": "1", "LUMBAGO_DATA_DIR": str(data), **(more or {})}


def django_admin(
    environment: Mapping[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    """What `django-admin` says to this."""
    command = [sys.executable, "-m", "django", *arguments, "--settings", "lumbago.web.settings"]
    return subprocess.run(
        command, env=dict(environment), capture_output=True, text=True, check=False
    )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(
    environment: Mapping[str, str], log: Path, command: tuple[str, ...] = WEB, port: int = 0
) -> Iterator[Server]:
    """A server that listens; it is ended afterwards, whatever happens."""
    port = port or free_port()
    with log.open("ab") as out:
        process = subprocess.Popen(
            [part.format(port=port) for part in command],
            env=dict(environment),
            stdout=out,
            stderr=out,
        )
    try:
        _wait(process, port, log)
        yield Server(process, port, log)
    finally:
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        try:
            Visitor(port).get("/")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the server does not answer: {log.read_text()}")


def page_number(answer: Answer) -> int:
    """The page of questions that a redirect leads to; 0 for another page."""
    found = re.fullmatch(
        r"/check/questions/(\d+)/", urlsplit(answer.headers["Location"] or "").path
    )
    return int(found[1]) if found else 0


def assert_told_to_nobody(person: Visitor, server: Server) -> None:
    """Say a word in every place that takes one; it must come back in pages alone."""
    word = "Zwetschgenkuchen"
    person.tell(f"My calf hurts, {word}")
    answers = [
        person.get("/check/?new"),
        person.post("/check/", age=word, sex=word),
        person.post("/check/where/", **{f"pain-{word}": 3, "pain-low_back_middle": word}),
        person.post("/check/words/", text=word, look="again"),
        person.post("/check/words/understood/", text=f"fever {word}", **{"mean-fever": word}),
        person.get(f"/check/change/{word}/"),
        person.post(f"/check/change/{word}/", **{f"q-{word}": word}),
        person.post("/check/questions/1/", rest=word, **{f"q-{word}": word, "q-fever": word}),
        person.post("/check/questions/1/alarm/", **{"q-fever": word}),
        person.post("/result/kept/", visit=word),
        person.post("/result/country/", country=word),
        person.get("/result/"),
        person.get("/check/answers/"),
        person.get(f"/{word}/?{word}"),
        Visitor(server.port, {**person.headers, "Host": f"{word}.example"}).get("/"),
    ]
    assert {answer.status for answer in answers} >= {200, 302, 400, 404}
    assert 500 not in {answer.status for answer in answers}
    assert not any(word in str(answer.headers) for answer in answers)
    assert not any(word in value for value in person.cookies.values())
    log = server.log.read_text().lower()
    assert word.lower() not in log
    assert "traceback" not in log
    assert "/check/" not in log
