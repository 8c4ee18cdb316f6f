"""Leave to read is given and taken back, and whoever else looks is written down for good."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.clinic import Clinic, clinic
from tests.web.visitor import Visitor

PERSON, CLINICIAN, OTHER, STAFF = (
    "ann@example.org",
    "physio@clinic.test",
    "other@clinic.test",
    "staff@clinic.test",
)
ROLES = {PERSON: "person", CLINICIAN: "clinician", OTHER: "clinician", STAFF: "staff"}
WORD = "Zwetschgenkuchen"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    with clinic(tmp_path_factory.mktemp("clinic"), ROLES) as place:
        yield place


@pytest.fixture(scope="module")
def ann(site: Clinic) -> Visitor:
    person = site.visitor(PERSON)
    assert person.get("/record/").status == 200
    assert person.post("/record/notes/", text=WORD).status == 302
    return person


@pytest.fixture(scope="module")
def physio(site: Clinic) -> Visitor:
    return site.visitor(CLINICIAN)


@pytest.fixture(scope="module")
def other(site: Clinic) -> Visitor:
    return site.visitor(OTHER)


def opened_by(clinician: Visitor) -> str:
    """The address of the first record that they may read; empty if there is none."""
    found = re.search(r'href="(/patients/[0-9a-f-]{36}/)"', clinician.get("/patients/").text)
    return found[1] if found else ""


def stop_all(person: Visitor) -> None:
    for path in re.findall(
        r'action="(/sharing/[0-9a-f-]{36}/stop/)"', person.get("/sharing/").text
    ):
        assert person.post(path).status == 302


def looked(person: Visitor) -> list[tuple[str, str]]:
    """Who has looked, and at what, newest first, as the person is shown."""
    page = person.get("/sharing/").text
    return re.findall(r"<td>([^<]+@[^<]+)</td><td>([^<]+)</td>", page)


def test_a_clinician_reads_from_the_moment_of_leave_to_the_moment_it_is_taken_back(
    ann: Visitor, physio: Visitor
) -> None:
    assert opened_by(physio) == ""
    assert ann.post("/sharing/give/", email=f" {CLINICIAN.upper()} ").status == 302
    path = opened_by(physio)
    assert WORD in physio.get(path).text
    stop_all(ann)
    assert physio.get(path).status == 404
    assert opened_by(physio) == ""


def test_every_look_is_shown_to_the_person_and_holds_no_content(
    site: Clinic, ann: Visitor, physio: Visitor
) -> None:
    ann.post("/sharing/give/", email=CLINICIAN)
    before = looked(ann)
    path = opened_by(physio)
    entry = re.search(rf'href="({path}entry/[^"]+)"', physio.get(path).text)
    assert entry is not None
    assert WORD in physio.get(entry[1]).text
    assert looked(ann) == [(CLINICIAN, "One entry"), (CLINICIAN, "The record"), *before]
    lines = site.run(
        "import json; from lumbago.web.models import Access;"
        "print(json.dumps(list(map(str, Access.objects.values_list('who', 'what', 'at')))))"
    )
    assert not any(WORD in line for line in lines)
    stop_all(ann)
    refused = looked(ann)
    physio.get(path)
    assert looked(ann) == refused  # nothing was shown, so nothing is written
    assert (CLINICIAN, "The record") in refused  # and what was stays, after leave has ended


def test_a_clinician_reads_how_it_goes_and_each_look_is_shown(
    ann: Visitor, physio: Visitor
) -> None:
    stop_all(ann)
    ann.post("/sharing/give/", email=CLINICIAN)
    path = opened_by(physio)
    assert "They have not begun a diary" in physio.get(f"{path}progress/").text
    assert physio.get(f"{path}progress/chart.svg").status == 404
    assert ann.post("/diary/start/", ago=3, unit="weeks").status == 302
    assert ann.post("/diary/", pain=7, stops=6, new="no", flare="on", notes=WORD).status == 302
    peg = {"item-pain": 6, "item-enjoyment": 5, "item-activity": 4}
    assert ann.post("/diary/questions/peg/", **peg).status == 302
    before = looked(ann)
    page = physio.get(f"{path}progress/").text
    for words in (WORD, "It has flared up", ">7<", "PEG", ">5<", "Table of weeks"):
        assert words in page, words
    assert "<form" not in page.replace("/account/logout/", "").partition("<main")[2]
    for name in re.findall(rf'"({path}progress/chart[^"]*)"', page):
        assert "<svg" in physio.get(name).text
    chart = (CLINICIAN, "The chart of pain")
    assert looked(ann) == [chart, chart, (CLINICIAN, "Progress and diary"), *before]
    stop_all(ann)
    assert physio.get(f"{path}progress/").status == 404
    assert physio.get(f"{path}progress/chart.svg").status == 404
    assert looked(ann) == [chart, chart, (CLINICIAN, "Progress and diary"), *before]


def test_a_code_works_once_for_whoever_comes_first(
    ann: Visitor, physio: Visitor, other: Visitor
) -> None:
    stop_all(ann)
    code = re.search(r"<code>([A-Z0-9-]+)</code>", ann.post("/sharing/invite/").text)
    assert code is not None
    assert re.fullmatch(r"([A-HJ-KM-NP-TV-Z2-9]{4}-?){3}", code[1])
    assert code[1] not in ann.get("/sharing/").text  # shown once
    assert physio.post("/patients/code/", code=code[1][:-1]).status == 422
    assert physio.post("/patients/code/", code=code[1].lower().replace("-", " ")).status == 302
    assert WORD in physio.get(opened_by(physio)).text
    assert other.post("/patients/code/", code=code[1]).status == 422
    assert opened_by(other) == ""
    stop_all(ann)
    assert physio.post("/patients/code/", code=code[1]).status == 422
    assert opened_by(physio) == ""


def test_a_newer_code_ends_the_older_and_time_ends_both(
    site: Clinic, ann: Visitor, physio: Visitor
) -> None:
    codes = [
        re.findall(r"<code>([A-Z0-9-]+)</code>", ann.post("/sharing/invite/").text)[0]
        for _ in range(2)
    ]
    assert physio.post("/patients/code/", code=codes[0]).status == 422
    site.run(
        "from datetime import timedelta; from lumbago.web.models import Invitation;"
        "from django.db.models import F;"
        "Invitation.objects.update(ends=F('ends') - timedelta(days=3))"
    )
    assert physio.post("/patients/code/", code=codes[1]).status == 422
    assert opened_by(physio) == ""


def test_the_page_says_the_same_whether_or_not_there_is_such_a_clinician(ann: Visitor) -> None:
    seen = []
    for email in ("nobody@clinic.test", CLINICIAN, STAFF):
        stop_all(ann)
        assert ann.post("/sharing/give/", email=email).status == 302
        page = ann.get("/sharing/").text
        shown = page[page.index('id="now"') : page.index('action="/sharing/give/"')]
        seen.append(re.sub(r"[0-9a-f-]{36}|value=\"\w+\"", "", shown).replace(email, "EMAIL"))
    assert seen[0] == seen[1] == seen[2]
    stop_all(ann)


def test_only_a_confirmed_address_and_the_role_open_a_record(
    site: Clinic, ann: Visitor, other: Visitor
) -> None:
    ann.post("/sharing/give/", email="third@clinic.test")
    claim = (
        "from allauth.account.models import EmailAddress as E; from lumbago.web.accounts.models import Account;"
        f"user = Account.objects.get(email={OTHER!r});"
        "E.objects.update_or_create(user=user, email='third@clinic.test', defaults={'verified': %s})"
    )
    site.run(claim % False)
    assert opened_by(other) == ""
    site.run(claim % True)
    assert opened_by(other)
    path = opened_by(other)
    change = (
        "from lumbago.web.accounts.models import Account;"
        "Account.objects.filter(email={!r}).update(role={!r})"
    )
    site.run(change.format(OTHER, "person"))
    assert other.get(path).status == 404
    site.run(change.format(OTHER, "staff"))
    assert other.get(path).status == 404
    site.run(change.format(OTHER, "clinician"))
    assert other.get(path).status == 200
    stop_all(ann)


def test_staff_give_roles_and_read_nothing(site: Clinic, ann: Visitor) -> None:
    staff = site.visitor(STAFF)
    ann.post("/sharing/give/", email=STAFF)
    page = staff.get("/staff/").text
    assert PERSON in page
    assert WORD not in page
    assert staff.get("/patients/").status == 404
    number = re.findall(r"[0-9a-f-]{36}", page[: page.index(f">{PERSON}<")])[-1]
    assert staff.post(f"/staff/{number}/", role="clinician", signing_in="off").status == 302
    assert ann.get("/record/").status == 302  # signed out at once
    assert staff.post(f"/staff/{number}/", role="person", signing_in="on").status == 302
    assert ann.get("/record/").status == 200
    assert staff.post(f"/staff/{number}/", role="king", signing_in="on").status == 400
    stop_all(ann)


def test_nobody_can_change_the_log_not_even_past_the_program(site: Clinic, ann: Visitor) -> None:
    assert looked(ann)
    refused = """
import json
from lumbago.web.models import Access
from lumbago.web.models.sharing import AppendOnlyError
def tries():
    line = Access.objects.first()
    line.who = "nobody@example.org"
    for act in (line.save, line.delete, Access.objects.all().delete,
                lambda: Access.objects.update(who="x"),
                lambda: Access.objects.bulk_update([line], ["who"])):
        try:
            act()
        except AppendOnlyError:
            yield True
        else:
            yield False
print(json.dumps(list(tries())))
"""
    assert site.run(refused) == [True] * 5
    path = Path(site.environment["LUMBAGO_DATA_DIR"]) / "lumbago.sqlite3"
    database = sqlite3.connect(path, timeout=20)
    with pytest.raises(sqlite3.IntegrityError, match="may only be added to"):
        database.execute("update web_access set who = 'nobody@example.org'")
    database.close()
    assert looked(ann)[0][0] in ROLES
