"""What a record has acknowledged survives a kill, and two windows that save at once lose nothing."""

import signal
import subprocess
import sys
from collections.abc import Mapping

import pytest

from tests.web import test_storage
from tests.web.visitor import django_admin

#: An installation with its data in one file, and one with a database server.
environment = test_storage.environment

CHECK_INS, KILLED_AFTER = 1_000, 400
READY = """
import sys
from datetime import date, datetime, timedelta, timezone
from lumbago.progress.diary import CheckIn
from lumbago.web import record, tracking
from lumbago.web.models import Entry, Kind, Person
own = record.Own(Person.objects.get_or_create(pk=Person.LOCAL)[0])
first = datetime(2026, 1, 1, 8, tzinfo=timezone.utc)
def check_in(n, who=""):
    at = first + timedelta(minutes=n)
    return CheckIn(at=at, day=at.date(), pain=n % 11, stops=n % 7, notes=f"{who}{n}")
"""
#: Says each number once it is stored, and only then.
WRITE = f"""{READY}
for n in range({CHECK_INS}):
    tracking.add_check_in(own, check_in(n))
    print(n, flush=True)
"""
READ = f"""{READY}
print(*(c.notes for c in tracking.diary(own).written))
"""
AT_ONCE = 40
#: The same record from one of two windows: check-ins, the plan, and one note that both change.
WINDOW = f"""{READY}
import uuid
who, note = sys.stdin.readline().split()
for n in range({AT_ONCE}):
    tracking.add_check_in(own, check_in(n, who))
    record.change_plan(own, lambda plan: {{"schema": "lumbago/plan/1", "n": (plan or {{"n": 0}})["n"] + 1}})
    record.replace(own, uuid.UUID(note), lambda held: {{"text": held["text"] + who}})
"""
NOTE = f"""{READY}
print(record.add(own, Kind.NOTE, {{"text": "-"}}).key)
"""
AFTER = f"""{READY}
notes = record.entries(record.Reading(own.person), Kind.NOTE)
print(len(tracking.diary(own).written), record.plan(own).content["n"],
      Entry.objects.filter(kind=Kind.PLAN).count(), len(notes), notes[0].content["text"])
"""


@pytest.fixture
def prepared(environment: dict[str, str]) -> Mapping[str, str]:
    done = django_admin(environment, "migrate", "-v", "0")
    assert done.returncode == 0, done.stderr
    return environment


def says(environment: Mapping[str, str], code: str) -> list[str]:
    done = django_admin(environment, "shell", "-v", "0", "-c", code)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def process(environment: Mapping[str, str], code: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "django", "shell", "-v", "0", "-c", code]
    django = {**environment, "DJANGO_SETTINGS_MODULE": "lumbago.web.settings"}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=django, stdin=pipe, stdout=pipe, text=True)


def test_a_kill_in_the_middle_of_a_thousand_check_ins_loses_none_that_was_acknowledged(
    prepared: Mapping[str, str],
) -> None:
    with process(prepared, WRITE) as writer:
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline().strip() for _ in range(KILLED_AFTER)]
        writer.send_signal(signal.SIGKILL)
        acknowledged += writer.stdout.read().split()
    assert KILLED_AFTER <= len(acknowledged) < CHECK_INS
    assert acknowledged == [str(n) for n in range(len(acknowledged))]
    stored = says(prepared, READ)
    assert stored[: len(acknowledged)] == acknowledged
    assert len(stored) - len(acknowledged) <= 1  # at most the one that was being stored
    says(prepared, WRITE)  # sent again from the start, each is stored once
    assert says(prepared, READ) == [str(n) for n in range(CHECK_INS)]


def test_two_windows_that_save_at_once_lose_nothing(prepared: Mapping[str, str]) -> None:
    note = says(prepared, NOTE)[0]
    windows = [process(prepared, WINDOW) for _ in range(2)]
    for name, window in zip("ab", windows, strict=True):
        assert window.stdin is not None
        window.stdin.write(f"{name} {note}\n")
        window.stdin.flush()
    for window in windows:
        window.communicate(timeout=120)
        assert window.returncode == 0
    check_ins, plan, versions, notes, text = says(prepared, AFTER)
    assert int(check_ins) == 2 * AT_ONCE
    assert int(plan) == int(versions) == 2 * AT_ONCE
    assert int(notes) == 1
    assert (text.count("a"), text.count("b"), len(text)) == (AT_ONCE, AT_ONCE, 2 * AT_ONCE + 1)
