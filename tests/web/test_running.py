"""The way back to running on its page: tests answered, stages, the table, and what a flare takes back."""

import html
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from lumbago.care.running_data import injury, load_running_return
from lumbago.care.running_return import standing
from lumbago.progress import CheckIn
from lumbago.web import record, tracking
from lumbago.web.contents import running_in
from lumbago.web.models import Kind, Person, Visit
from tests.web.kept import keep_plan

INJURIES = {
    "calf_strain": "gastrocnemius_strain",
    "achilles_tendinopathy": "achilles_tendinopathy",
    "tibial_stress_injury": "tibial_stress_fracture",
    "shin_splints": "medial_tibial_stress_syndrome",
}
TODAY = date.today()


@pytest.fixture
def own() -> Iterator[record.Own]:
    Person.objects.all().delete()
    Visit.objects.all().delete()
    yield record.Own(Person.objects.create(pk=Person.LOCAL))
    Person.objects.all().delete()


def begin(own: record.Own, condition: str = "gastrocnemius_strain") -> None:
    began = TODAY - timedelta(weeks=7)
    keep_plan(own, since=TODAY, pain_began=began, condition=condition, time="weeks_6_to_12")


def words(client: Client, path: str = "/plan/running/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def stage(client: Client) -> str:
    found = re.search(r'<h2 id="stage">([^<]+)', client.get("/plan/running/").content.decode())
    assert found is not None
    return html.unescape(found[1])


def passes(client: Client, name: str) -> None:
    """Send the form of the page as it stands, with the tests of this stage answered so that they pass."""
    criteria = {c.id: c for c in load_running_return().criteria}
    found = next(s for s in injury(name).stages if s.name == stage(client))
    fields = shown_fields(client)
    for test in found.to_leave:
        least = criteria[test].at_least
        fields[f"test-{test}"] = "yes" if least is None else f"{least:g}"
    assert client.post("/plan/running/", {**fields, "then": "tests"}).status_code == 302


def shown_fields(client: Client) -> dict[str, str]:
    """What a browser would send of the form without anything changed."""
    page = client.get("/plan/running/").content.decode()
    ticked = re.findall(r'type="radio" name="(test-\w+)" value="(\w+)" checked', page)
    typed = re.findall(r'name="(test-\w+)" inputmode[^>]* value="([^"]*)"', page)
    hidden = re.findall(r'type="hidden" name="(was-\w+|mark)" value="([^"]*)"', page)
    return dict(ticked + typed + hidden)


def told_flare(own: record.Own, days_ago: int = 0) -> None:
    day = TODAY - timedelta(days=days_ago)
    at = datetime.now(UTC) - timedelta(days=days_ago)
    tracking.add_check_in(own, CheckIn(at=at, day=day, pain=6, stops=5, flare=True))


def answers(own: record.Own) -> list[dict[str, object]]:
    return [dict(running_in(e.content).answers) for e in record.entries(own, Kind.RUNNING)]


@pytest.mark.parametrize("name", INJURIES)
def test_each_stage_is_left_once_all_its_tests_are_passed(
    own: record.Own, client: Client, name: str
) -> None:
    begin(own, INJURIES[name])
    for expected in injury(name).stages:
        assert stage(client) == expected.name
        if expected.to_leave:
            passes(client, name)
    assert "You have passed every test" in words(client)
    assert standing(name, answers(own)[-1]).stage == injury(name).stages[-1].id  # type: ignore[arg-type]  # as stored


def test_one_test_short_stays_and_says_what_is_missing(own: record.Own, client: Client) -> None:
    begin(own)
    passes(client, "calf_strain")
    fields = {"test-walk_30_minutes": "yes", "test-heel_raises": "19", "then": "tests"}
    client.post("/plan/running/", fields)
    assert stage(client) == "Grow strong again"
    page = client.get("/plan/running/").content.decode()
    assert 'value="19"' in page
    assert page.count("Passed</span>") >= 1
    assert "To pass: 20 or more" in page
    client.post("/plan/running/", {**shown_fields(client), "test-heel_raises": "20"})
    assert stage(client) == "Learn to spring"


@pytest.mark.parametrize("typed", ["many", "-3", "2.5", "²", "1000"])
def test_a_number_that_cannot_be_is_said_and_nothing_typed_is_lost(
    own: record.Own, client: Client, typed: str
) -> None:
    begin(own)
    passes(client, "calf_strain")
    before = answers(own)
    sent = {"test-walk_30_minutes": "yes", "test-heel_raises": typed, "then": "tests"}
    answer = client.post("/plan/running/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#field-heel_raises"' in page
    assert 'id="error-heel_raises"' in page
    assert f'value="{typed}"' in page
    assert re.search(r'name="test-walk_30_minutes" value="yes" checked', page)
    assert answers(own) == before


def test_two_windows_lose_no_answer(own: record.Own, client: Client) -> None:
    begin(own)
    passes(client, "calf_strain")
    seen = shown_fields(client)  # both windows show the same
    client.post("/plan/running/", {**seen, "test-walk_30_minutes": "yes"})
    client.post("/plan/running/", {**seen, "test-heel_raises": "25"})
    assert stage(client) == "Learn to spring"


def test_an_answer_can_be_taken_back(own: record.Own, client: Client) -> None:
    begin(own)
    passes(client, "calf_strain")
    client.post("/plan/running/", {**shown_fields(client), "test-no_limp": "no"})
    assert stage(client) == "Let it settle"


def at_the_table(own: record.Own, client: Client, name: str = "calf_strain") -> None:
    begin(own, INJURIES[name])
    while stage(client) != "Walk and run in turn":
        passes(client, name)


def ran(client: Client, pain: int, worse: str = "no", mark: str | None = None) -> None:
    mark = shown_fields(client)["mark"] if mark is None else mark
    fields = {"then": "session", "pain": pain, "worse": worse, "mark": mark}
    assert client.post("/plan/running/", fields).status_code == 302


def step(own: record.Own) -> tuple[int, int]:
    held = running_in(record.entries(own, Kind.RUNNING)[-1].content)
    return held.step, held.good_sessions


def test_the_table_goes_up_after_good_sessions_and_down_after_pain(
    own: record.Own, client: Client
) -> None:
    at_the_table(own, client)
    assert "You are at step 1" in words(client)
    ran(client, 1)
    assert step(own) == (1, 1)
    ran(client, 2)
    assert step(own) == (2, 0)
    ran(client, 3)  # above the limit of this injury
    assert step(own) == (1, 0)
    ran(client, 0, "yes")
    assert step(own) == (1, 0)


def test_a_session_counts_once_however_often_it_is_sent(own: record.Own, client: Client) -> None:
    at_the_table(own, client)
    mark = shown_fields(client)["mark"]
    for _ in range(3):
        ran(client, 0, mark=mark)
    assert step(own) == (1, 1)


def test_the_end_of_the_table_passes_its_test(own: record.Own, client: Client) -> None:
    at_the_table(own, client)
    for _ in range(2 * len(load_running_return().table)):
        ran(client, 0)
    assert answers(own)[-1]["table_done"] is True


def test_pain_in_the_bone_takes_the_running_back(own: record.Own, client: Client) -> None:
    at_the_table(own, client, "tibial_stress_injury")
    fields = {"then": "session", "pain": 1, "worse": "no", "mark": shown_fields(client)["mark"]}
    answer = client.post("/plan/running/", fields, follow=True)
    assert "Have it looked at before you run again" in answer.content.decode()
    assert stage(client) == "Let the bone heal"  # whether it is sore is asked again
    assert step(own) == (1, 0)


def test_a_session_says_what_is_missing(own: record.Own, client: Client) -> None:
    at_the_table(own, client)
    sent = {"then": "session", "mark": shown_fields(client)["mark"]}
    answer = client.post("/plan/running/", sent)
    assert answer.status_code == 422
    assert 'href="#field-pain"' in answer.content.decode()
    assert 'href="#field-worse"' in answer.content.decode()


def test_a_flare_takes_back_one_stage_and_one_step(own: record.Own, client: Client) -> None:
    at_the_table(own, client)
    for _ in range(4):
        ran(client, 0)
    assert step(own) == (3, 0)
    before = answers(own)
    told_flare(own)
    assert stage(client) == "Learn to spring"
    page = words(client)
    assert "It has flared up since you last answered" in page
    assert "Leave running and jumping until it has settled" in page
    assert answers(own) == before  # what was written down stays
    passes(client, "calf_strain")
    assert stage(client) == "Walk and run in turn"
    assert step(own) == (2, 0)
    assert 'value="session"' not in client.get("/plan/running/").content.decode()


def test_no_session_is_taken_while_a_flare_is_fresh(own: record.Own, client: Client) -> None:
    at_the_table(own, client)
    told_flare(own)
    passes(client, "calf_strain")
    before = answers(own)
    ran(client, 0, mark=record.entries(own, Kind.RUNNING)[-1].content["at"])
    assert answers(own) == before


def test_an_older_flare_takes_nothing_back(own: record.Own, client: Client) -> None:
    begin(own)
    told_flare(own, days_ago=8)
    passes(client, "calf_strain")
    assert stage(client) == "Grow strong again"


def test_a_danger_sign_comes_first(own: record.Own, client: Client) -> None:
    begin(own)
    sent = {"pain": 4, "stops": 3, "new": "yes", "sign": "whole_leg_swollen"}
    assert client.post("/diary/", sent)["Location"] == "/diary/alarm/"
    assert client.get("/plan/running/")["Location"] == "/diary/alarm/"


def test_the_plan_says_where_one_stands(own: record.Own, client: Client) -> None:
    begin(own)
    assert "You are at: Let it settle" in words(client, "/plan/")
    passes(client, "calf_strain")
    assert "You are at: Grow strong again" in words(client, "/plan/")


def test_a_plan_without_running_has_no_such_page(own: record.Own, client: Client) -> None:
    began = TODAY - timedelta(weeks=3)
    keep_plan(own, since=TODAY, pain_began=began)
    assert client.get("/plan/running/")["Location"] == "/plan/"
    assert client.post("/plan/running/", {"test-no_limp": "yes"})["Location"] == "/plan/"
    assert answers(own) == []


def test_answers_go_out_with_the_record_and_come_back(own: record.Own, client: Client) -> None:
    begin(own)
    passes(client, "calf_strain")
    before = answers(own)
    file = io.BytesIO(client.get("/record/export/").content)
    file.name = "record.zip"
    Person.objects.all().delete()
    client.post("/record/import/", {"record": file})
    assert answers(record.Own(Person.objects.get(pk=Person.LOCAL))) == before
    assert stage(client) == "Grow strong again"
