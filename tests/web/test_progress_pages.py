"""How it goes, on its page: the five made-up courses, the chart, and next week's exercises."""

import html
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lumbago.progress import About, find_course, outlook, read_diary
from lumbago.progress.simulate import STORIES, Story
from lumbago.web import record, tracking
from lumbago.web.models import Entry, Kind, Person, Visit
from tests.web.recovery import story_record

SCIATICA = "For three weeks a burning pain from my left buttock to my big toe, worse when I cough."
FINE = {"pain": 4, "stops": 3, "new": "no"}
#: What each course must say of itself, and must not.
SAYS: Mapping[Story, tuple[str, str]] = {
    "quick": ("The pain has gone", "Time to have it looked at"),
    "slow": ("Your pain", "The pain has gone"),
    "flare": ("As expected", "The pain has gone"),
    "never_better": ("Time to have it looked at", "As expected"),
    "danger_sign": ("Go to an emergency department now", "As expected"),
}


@pytest.fixture(autouse=True)
def _nobody_yet() -> Iterator[None]:
    """All tests of a process share a database."""
    Person.objects.all().delete()
    Visit.objects.all().delete()
    yield
    Person.objects.all().delete()


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def bring(client: Client, story: Story) -> None:
    file = io.BytesIO(story_record(story))
    file.name = "record.zip"
    assert client.post("/record/import/", {"record": file}).status_code == 302


@pytest.mark.parametrize("story", STORIES)
def test_each_course_says_what_is_right_for_it(client: Client, story: Story) -> None:
    bring(client, story)
    page = words(client, "/progress/")
    says, never = SAYS[story]
    assert says in page
    assert never not in page


@pytest.mark.parametrize("story", STORIES)
def test_page_and_python_say_the_same(client: Client, story: Story) -> None:
    bring(client, story)
    page = words(client, "/progress/")
    held = tracking.diary(record.Reading(Person.objects.get(pk=Person.LOCAL)))
    found = outlook(read_diary(held.to_json()), date.today())
    for message in found.messages:
        if message.kind == "danger":
            assert found.danger is not None
            assert found.danger.headline in page
        elif message.kind == "standing":
            assert message.words.partition(". ")[2] in page
        else:
            assert message.words in page


@pytest.mark.parametrize("size", ["chart", "chart-narrow"])
def test_the_chart_is_a_picture_without_inline_style_and_the_table_says_the_same(
    client: Client, size: str
) -> None:
    bring(client, "flare")
    answer = client.get(f"/progress/{size}.svg")
    assert answer["Content-Type"].startswith("image/svg+xml")
    svg = ET.fromstring(answer.content)
    assert not [e for e in svg.iter() if "style" in e.attrib]
    described = "".join(e.text or "" for e in svg.iter() if e.tag.endswith("desc"))
    shown = re.findall(r"Week \d+: usual pain (\d+\.\d)", described)
    table = words(client, "/progress/").partition("Usual pain")[2]
    assert len(shown) == 13
    assert [value for value in shown if value not in table] == []


def test_before_the_first_check_in_there_is_nothing_to_draw(client: Client) -> None:
    client.post("/diary/start/", {"ago": "3", "unit": "days"})
    page = words(client, "/progress/")
    assert "There is no check-in yet" in page
    assert client.get("/progress/chart.svg").status_code == 200


def _plan(client: Client) -> dict[str, Any]:
    """A kept plan whose first week is over, and a diary beside it; gives what is stored."""
    client.post("/check/", {"new": "yes", "age": "45", "sex": "female"})
    client.post("/check/where/", {"pain-left_thigh_back_outer": "6"})
    client.post("/check/words/", {"text": SCIATICA})
    client.post("/plan/start/", {"minutes": "20", "day": ["monday", "friday"], "walks": "10"})
    client.post("/plan/keep/")
    client.post("/diary/start/", {"ago": "3", "unit": "weeks"})
    own = record.Own(Person.objects.get(pk=Person.LOCAL))
    begun = (date.today() - timedelta(days=7)).isoformat()
    record.change_plan(own, lambda c: {**(c or {}), "own": {**(c or {})["own"], "on": begun}})
    return _stored()


def _stored() -> dict[str, Any]:
    found = record.plan(record.Reading(Person.objects.get(pk=Person.LOCAL)))
    assert found is not None
    return dict(found.content)


def test_a_plans_exercises_are_ticked_in_a_check_in(client: Client) -> None:
    week = _plan(client)["week"]
    names = [c["exercise"] for c in week["choice"]["chosen"] if _days(week, c["exercise"])]
    page = client.get("/diary/").content.decode()
    assert all(f'name="exercise" value="{name}"' in page for name in names)
    client.post("/diary/", {**FINE, "exercise": names[0], "effort": "5"})
    (entry,) = Entry.objects.filter(kind=Kind.CHECK_IN)
    assert f'"exercises": ["{names[0]}"]' in entry.content


def test_next_week_changes_with_what_is_said_and_only_once_it_is_taken(client: Client) -> None:
    before = _plan(client)
    week = before["week"]
    names = [c["exercise"] for c in week["choice"]["chosen"] if _days(week, c["exercise"])]
    assert "Week 1 of your exercises is over" in words(client, "/progress/")
    went = {"week": "1", f"went-{names[0]}": "sore"}
    page = client.post("/progress/next-week/", went).content.decode()
    assert "It hurt above 5 out of 10, so do half as much." in page
    assert _stored() == before
    client.post("/progress/next-week/", {**went, "then": "take"})
    after = _stored()["week"]
    share = {c["exercise"]: c["share"] for c in after["choice"]["chosen"]}
    was = {c["exercise"]: c["share"] for c in week["choice"]["chosen"]}
    assert after["number"] == 2
    assert share[names[0]] == pytest.approx(was[names[0]] / 2)
    assert all(share[name] == pytest.approx(was[name]) for name in names[1:])
    assert "is over" not in words(client, "/progress/")
    assert "Week 2" in words(client, "/plan/")


def test_answers_about_a_week_can_be_changed_before_it_is_taken(client: Client) -> None:
    before = _plan(client)
    names = [c["exercise"] for c in before["week"]["choice"]["chosen"]]
    went = {"week": "1", f"went-{names[0]}": "sore"}
    page = client.post("/progress/next-week/", {**went, "then": "change"}).content.decode()
    assert re.search(r'<option value="sore" selected', page)
    assert "How did week 1 go?" in page
    assert _stored() == before


def _days(week: Mapping[str, Any], name: str) -> int:
    return sum(item["exercise"] == name for day in week["days"] for item in day["items"])


def test_a_week_is_taken_once_however_many_windows_send_it(client: Client) -> None:
    _plan(client)
    for window in (client, Client(SERVER_NAME="localhost"), client):
        window.post("/progress/next-week/", {"week": "1", "then": "take"})
        window.post("/progress/next-week/", {"week": "2", "then": "take"})  # it has only begun
    assert _stored()["week"]["number"] == 2


def test_no_week_is_adapted_past_a_danger_sign(client: Client) -> None:
    before = _plan(client)
    client.post("/diary/", {**FINE, "new": "yes", "sign": "saddle_numbness"})
    answer = client.post("/progress/next-week/", {"week": "1", "then": "take"})
    assert answer["Location"] == "/diary/alarm/"
    assert _stored() == before


def test_a_plan_of_another_version_does_not_stop_the_diary(client: Client) -> None:
    _plan(client)
    own = record.Own(Person.objects.get(pk=Person.LOCAL))
    record.change_plan(own, lambda _: {"schema": "lumbago/plan/1", "of": "another time"})
    for place in ("/diary/", "/progress/", "/progress/flare/"):
        assert client.get(place).status_code == 200, place
    assert client.get("/progress/next-week/")["Location"] == "/progress/"


@pytest.mark.parametrize("area", ["neck", "calf", "nowhere"])
def test_the_flare_plan_is_that_of_the_place(client: Client, area: str) -> None:
    page = words(client, f"/progress/flare/?area={area}")
    assert ("Stop running" in page) == (area == "calf")
    assert ("A collar is not needed" in page) == (area == "neck")


def test_the_grade_of_a_tear_decides_what_is_expected(client: Client) -> None:
    own = record.Own(Person.objects.create(pk=Person.LOCAL))
    now, began = datetime.now(UTC), date.today() - timedelta(days=2)
    tracking.start(own, About(at=now, began=began, condition="gastrocnemius_strain"))
    client.post("/diary/", FINE)
    page = client.get("/progress/").content.decode()
    offered = re.findall(r'name="course" value="(\w+)"', page)
    assert [find_course(name).grade for name in offered] == [1, 2, 3]
    client.post("/progress/course/", {"course": "nothing"})
    assert tracking.diary(own).about == About(at=now, began=began, condition="gastrocnemius_strain")
    client.post("/progress/course/", {"course": offered[1]})
    page = client.get("/progress/").content.decode()
    assert find_course(offered[1]).name in html.unescape(page)
    assert 'name="course"' not in page
