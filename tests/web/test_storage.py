"""What is stored survives what can happen to a server, and what is deleted is gone."""

import json
import os
import pwd
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lumbago.web.models import Visit
from tests.web.visitor import Visitor, free_port, page_number, running, variables

WORD = "Zwetschgenkuchen"
PEOPLE, ANSWERS, KILLED_AFTER = 20, 200, 90


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """An installation with its data in one file, and one with a database server."""
    if request.param == "sqlite":
        yield variables(tmp_path / "data")
        return
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = programs[-1] if programs else shutil.which("initdb")
    if found is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    with tempfile.TemporaryDirectory(prefix="lumbago-postgresql-") as folder:
        yield from _with_postgresql(Path(found).parent, Path(folder), tmp_path)


def _with_postgresql(programs: Path, folder: Path, data: Path) -> Iterator[dict[str, str]]:
    """A database server of our own, which will not run as root."""
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        try:
            user = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    port, cluster = free_port(), folder / "cluster"
    make = [programs / "initdb", "--pgdata", cluster, "--auth", "trust", "--username", "lumbago"]
    subprocess.run(make, **who, check=True, capture_output=True, cwd=folder)
    command = [programs / "postgres", "-D", cluster, "-p", str(port), "-k", str(folder)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, **who, stdout=log, stderr=log, cwd=folder)
    try:
        ready = [programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port), "-t", "1"]
        while subprocess.run(ready, capture_output=True, check=False).returncode:
            assert server.poll() is None, (folder / "log").read_text()
        url = f"postgres://lumbago@127.0.0.1:{port}/postgres"
        yield variables(data / "data", {"LUMBAGO_DATABASE_URL": url})
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


def answer_all(
    port: int, done: list[tuple[Visitor, int]], lock: threading.Lock, limit: int
) -> None:
    """People who come one after another and answer "no"; what was acknowledged is noted."""
    for _ in range(PEOPLE // 2):
        person = Visitor(port)
        try:
            person.tell(f"My calf hurts, {WORD}")
            number = page_number(person.get("/check/questions/"))
            while number:
                answer = person.post(f"/check/questions/{number}/", rest="no", **{"q-age": 44})
                if answer.status != 302:
                    break
                with lock:
                    done.append((person, number))
                    if len(done) >= limit:
                        return
                number = page_number(answer)
        except (OSError, EOFError):
            return


def test_neither_a_kill_nor_two_who_save_at_once_lose_what_was_acknowledged(
    environment: dict[str, str], tmp_path: Path
) -> None:
    done: list[tuple[Visitor, int]] = []
    lock = threading.Lock()
    with running(environment, tmp_path / "log") as server, ThreadPoolExecutor(2) as people:
        for _ in range(2):
            people.submit(answer_all, server.port, done, lock, ANSWERS)
        while len(done) < KILLED_AFTER and server.process.poll() is None:
            threading.Event().wait(0.005)
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
    assert KILLED_AFTER <= len(done) < ANSWERS
    with running(environment, tmp_path / "log") as server:
        for person, number in dict(done).items():  # the last page of each, which the others precede
            person.port = server.port
            page = person.get(f"/check/questions/{number}/")
            assert page.status == 200
            assert " checked>" in page.text
            assert WORD in person.get("/check/words/").text
        _save_at_once(done[0][0])
    assert "Error" not in (tmp_path / "log").read_text()


def _save_at_once(person: Visitor) -> None:
    twin = Visitor(person.port)
    twin.cookies = person.cookies

    def words(n: int) -> int:
        return person.post("/check/words/", text=f"My calf hurts, {WORD} {n}").status

    def chart(n: int) -> int:
        return twin.post("/check/where/", **{"pain-left_calf_upper_inner": n}).status

    with ThreadPoolExecutor(2) as both:
        for n in range(1, 7):
            told, drawn = both.submit(words, n), both.submit(chart, n)
            assert (told.result(), drawn.result()) == (302, 302)
            assert f"{WORD} {n}" in person.get("/check/words/").text
            page = person.get("/check/where/").text
            assert f'value="{n}"' in page[page.index('name="pain-left_calf_upper_inner"') :][:200]
    assert " checked>" in person.get("/check/questions/1/").text


def on_disk(data: Path) -> bytes:
    return b"".join(p.read_bytes() for p in data.rglob("*") if p.is_file())


def test_what_is_deleted_is_gone_from_every_file(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running(variables(data), tmp_path / "log") as server:
        people = [Visitor(server.port) for _ in range(3)]
        for n, person in enumerate(people):
            person.tell(f"My calf hurts, {WORD} {n}. " + "not " * 900)
            person.post("/check/words/", text=f"My calf hurts, still {WORD}")
            person.post("/result/keep/", keep="yes")
        assert WORD.encode() in on_disk(data)
        key = people[0].cookies["lumbago"].encode()
        assert people[0].post("/privacy/delete/").status == 200
        assert WORD.encode() not in on_disk(data)
        assert b"calf" not in (data / "lumbago.sqlite3").read_bytes()
        assert key not in on_disk(data)
        assert [p.get("/check/words/").status for p in people] == [400] * 3


def test_what_was_left_alone_for_a_day_is_forgotten_at_a_start(tmp_path: Path) -> None:
    data, environment = tmp_path / "data", variables(tmp_path / "data")
    with running(environment, tmp_path / "log") as server:
        left, keeping, recent = (Visitor(server.port) for _ in range(3))
        for person in (left, keeping, recent):
            person.tell("My calf hurts")
        left.post("/check/words/", text=f"My calf hurts, {WORD}")
        keeping.post("/result/keep/", keep="yes")
    with sqlite3.connect(data / "lumbago.sqlite3") as database:
        words = f"%{WORD}%"
        database.execute(
            "update web_visit set changed = '2020-01-01 00:00:00' where kept or interview like ?",
            (words,),
        )
    database.close()
    with running(environment, tmp_path / "log") as server:
        for person in (left, keeping, recent):
            person.port = server.port
        assert [p.get("/check/where/").status for p in (left, keeping, recent)] == [400, 200, 200]
        assert WORD.encode() not in on_disk(data)


def test_what_was_left_alone_for_a_day_is_forgotten_when_a_check_begins(client: Client) -> None:
    about = {"age": "44", "sex": "male", "new": "yes"}
    client.post("/check/", about)
    old = Visit.objects.latest("created").pk
    for hours, there in ((23, True), (25, False)):
        Visit.objects.filter(pk=old).update(changed=timezone.now() - timedelta(hours=hours))
        Client(SERVER_NAME="localhost").post("/check/", about)
        assert Visit.objects.filter(pk=old).exists() == there


OLDER: dict[str, Any] = {
    "a finding of another version": {"pages": [{"no_such_finding": "yes"}]},
    "a category of another version": {"pages": [{"fever": "banana"}]},
    "a zone of another version": {"start": {"drawing": {"tail": {"pain": 3}}}},
    "a field of another version": {"start": {"no_such_field": 1}},
    "another form": {"schema": "lumbago/interview/0"},
    "no form": [],
}


@pytest.mark.parametrize("what", OLDER)
def test_answers_that_no_longer_fit_lead_to_a_new_start(client: Client, what: str) -> None:
    about = {"age": "44", "sex": "male", "new": "yes"}
    client.post("/check/", about)
    client.post("/result/keep/", {"keep": "yes"})
    visit = Visit.objects.latest("created")
    now = json.loads(visit.interview)
    changed = OLDER[what]
    older = {**now, **changed} if isinstance(changed, dict) else changed
    Visit.objects.filter(pk=visit.pk).update(interview=json.dumps(older))
    for step in ("", "where/", "words/", "questions/", "questions/1/", "alarm/", "answers/"):
        page = client.get(f"/check/{step}")
        assert page.status_code == 409, step
        assert "Start a new check" in page.content.decode()
    assert client.get("/result/").status_code == 409
    assert client.post("/check/words/", {"text": "back pain"}).status_code == 409
    for path in ("/", "/privacy/", "/check/?new"):
        assert client.get(path).status_code == 200
    begun = client.post("/check/", about)
    assert (begun.status_code, begun.headers["Location"]) == (302, "/check/where/")
    assert client.get("/check/where/").status_code == 200
