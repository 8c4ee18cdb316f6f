"""Everything out in one file, all of it deleted, and back unchanged; and files that nobody should take."""

import contextlib
import csv
import html
import io
import json
import re
import struct
import uuid
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lumbago.errors import UserError
from lumbago.progress.diary import About, CheckIn
from lumbago.web import archive, record, tracking
from lumbago.web.archive import LARGEST_FILE, Archive, ArchiveError, pack, unpack
from lumbago.web.models import Entry, Kind, Person, Visit
from tests.web.clinic import clinic
from tests.web.visitor import Visitor

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
WORD = "Zwetschgenkuchen"


@pytest.fixture
def own() -> Iterator[record.Own]:
    """The record of this machine, empty."""
    Person.objects.all().delete()
    yield record.Own(Person.objects.create(pk=Person.LOCAL))
    Person.objects.all().delete()


@pytest.fixture
def full(own: record.Own, client: Client) -> record.Own:
    """A record with something of every kind, corrected here and there, and a kept check."""
    tracking.start(own, About(at=NOW, began=date(2026, 10, 20), age=44))
    for n in range(20):
        at = NOW + timedelta(days=n, hours=n % 5)
        notes = "=1+1" if n == 3 else f"{WORD} “{n}”\nnext line; ä, 痛み"
        check_in = CheckIn(
            at=at, day=at.date(), pain=n % 11, stops=3, notes=notes, exercises=("bird_dog",)
        )
        tracking.add_check_in(own, check_in)
    wrong = tracking.diary(own).written[-1]
    right = CheckIn(at=NOW + timedelta(days=21), day=wrong.day, pain=1, stops=1, replaces=wrong.key)
    tracking.add_check_in(own, right)
    tracking.answer(own, "nprs", {"pain": 4}, day=date(2026, 11, 2), at=NOW)
    for week in range(3):
        record.change_plan(
            own,
            lambda plan, week=week: {
                "schema": "lumbago/plan/1",
                "weeks": [*(plan or {"weeks": []})["weeks"], week],
            },
        )
    note = record.add(own, Kind.NOTE, {"text": "Walked"})
    record.replace(own, note.key, lambda held: {"text": held["text"] + " to work"})
    client.post("/check/", {"age": "44", "sex": "male", "new": "yes"})
    client.post("/check/where/", {"pain-low_back_middle": "6"})
    client.post("/check/words/", {"text": f"My low back hurts, {WORD}"})
    client.post("/result/keep/", {"keep": "yes"})
    return own


def exported(client: Client) -> bytes:
    answer = client.get("/record/export/")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="lumbago-record.zip"'
    return bytes(answer.content)


def sent(client: Client, content: bytes) -> Any:
    return client.post("/record/import/", {"record": SimpleUploadedFile("any.zip", content)})


def held(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


@pytest.mark.usefixtures("full")
def test_out_deleted_and_back_is_the_identical_record(client: Client) -> None:
    before = exported(client)
    diary = tracking.diary(record.Own(Person.objects.get(pk=Person.LOCAL)))
    assert client.post("/privacy/delete/").status_code == 200
    assert Entry.objects.count() == Visit.objects.count() == Person.objects.count() == 0
    assert WORD.encode() not in b"".join(held(exported(client)).values())
    assert sent(client, before).status_code == 302
    assert exported(client) == before
    back = record.Own(Person.objects.get(pk=Person.LOCAL))
    assert tracking.diary(back) == diary
    assert record.plan(back).content["weeks"] == [0, 1, 2]  # type: ignore[union-attr]  # None would fail too
    assert (
        WORD in client.get("/result/").content.decode()
        or client.get("/").content.count(b"Open<span") == 1
    )


@pytest.mark.usefixtures("full")
def test_what_is_there_already_is_left_as_it_is(client: Client) -> None:
    before = exported(client)
    assert sent(client, before).status_code == 302
    assert "was here already" in client.get("/record/").content.decode()
    assert exported(client) == before


def test_both_copies_that_went_on_are_kept_when_they_meet(full: record.Own, client: Client) -> None:
    file = exported(client)
    record.change_plan(full, lambda plan: {**(plan or {}), "here": True})
    there = held(file)
    other = json.loads(there["record.json"])
    last = [e for e in other["entries"] if e["kind"] == "plan"][-1]
    more = {
        **last,
        "key": str(uuid.uuid4()),
        "replaces": last["key"],
        "made": "2026-12-01T00:00:00Z",
    }
    other["entries"].append({**more, "content": {**last["content"], "there": True}})
    count = Entry.objects.count()
    assert sent(client, zipped({"record.json": json.dumps(other).encode()})).status_code == 302
    assert Entry.objects.count() == count + 1
    assert record.plan(full).content.get("there")  # type: ignore[union-attr]  # None would fail too
    assert any(e.content.get("here") for e in record.history(full))


@pytest.mark.usefixtures("full")
def test_anybody_can_read_the_file(client: Client) -> None:
    parts = held(exported(client))
    rows = list(csv.DictReader(io.StringIO(parts["check_in.csv"].decode("utf-8-sig"))))
    assert len(rows) == 21
    assert rows[2]["pain"] == "2"
    assert WORD in rows[2]["notes"]
    assert rows[3]["notes"] == "'=1+1"  # no formula for a spreadsheet
    pictures = [name for name in parts if name.startswith("pictures/")]
    assert "pictures/pain.svg" in pictures
    assert len(pictures) == 2
    for name in pictures:
        assert ET.fromstring(parts[name]).tag.endswith("svg")
    assert b"record.json" in parts["README.txt"]


def test_an_account_moves_to_another_site(tmp_path_factory: pytest.TempPathFactory) -> None:
    """From one clinic to the next: the record goes along, leave to read it does not."""
    email, physio = "ann@example.org", "physio@clinic.test"
    with clinic(tmp_path_factory.mktemp("one"), {email: "person", physio: "clinician"}) as one:
        ann = one.visitor(email)
        ann.get("/record/")
        ann.post("/record/notes/", text=WORD)
        ann.post("/sharing/give/", email=physio)
        ann.post("/check/", age=44, sex="male", new="yes")
        ann.post("/check/words/", text=f"My calf hurts, {WORD}")
        ann.post("/result/keep/", keep="yes")
        one.visitor(physio).get("/patients/")
        file = raw(ann, "GET", "/record/export/")
        assert ann.post("/privacy/delete/").status == 200
        left = one.run(
            "import json; from lumbago.web.models import *; from lumbago.web.accounts.models import Account;"
            "from allauth.account.models import EmailAddress as E;"
            "print(json.dumps([Entry.objects.count(), Visit.objects.count(), Share.objects.count(),"
            f"Account.objects.filter(email={email!r}).count(), E.objects.filter(email={email!r}).count()]))"
        )
        assert left == [0, 0, 0, 0, 0]
        assert ann.get("/record/").status == 302
    with clinic(tmp_path_factory.mktemp("two"), {email: "person", physio: "clinician"}) as two:
        ann = two.visitor(email)
        ann.get("/record/")
        assert b"302" in raw(ann, "POST", "/record/import/", file)[:3]
        assert raw(ann, "GET", "/record/export/") == file
        assert "Nobody but you." in ann.get("/sharing/").text
        assert 'href="/patients/' not in two.visitor(physio).get("/patients/").text.replace(
            'href="/patients/"', ""
        )


def raw(person: Visitor, method: str, path: str, file: bytes | None = None) -> bytes:
    """The bytes that come back, or the status where a file is sent."""
    mark = next((v for n, v in person.cookies.items() if "csrf" in n), "")
    body, kind = b"", {}
    if file is not None:
        head = (
            f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{mark}\r\n'
        )
        head += '--x\r\nContent-Disposition: form-data; name="record"; filename="r.zip"\r\n'
        body = head.encode() + b"Content-Type: application/zip\r\n\r\n" + file + b"\r\n--x--\r\n"
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
    connection = HTTPConnection("127.0.0.1", person.port, timeout=60)
    cookies = {"Cookie": "; ".join(f"{n}={v}" for n, v in person.cookies.items())}
    connection.request(method, path, body, {**cookies, **person.headers, **kind})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return str(answer.status).encode() if file is not None else content


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def entry(**more: Any) -> dict[str, Any]:
    plain = {
        "key": str(uuid.UUID(int=7)),
        "kind": "note",
        "made": "2026-11-01T08:00:00Z",
        "content": {"text": "x"},
    }
    return {**plain, **more}


def record_with(*entries: dict[str, Any], **more: Any) -> bytes:
    whole = {"schema": "lumbago/record/1", "entries": list(entries), "checks": [], **more}
    return zipped({"record.json": json.dumps(whole).encode()})


def bomb() -> bytes:
    """300 kB that unpack to 300 MB."""
    return zipped({"record.json": b'{"schema":"' + b" " * 300_000_000})


def lying() -> bytes:
    """A bomb that says of itself that it is small."""
    content = bomb()
    size = struct.pack("<I", 300_000_011)
    assert content.count(size) == 2
    return content.replace(size, struct.pack("<I", 100))


def broken() -> bytes:
    content = bytearray(record_with(entry()))
    content[60:70] = b"0123456789"
    return bytes(content)


def encrypted() -> bytes:
    content = bytearray(record_with(entry()))
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


#: JSON that begins a list again and again, by itself and within a content.
DEEP = b"[" * 200_000
DEEP_INSIDE = b'{"schema":"lumbago/record/1","checks":[],"entries":[{"content":{"a":' + DEEP
PAIN = {"at": "2026-11-01T08:00:00Z", "day": "2026-11-01", "pain": 11, "stops": 1}


def many() -> bytes:
    return zipped({f"{n}": b"" for n in range(3_000)} | {"record.json": b"{}"})


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty|cannot be opened|Choose the zip"),
    "a picture": (lambda: b"\x89PNG" * 50, "cannot be opened"),
    "half a zip": (lambda: record_with(entry())[:-30], "cannot be opened"),
    "a broken part": (broken, "cannot be opened"),
    "an encrypted part": (encrypted, "cannot be opened"),
    "another zip": (lambda: zipped({"letter.txt": b"x"}), "not a record exported from here"),
    "a path out of the folder": (lambda: zipped({"../record.json": b"{}"}), "not a record"),
    "a bomb": (bomb, "larger than 64 MB"),
    "a bomb that lies": (lying, "cannot be opened|larger than 64 MB"),
    "many files": (many, "not a record"),
    "too long": (lambda: b"PK" + b"0" * LARGEST_FILE, "of at most 10 MB|larger than 10 MB"),
    "no JSON": (lambda: zipped({"record.json": b"hello"}), "is damaged"),
    "deep": (lambda: zipped({"record.json": DEEP}), "is damaged|cannot be read"),
    "deep inside": (lambda: zipped({"record.json": DEEP_INSIDE}), "is damaged|cannot be read"),
    "no record": (lambda: zipped({"record.json": b"{}"}), "cannot be read: .*schema"),
    "another form": (lambda: record_with(schema="lumbago/record/2"), "cannot be read: .*schema"),
    "another field": (lambda: record_with(entry(owner="me")), r"owner.*entries\[0\]"),
    "another kind": (lambda: record_with(entry(kind="visit")), "kind"),
    "no time zone": (lambda: record_with(entry(made="2026-11-01T08:00:00")), "1: made needs a time zone"),
    "a key twice": (lambda: record_with(entry(), entry()), "entry 2: its key comes twice"),
    "no earlier one": (lambda: record_with(entry(replaces=str(uuid.UUID(int=8)))), "1: replaces names no"),
    "itself": (lambda: record_with(entry(replaces=str(uuid.UUID(int=7)))), "entry 1: replaces names no"),
    "an empty note": (lambda: record_with(entry(content={"text": " "})), "entry 1: Note: write something"),
    "pain of 11": (lambda: record_with(entry(kind="check_in", content=PAIN)), "entry 1: CheckIn.*pain"),
    "a plan of no form": (lambda: record_with(entry(kind="plan", content={})), "entry 1: Plan: schema"),
}  # fmt: skip


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_in_one_sentence_and_nothing_is_stored(
    client: Client, what: str
) -> None:
    make, words = BAD[what]
    answer = sent(client, make())
    assert answer.status_code == 400
    page = answer.content.decode()
    lead = re.search(r'<p class="lead">(.*?)</p>', page, re.S)
    assert lead is not None
    assert re.search(words, html.unescape(lead[1])), lead[1]
    assert Entry.objects.count() == 0


@given(st.binary(max_size=400), st.integers(0, 300))
def test_no_bytes_at_all_make_it_stumble(noise: bytes, place: int) -> None:
    good = record_with(entry())
    for content in (noise, good[:place] + noise[:8] + good[place + 8 :]):
        with contextlib.suppress(ArchiveError):  # and nothing else is raised
            assert isinstance(unpack(content), Archive)


def test_a_zip_made_of_an_archive_gives_it_back() -> None:
    made = Archive(
        "lumbago/record/1", [archive.ArchivedEntry(uuid.uuid4(), Kind.NOTE, NOW, {"text": "ä"})], []
    )
    assert unpack(pack(made, {"README.txt": b"x"})) == made
    assert zlib.crc32(pack(made, {})) == zlib.crc32(pack(made, {}))


@pytest.mark.usefixtures("own")
def test_files_are_taken_on_that_page_alone_and_only_with_the_mark_of_our_form(
    client: Client,
) -> None:
    file = SimpleUploadedFile("record.zip", record_with(entry()))
    assert client.post("/record/notes/", {"text": "x", "file": file}).status_code == 400
    strict = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    assert sent(strict, record_with(entry())).status_code == 403
    assert Entry.objects.count() == 0


def test_a_record_takes_only_so_much(own: record.Own, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "MOST_ENTRIES", 2)
    for _ in range(2):
        record.add(own, Kind.NOTE, {"text": "x"})
    with pytest.raises(UserError, match="This record is full"):
        record.add(own, Kind.NOTE, {"text": "x"})


def test_a_note_that_is_taken_away_is_gone_with_every_version(own: record.Own) -> None:
    note = record.add(own, Kind.NOTE, {"text": WORD})
    for n in range(
        500
    ):  # deeper than Python may recurse if versions were followed one into the other
        last = record.replace(own, note.key, lambda _, n=n: {"text": f"{WORD} {n}"})
    record.remove(own, last.key)
    assert Entry.objects.count() == 0
    with pytest.raises(record.NoEntryError):
        record.entry(own, note.key)


def test_a_form_that_is_sent_twice_is_stored_once(client: Client, own: record.Own) -> None:
    key = str(uuid.uuid4())
    for _ in range(2):
        assert client.post("/record/notes/", {"text": "once", "form_key": key}).status_code == 302
    assert [e.content for e in record.entries(own, Kind.NOTE)] == [{"text": "once"}]


def test_the_file_on_disk_is_never_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even a name in the zip that is a path can make us write: nothing is unpacked to disk."""
    monkeypatch.chdir(tmp_path)
    parts = {
        "record.json": held(record_with(entry()))["record.json"],
        "../evil.txt": b"x",
        "/tmp/evil": b"x",
    }
    assert unpack(zipped(parts)).entries
    assert list(tmp_path.rglob("*")) == []
    assert not (tmp_path.parent / "evil.txt").exists()
