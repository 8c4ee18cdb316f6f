"""The plan: made from a check, kept only when asked, changed, taken away, deleted."""

import html
import io
import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from importlib import import_module

import msgspec
import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from pypdf import PdfReader

import lumbago
from lumbago.anatomy import Drawing
from lumbago.care.exercises import load_exercises
from lumbago.care.plan import Plan, plan
from lumbago.care.preferences import WEEKDAYS, Preferences
from lumbago.care.running_data import injury, load_running_return
from lumbago.care.running_return import walk_run_table
from lumbago.web.models import LEFT_ALONE, Entry, Kind, Person, Visit
from lumbago.web.recover_form import DIRECTION_NAMES, EQUIPMENT_NAMES, POSITION_NAMES

SCIATICA = "For three weeks a burning pain from my left buttock to my big toe, worse when I cough."
MARKS = {"left_buttock_lower": 5, "left_thigh_back_outer": 6, "left_big_toe": 4}
DANGER = (
    "My back has been bad for days and since last night I am numb between my legs and cannot pass urine.",
    {"low_back_middle": 8},
)
CALF = (
    "I tore my right calf playing tennis two weeks ago, with a pop at the back of my calf.",
    {"right_calf_upper_inner": 6},
)
WISHES: Mapping[str, object] = {"minutes": "20", "day": list(WEEKDAYS), "walks": "10"}


@pytest.fixture(autouse=True)
def _nobody_yet() -> None:
    """All tests of a process share a database."""
    Person.objects.all().delete()
    Visit.objects.all().delete()


def check(
    client: Client, words: str = SCIATICA, marks: Mapping[str, int] = MARKS, age: int = 45
) -> None:
    client.post("/check/", {"new": "yes", "age": str(age), "sex": "female"})
    client.post("/check/where/", {f"pain-{zone}": str(pain) for zone, pain in marks.items()})
    client.post("/check/words/", {"text": words})


def wish(client: Client, **more: object) -> None:
    answer = client.post("/plan/start/", {**WISHES, **more})
    assert answer.status_code == 302, words_in(answer.content)
    assert answer["Location"] == "/plan/new/"


def page(client: Client, path: str) -> str:
    """The words of a page in one line."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return words_in(answer.content)


def words_in(content: bytes) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", content.decode())).split())


def in_python(preferences: Preferences, *, seen: bool = False) -> Plan:
    """The plan of the same person, made without any page."""
    drawing = Drawing.from_dict({zone: {"pain": pain} for zone, pain in MARKS.items()})
    answer = lumbago.assess(SCIATICA, age=45, sex="female", drawing=drawing)
    return plan(answer, preferences, seen=seen)


def exercises_on(client: Client, path: str) -> set[str]:
    return set(re.findall(r"/exercises/(\w+)/\"", client.get(path).content.decode()))


def test_the_page_says_all_that_the_plan_says(client: Client) -> None:
    check(client)
    wish(client)
    shown, expected = page(client, "/plan/new/"), in_python(Preferences())
    for line in expected.lines:
        assert " ".join(line.text.split()) in shown, line.text
    assert expected.week is not None
    for day in expected.week.days:
        for item in day.items:
            assert item.name in shown
            assert item.in_words in shown
    for left in expected.left_out:
        assert left.why in shown


def test_urgency_comes_before_everything_where_it_is_not_self_care(client: Client) -> None:
    check(client)
    wish(client)
    shown, expected = page(client, "/plan/new/"), in_python(Preferences())
    assert expected.level != "self_care"
    assert shown.index(f"When: {expected.when}") < shown.index(expected.section("today")[0].text)


def test_every_line_with_evidence_opens_it(client: Client) -> None:
    check(client)
    wish(client)
    places = set(re.findall(r'href="(/evidence/[^"]+)"', client.get("/plan/new/").content.decode()))
    named = {s.id for line in in_python(Preferences()).lines for s in line.supports}
    assert named <= {place.rstrip("/").rsplit("/", 1)[-1] for place in places}
    for place in places:
        assert client.get(place).status_code == 200, place


def test_a_danger_sign_leaves_no_exercise_and_asks_nothing_first(client: Client) -> None:
    check(client, *DANGER)
    assert client.get("/plan/start/")["Location"] == "/plan/new/"
    shown = page(client, "/plan/new/")
    assert "Go to an emergency department now" in shown
    assert "Getting care comes first" in shown
    assert not exercises_on(client, "/plan/new/") & set(load_exercises())
    assert client.get("/plan/new/week.ics").status_code == 400
    assert "emergency department" in text_of(client.get("/plan/new/plan.pdf").content)


def test_wishes_shape_the_week(client: Client) -> None:
    check(client)
    wish(client, minutes="10", day=["tuesday", "friday"], walks="0", avoid=["lying_front"])
    shown = page(client, "/plan/new/")
    week = in_python(
        Preferences(
            minutes_a_day=10,
            days=("tuesday", "friday"),
            walks_minutes=0,
            avoid_positions=("lying_front",),
        )
    ).week
    assert week is not None
    assert max(day.minutes for day in week.days) <= 10
    assert shown.count("Nothing to train.") == sum(not day.items for day in week.days) >= 5
    names = {item.exercise for day in week.days for item in day.items}
    assert names
    assert exercises_on(client, "/plan/new/") >= names
    assert "walking" not in names
    assert "prone_lying" not in names


def test_what_is_ticked_leaves_an_exercise_out_and_says_why(client: Client) -> None:
    check(client)
    assert 'value="exercise_forbidden"' in client.get("/plan/start/").content.decode()
    wish(client)
    before = exercises_on(client, "/plan/new/")
    wish(client, fact=["exercise_forbidden"])
    shown = page(client, "/plan/new/")
    assert "Exercises that we left out, and why" in shown
    assert "Your first week" not in shown
    assert before


def test_only_what_would_change_this_plan_is_asked(client: Client) -> None:
    check(client, *CALF)
    shown = client.get("/plan/start/").content.decode()
    assert 'value="hip_replacement_rules"' not in shown
    assert 'name="eases"' not in shown  # no exercise for a calf bends the back
    assert 'name="running"' in shown


def test_what_an_exercise_asks_for_first_stands_beside_it(client: Client) -> None:
    check(client)
    wish(client)
    shown, expected = page(client, "/plan/new/").lower(), in_python(Preferences())
    assert expected.week is not None
    in_week = {item.exercise for day in expected.week.days for item in day.items}
    conditions = {e.why for e in expected.exercises if e.id in in_week and e.why}
    assert conditions
    for words in conditions:
        assert words.lower() in shown
    for e in expected.exercises:
        assert e.name.lower() in shown


def test_the_way_back_to_running_tells_its_tests(client: Client) -> None:
    check(client, *CALF)
    wish(client, running="yes")
    shown = page(client, "/plan/new/")
    for criterion in {c for s in injury("calf_strain").stages for c in s.to_leave}:
        ask = next(c.ask for c in load_running_return().criteria if c.id == criterion)
        assert ask in shown
    for step in walk_run_table("calf_strain"):
        assert step.in_words[1:] in shown


def test_to_skip_is_to_take_what_stands_there(client: Client) -> None:
    check(client)
    assert client.post("/plan/start/", {"skip": "yes", "minutes": "no number"}).status_code == 302
    skipped = client.get("/plan/new/plan.txt").content
    wish(client)
    assert client.get("/plan/new/plan.txt").content == skipped


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"day": []}, "at least one day"),
        ({"minutes": "soon"}, "whole number"),
        ({"minutes": "400"}, "5 to 120"),
        ({"walks": "-3"}, "whole number"),
        ({"walks": "٣"}, "whole number"),
        ({"eases": "flexion", "worsens": ["flexion"]}, "same movement"),
    ],
)
def test_a_wish_that_cannot_be_gets_a_sentence(
    client: Client, fields: dict[str, object], says: str
) -> None:
    check(client)
    answer = client.post("/plan/start/", {**WISHES, **fields})
    assert answer.status_code == 400
    assert says in words_in(answer.content)
    assert client.get("/plan/new/")["Location"] == "/plan/start/"


def test_odd_fields_do_no_harm(client: Client) -> None:
    check(client)
    wish(client, fact=["no_such_fact"], equipment=["chair", "<b>"], eases="up", avoid=["nowhere"])
    assert "<b>" not in page(client, "/plan/new/")


def test_every_choice_of_the_page_exists(client: Client) -> None:
    for direction in DIRECTION_NAMES:
        check(client)
        wish(client, eases=direction, equipment=list(EQUIPMENT_NAMES), avoid=list(POSITION_NAMES))
        assert client.get("/plan/new/").status_code == 200


def test_nothing_is_kept_until_the_person_says_so(client: Client) -> None:
    check(client)
    wish(client)
    for path in ("/plan/new/", "/plan/new/plan.pdf", "/plan/new/plan.txt", "/plan/new/week.ics"):
        assert client.get(path).status_code == 200
    assert client.get("/plan/")["Location"] == "/plan/new/"
    assert not Entry.objects.exists()
    assert not Visit.objects.filter(kept=True).exists()
    assert client.post("/plan/keep/")["Location"] == "/plan/"
    assert Entry.objects.get().kind == Kind.PLAN
    assert "Your plan is kept" in page(client, "/plan/")


def test_the_kept_plan_is_the_one_that_was_shown(client: Client) -> None:
    check(client)
    wish(client, minutes="15")
    shown = client.get("/plan/new/plan.txt").content
    client.post("/plan/keep/")
    assert client.get("/plan/plan.txt").content == shown
    kept = json.loads(Entry.objects.get().content)
    assert_holds(kept, in_python(Preferences(minutes_a_day=15)))


def test_a_new_check_forgets_the_wishes_of_the_one_before(client: Client) -> None:
    check(client)
    wish(client)
    check(client, *CALF)
    assert client.get("/plan/new/")["Location"] == "/plan/start/"


def test_wishes_are_nowhere_a_day_after_the_check_was_left_alone(client: Client) -> None:
    check(client)
    wish(client, minutes="45")
    assert "45" in Visit.objects.get().wishes
    held = [s.get_decoded() for s in Session.objects.all()]
    assert "minutes" not in json.dumps(held)
    Visit.objects.update(changed=timezone.now() - LEFT_ALONE + timedelta(minutes=5))
    check(Client(SERVER_NAME="localhost"))
    assert Visit.objects.filter(wishes__contains="45").count() == 1
    Visit.objects.update(changed=timezone.now() - LEFT_ALONE - timedelta(minutes=5))
    check(Client(SERVER_NAME="localhost"))
    assert not Visit.objects.filter(wishes__contains="45").exists()
    assert client.get("/plan/new/")["Location"] == "/plan/start/"


def test_wishes_do_not_make_a_check_look_newer(client: Client) -> None:
    check(client)
    before = Visit.objects.get().changed
    wish(client)
    assert Visit.objects.get().changed == before


def test_wishes_of_sessions_of_an_earlier_version_are_forgotten(client: Client) -> None:
    check(client)
    session = client.session
    session["plan_wishes"] = {"check": "x", "wishes": {"seen": True}}
    session.save()
    migration = import_module("lumbago.web.migrations.0003_wishes_and_running")
    migration.forget_in_sessions(apps, None)
    held = Session.objects.get(pk=session.session_key).get_decoded()
    assert "plan_wishes" not in held
    assert held["visit"] == session["visit"]


def test_a_kept_plan_is_changed_from_its_own_check(client: Client) -> None:
    check(client)
    wish(client)
    client.post("/plan/keep/")
    before = page(client, "/plan/")
    check(client, *CALF)
    assert 'value="20" checked' in client.get("/plan/change/").content.decode()
    changed = client.post("/plan/change/", {**WISHES, "minutes": "10", "seen": "yes"})
    assert changed["Location"] == "/plan/"
    after = page(client, "/plan/")
    assert "a clinician has looked at it" in after
    assert after != before
    kept = json.loads(Entry.objects.filter(replaced_by__isnull=True).get().content)
    assert_holds(kept, in_python(Preferences(minutes_a_day=10), seen=True))


def assert_holds(kept: Mapping[str, object], expected: Plan) -> None:
    assert msgspec.convert(kept, Plan) == expected


def test_delete_everything_covers_the_plan(client: Client) -> None:
    check(client)
    wish(client)
    client.post("/plan/keep/")
    wish_again = Client(SERVER_NAME="localhost")
    client.post("/privacy/delete/")
    assert not Entry.objects.exists()
    assert not Visit.objects.exists()
    for browser in (client, wish_again):
        assert "You have no plan yet" in page(browser, "/plan/")
        assert browser.get("/plan/plan.pdf").status_code == 400


def test_a_plan_of_another_version_does_not_stand_in_the_way(client: Client) -> None:
    check(client)
    wish(client)
    client.post("/plan/keep/")
    Entry.objects.update(content=json.dumps({"schema": "lumbago/plan/9"}))
    answer = client.get("/plan/")
    assert answer.status_code == 400
    assert "another version" in words_in(answer.content)
    assert client.get("/exercises/bird_dog/").status_code == 200
    wish(client)
    client.post("/plan/keep/")
    assert "Your plan is kept" in page(client, "/plan/")


def test_the_calendar_holds_seven_days_from_today_and_a_look_back(client: Client) -> None:
    check(client)
    wish(client, day=["monday", "thursday"])
    events = Calendar.from_ical(client.get("/plan/new/week.ics").content).walk("VEVENT")
    days = {e["DTSTART"].dt: str(e["DESCRIPTION"]) for e in events}
    *exercising, again = sorted(days)
    assert again == date.today() + timedelta(days=7)
    assert [d.weekday() for d in exercising].count(0) == 1
    assert {d.weekday() for d in exercising} == {0, 3}
    assert all(date.today() <= d < again for d in exercising)
    week = in_python(Preferences(days=("monday", "thursday"))).week
    assert week is not None
    for on in exercising:
        assert all(item.name in days[on] for item in week.days[on.weekday()].items)


@pytest.mark.parametrize("words", [(SCIATICA, MARKS), DANGER, CALF])
def test_the_text_sends_nobody_to_a_terminal(
    client: Client, words: tuple[str, Mapping[str, int]]
) -> None:
    check(client, *words)
    client.get("/plan/start/")
    client.post("/plan/start/", {"skip": "yes"})
    text = client.get("/plan/new/plan.txt").content.decode()
    assert "lumbago " not in text.replace("lumbago/", "")
    assert "--" not in re.sub(r"^-+$", "", text, flags=re.M)
    assert "`" not in text
    assert "not a diagnosis" in text
    assert "Evidence version" in text


def test_what_a_clinician_cleared_is_asked_and_opens_the_plan(client: Client) -> None:
    words = "Whiplash: a car ran into mine two weeks ago, my neck hurts and I cannot turn my head to the left."
    check(client, words, {"left_neck_back": 6})
    question = "Has a clinician looked at your neck since the injury"
    assert client.get("/plan/start/").status_code == 302
    assert "no exercises in this plan" in client.get("/plan/new/plan.txt").content.decode()
    assert "It was looked at" in page(client, "/plan/new/")
    assert question in page(client, "/plan/start/?seen")
    wish(client, seen="yes", fact="neck_cleared")
    assert "Exercises for this stage" in client.get("/plan/new/plan.txt").content.decode()


def text_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(p.extract_text() for p in pages).split())


def test_the_pdf_has_every_line_and_how_each_exercise_is_done(client: Client) -> None:
    check(client)
    wish(client)
    answer = client.get("/plan/new/plan.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    text, expected = text_of(answer.content).replace(" ", ""), in_python(Preferences())
    for line in expected.lines:
        assert line.text.replace(" ", "").replace("-", "") in text.replace("-", ""), line.text
    assert expected.week is not None
    for name in {i.exercise for d in expected.week.days for i in d.items}:
        e = load_exercises()[name]
        assert e.name.replace(" ", "") in text
        assert e.steps[0].replace(" ", "") in text, e.steps[0]


def test_the_exercise_page_gives_the_dose_of_the_plan(client: Client) -> None:
    assert "In your plan this week" not in page(client, "/exercises/bird_dog/")
    check(client)
    wish(client)
    week = in_python(Preferences()).week
    assert week is not None
    item = next(i for d in week.days for i in d.items)
    assert f"In your plan this week: {item.in_words}" in page(
        client, f"/exercises/{item.exercise}/"
    )
    assert "In your plan this week" not in page(
        Client(SERVER_NAME="localhost"), f"/exercises/{item.exercise}/"
    )
