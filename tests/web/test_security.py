"""What a stranger, another site or a careless form may not do (docs/security.md)."""

import gzip
import io
import json
import logging
import re
import socket
import subprocess
import sys
import zipfile
from argparse import Namespace
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from lumbago.errors import UserError
from lumbago.language.understand import LONGEST_TEXT
from lumbago.web.middleware import headers
from lumbago.web.models import Visit
from lumbago.web.serve import ServeError, run
from tests.web.visitor import Visitor, assert_told_to_nobody, running, variables

WORD = "Zwetschgenkuchen"
ONLY_POST = (
    *("understood", "alarm_now", "keep", "open_kept", "country", "delete"),
    *("add_note", "delete_entry", "record_import"),
)
#: What is asked by POST only so that its words stay out of addresses; it changes nothing.
READ_BY_POST = ("search",)
SAMPLES: dict[str, object] = {"IntConverter": 1, "PageNumber": 1, "UUIDConverter": Visit().pk}
HTML, TEXT = "text/html; charset=utf-8", "text/plain; charset=utf-8"
FILES = ("application/json", "application/pdf", "application/zip")
#: Attributes by which an element loads something, or sends something.
LOADING = {"src", "srcset", "data", "poster", "action", "formaction", "background", "manifest"}


def addresses() -> Iterator[tuple[str, str]]:
    """Name and path of every address of the site."""
    for pattern in get_resolver().url_patterns:
        assert isinstance(pattern, URLPattern)
        kinds = {n: type(c).__name__ for n, c in pattern.pattern.converters.items()}
        name = pattern.name or ""
        yield name, reverse(name, kwargs={n: SAMPLES.get(k, "fever") for n, k in kinds.items()})


ADDRESSES = dict(addresses())


def begin(client: Client, text: str = "My low back hurts since Sunday.") -> Client:
    """Go to the questions."""
    assert client.post("/check/", {"age": "44", "sex": "male", "new": "yes"}).status_code == 302
    assert client.post("/check/where/", {"pain-low_back_middle": "6"}).status_code == 302
    assert client.post("/check/words/", {"text": text}).status_code == 302
    return client


def stored() -> dict[str, Any]:
    return json.loads(Visit.objects.latest("created").interview)


def responses(client: Client) -> Iterator[tuple[str, Any]]:
    """Every kind of page: standing ones, those of a check, errors, redirects, other methods."""
    yield "no check", client.get("/result/")
    yield "bad age", client.post("/check/", {"age": "forty"})
    begin(
        client,
        f"My low back hurts, no {WORD}. I cannot pass urine and I am numb around the bottom.",
    )
    for name, path in ADDRESSES.items():
        if name != "delete":
            yield f"GET {name}", client.get(path)
            yield f"POST {name}", client.post(path)
    yield "unfinished page", client.post("/check/questions/1/")
    yield "answered", client.post("/check/questions/1/", {"rest": "no"})
    yield "not found", client.get("/no/such/place/")
    yield "no mark", Client(enforce_csrf_checks=True, SERVER_NAME="localhost").post("/check/")
    yield "another host", client.get("/", SERVER_NAME="evil.example")
    yield "an upload", client.post("/check/words/", {"file": SimpleUploadedFile("a.txt", b"a")})
    yield "style", client.get("/static/lumbago/lumbago.css")
    yield "delete", client.post("/privacy/delete/")
    cache.set("writes:127.0.0.1", 10_000)
    yield "too many", client.post("/check/")


class Loads(HTMLParser):
    """Everything in a page that the policy would have to allow."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.faults.append(f"inline {tag}")
        if tag in ("base", "iframe", "object", "embed") or (
            tag == "meta" and "http-equiv" in given
        ):
            self.faults.append(tag)
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                self.faults.append(f"{tag} {name}")
            loads = name in LOADING or (name.endswith("href") and tag != "a") or name == "hx-post"
            if loads and not re.match(r"[/#](?!/)", value or ""):
                self.faults.append(f"{tag} {name}={value}")
            if name.endswith("href") and re.match(
                r"\s*(javascript|data|vbscript):", value or "", re.I
            ):
                self.faults.append(f"{tag} {name}={value}")


def test_every_response_has_the_policy_and_no_page_needs_more(client: Client) -> None:
    kinds = set()
    for name, response in responses(client):
        kinds.add(response.status_code)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert not re.search(r"unsafe|\*|https?:|data:|blob:", policy), name
        assert response.headers["X-Content-Type-Options"] == "nosniff", name
        assert response.headers["Referrer-Policy"] == "same-origin", name
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin", name
        assert "Access-Control-Allow-Origin" not in response.headers, name
        assert response.status_code != 500, name
        kind = response.headers["Content-Type"]
        if kind == HTML:
            page = Loads()
            page.feed(response.content.decode())
            assert page.faults == [], name
        elif not response.streaming and kind != TEXT:
            assert kind in FILES, name
            assert response.headers["Content-Disposition"].startswith("attachment"), name
    assert kinds >= {200, 302, 400, 403, 404, 405, 422, 429}


def test_a_person_s_words_are_text_and_never_markup(client: Client) -> None:
    evil = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> my low back hurts"
    begin(client, evil)
    for path in ("/check/words/", "/check/answers/", "/result/", "/check/questions/1/"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_no_answer_is_kept_by_a_cache(client: Client) -> None:
    begin(client)
    for name, path in ADDRESSES.items():
        if path.startswith(("/check/", "/result/", "/privacy/")) and name not in ONLY_POST:
            assert client.get(path).headers["Cache-Control"] == "no-store", name
    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_no_cache_hands_the_cookie_of_one_person_to_the_next() -> None:
    for name, path in ADDRESSES.items():
        response = Client(SERVER_NAME="localhost").get(path)
        assert not response.cookies or response.headers["Cache-Control"] == "no-store", name
    handing_out = HttpResponse(headers={"Cache-Control": "public, max-age=3600"})
    handing_out.set_cookie("csrftoken", "of one person")
    assert headers(lambda _: handing_out)(HttpRequest()).headers["Cache-Control"] == "no-store"


def test_a_page_is_compressed_for_who_takes_it_so_and_its_length_tells_nothing(
    client: Client,
) -> None:
    plain = client.get("/privacy/")
    packed = [client.get("/privacy/", headers={"accept-encoding": "gzip"}) for _ in range(12)]
    assert "Content-Encoding" not in plain.headers
    for answer in packed:
        assert answer["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer["Vary"]
        assert int(answer["Content-Length"]) == len(answer.content) < len(plain.content)
        assert "Delete everything" in gzip.decompress(answer.content).decode()
    assert len({len(answer.content) for answer in packed}) > 4, (
        "as many lengths as there are paddings"
    )


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_post_without_the_mark_of_our_form_is_refused(client: Client, name: str) -> None:
    begin(client)
    stranger = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    stranger.cookies = client.cookies
    before = stored()
    answer = stranger.post(ADDRESSES[name], {"text": "changed", "rest": "no"})
    assert answer.status_code == (200 if name in READ_BY_POST else 403)
    assert "lumbago" not in answer.cookies
    assert stored() == before


@pytest.mark.parametrize("name", ONLY_POST)
def test_what_changes_something_is_not_done_by_a_link(client: Client, name: str) -> None:
    begin(client)
    assert client.get(ADDRESSES[name]).status_code == 405
    assert client.head(ADDRESSES[name]).status_code == 405


def test_another_name_of_this_machine_is_refused(client: Client) -> None:
    for name in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.7"):
        assert client.get("/", SERVER_NAME=name).status_code == 400
        assert client.get("/", headers={"host": f"{name}:8000"}).status_code == 400
    assert client.get("/", headers={"x-forwarded-host": "evil.example"}).status_code == 200


TOO_MUCH: dict[str, Any] = {
    "a megabyte": {"text": "a" * 1_000_000},
    "2,000 fields": {f"field-{n}": "1" for n in range(2_000)},
    "a file": {"text": "x", "file": SimpleUploadedFile("a.txt", b"a")},
    "a pain of 5,000 digits": {"pain-low_back_middle": "0" * 9 + "9" * 5_000},
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_too_much_is_refused_with_a_page_and_loses_nothing(client: Client, what: str) -> None:
    begin(client)
    before = stored()
    for path in ("/check/where/", "/check/words/"):
        if what.startswith("a pain") and path == "/check/words/":
            continue
        response = client.post(path, TOO_MUCH[what])
        assert response.status_code == 400
        assert "<h1>We could not use that</h1>" in response.content.decode()
    assert stored() == before


def test_a_text_over_the_limit_is_cut_and_a_form_of_the_usual_kind_fits(client: Client) -> None:
    begin(client, "back pain " * LONGEST_TEXT)
    assert len(stored()["start"]["text"]) <= LONGEST_TEXT
    page = client.get("/check/where/").content.decode()
    fields = re.findall(r'name="((?:pain|numb|weak)-[^"]+)"', page)
    assert len(fields) > 300
    everywhere = dict.fromkeys(fields, "7")
    assert client.post("/check/where/", everywhere).status_code == 302


def test_an_answer_that_does_not_exist_is_refused_and_not_stored(client: Client) -> None:
    begin(client, "I have a fever and my low back hurts")
    before = stored()
    heard = re.findall(r'name="(mean-\w+)"', client.get("/check/words/").content.decode())
    text = before["start"]["text"]
    assert client.post("/check/words/", {"text": text, heard[0]: "banana"}).status_code == 400
    first = re.findall(r'name="(q-\w+)"', client.get("/check/questions/1/").content.decode())
    odd = dict.fromkeys(first, "banana")
    assert client.post("/check/questions/1/", odd).status_code in (400, 422)
    assert stored() == before


def test_pages_are_numbered_from_one(client: Client) -> None:
    begin(client).post("/check/questions/1/", {"rest": "no"})
    before = len(stored()["pages"])
    for number in ("0", "00", "-1", "1000", "99999999999999999999"):
        assert client.post(f"/check/questions/{number}/", {"rest": "no"}).status_code == 404
    client.post("/check/questions/999/", {"rest": "no"})
    assert len(stored()["pages"]) == before


def test_more_writes_than_a_person_can_make_are_refused_for_a_minute(
    client: Client, settings_of: Any
) -> None:
    settings_of.WRITES_PER_MINUTE = 5
    seen = [client.post("/check/", {"age": "forty"}) for _ in range(7)]
    assert [r.status_code for r in seen] == [422] * 5 + [429] * 2
    assert seen[-1].headers["Retry-After"] == "60"
    assert "Wait a moment" in seen[-1].content.decode()
    assert client.get("/").status_code == 200
    assert client.post("/check/", {"age": "forty"}, REMOTE_ADDR="10.1.2.3").status_code == 422
    forwarded = {"x-forwarded-for": "10.9.9.9"}
    assert client.post("/check/", {"age": "forty"}, headers=forwarded).status_code == 429


def test_the_addresses_of_one_household_are_counted_together(
    client: Client, settings_of: Any
) -> None:
    settings_of.WRITES_PER_MINUTE = 2
    for n in range(1, 4):
        last = client.post("/check/", {"age": "x"}, REMOTE_ADDR=f"2001:db8:1:1::{n}")
    assert last.status_code == 429
    assert client.post("/check/", {"age": "x"}, REMOTE_ADDR="2001:db8:1:2::1").status_code == 422


@pytest.fixture
def settings_of(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Django's settings, put back afterwards."""
    from django.conf import settings

    monkeypatch.setattr(settings, "WRITES_PER_MINUTE", settings.WRITES_PER_MINUTE)
    yield settings
    cache.clear()


def said(response: Any) -> bytes:
    """What a response says, files in a zip too."""
    if response.headers["Content-Type"] != "application/zip":
        return bytes(response.content)
    with zipfile.ZipFile(io.BytesIO(response.content)) as held:
        return b"".join(held.read(name) for name in held.namelist())


def test_a_second_browser_never_sees_the_first_one_s_check(client: Client) -> None:
    begin(client, f"My low back hurts, {WORD}").post("/result/keep/", {"keep": "yes"})
    number = str(Visit.objects.latest("created").pk)
    other = begin(Client(SERVER_NAME="localhost"))
    assert other.post("/result/kept/", {"visit": number}).status_code == 400
    for name, path in ADDRESSES.items():
        if name != "delete":
            assert WORD.encode() not in said(other.get(path)), name
    nobody = Client(SERVER_NAME="localhost")
    assert WORD not in nobody.get("/").content.decode()
    assert nobody.get("/result/").status_code == 400


def test_a_session_that_the_site_did_not_give_out_is_not_taken_up() -> None:
    planted = "a" * 32
    client = Client(SERVER_NAME="localhost")
    client.cookies["lumbago"] = planted
    begin(client)
    assert client.cookies["lumbago"].value != planted
    attacker = Client(SERVER_NAME="localhost")
    attacker.cookies["lumbago"] = planted
    assert attacker.get("/result/").status_code == 400


def test_cookies_hold_a_random_number_and_are_out_of_reach_of_scripts(client: Client) -> None:
    begin(client).get("/check/words/")
    for name, site in (("lumbago", "Lax"), ("csrftoken", "Strict")):
        assert re.fullmatch(r"[A-Za-z0-9]{32}", client.cookies[name].value)
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == site


@pytest.mark.parametrize("fault", [UserError, RuntimeError])
def test_a_fault_is_told_to_the_person_alone(
    client: Client, monkeypatch: pytest.MonkeyPatch, capfd: Any, caplog: Any, fault: type[Exception]
) -> None:
    begin(client)

    def failing(*_: object) -> None:
        raise fault(f"we stumbled over {WORD}")

    monkeypatch.setattr("lumbago.web.views.result.outcome", failing)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        response = client.get("/result/")
    printed = capfd.readouterr()
    assert response.status_code == (400 if fault is UserError else 500)
    assert (WORD in response.content.decode()) == (fault is UserError)
    assert WORD not in printed.out + printed.err
    from lumbago.web.logs import NoAnswers

    assert not any(WORD in NoAnswers().format(record) for record in caplog.records)


def test_no_word_reaches_a_log_an_address_or_a_cookie(tmp_path: Path) -> None:
    with running(variables(tmp_path / "data"), tmp_path / "log") as server:
        assert_told_to_nobody(Visitor(server.port), server)


def start(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lumbago", "web", "--no-browser", *arguments]
    environment = variables(Path(more.pop("data")), more)
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=30, check=False
    )


HOSTS, KEY = "LUMBAGO_HOSTS", "LUMBAGO_SECRET_KEY"
REFUSED: dict[str, tuple[list[str], dict[str, str], str]] = {
    "an open address": (["--host", "0.0.0.0"], {}, "would let other computers in"),
    "no key": ([], {HOSTS: "pain.example.org"}, "needs LUMBAGO_SECRET_KEY"),
    "a short key": ([], {HOSTS: "pain.example.org", KEY: "short"}, "at least 50"),
    "any host": ([], {HOSTS: "*", KEY: "k" * 60}, "got '*'"),
    "an address as host": ([], {HOSTS: "https://pain.example.org", KEY: "k" * 60}, "lists names"),
    "no such setting": ([], {"LUMBAGO_SETTING": "moon"}, "can be public"),
    "unclear proxy": ([], {"LUMBAGO_BEHIND_PROXY": "yes"}, "can be 0 or 1"),
    "no writes": ([], {"LUMBAGO_WRITES_PER_MINUTE": "0"}, "whole number from 1"),
    "no such database": ([], {"LUMBAGO_DATABASE_URL": "secret@host"}, "is an address such as"),
    "database away": (
        [], {"LUMBAGO_DATABASE_URL": "postgres://u:geheim@127.0.0.1:1/x"}, "cannot be used"
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_start_that_would_be_unsafe_is_refused_in_one_sentence(tmp_path: Path, what: str) -> None:
    arguments, environment, words = REFUSED[what]
    told = start(*arguments, data=str(tmp_path), **environment)
    assert told.returncode == 2
    assert words in told.stderr
    assert told.stderr.count("\n") == 1
    assert "secret@" not in told.stderr
    assert "geheim" not in told.stderr


def test_a_port_that_cannot_be_had_is_said_in_one_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ports = {other.getsockname()[1]: "another program may be using it", 70_000: "0 to 65535"}
        for port, words in ports.items():
            arguments = Namespace(host="127.0.0.1", port=port, check=False, no_browser=True)
            with pytest.raises(ServeError, match=words) as told:
                run(arguments)
            assert "\n" not in str(told.value)
