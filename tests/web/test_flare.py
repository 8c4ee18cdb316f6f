"""A flare told in a check-in: the easier week on every page, its reasons, and the way back."""

import html
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

from lumbago.care.exercises import exercise, load_exercises
from lumbago.care.flare import flare_week, load_flare
from lumbago.care.week_values import Week
from lumbago.progress import CheckIn, Diary
from lumbago.web import record, tracking
from lumbago.web.models import Entry, Kind, Person, Visit
from lumbago.web.recover import FlareOver
from lumbago.web.recover_flare import flare_of
from tests.web.kept import keep_plan, usual_week

FINE = {"pain": 6, "stops": 5, "new": "no"}
TODAY = date.today()
CALF = "gastrocnemius_strain"


@pytest.fixture
def own() -> Iterator[record.Own]:
    """Somebody in week 3, with a plan whose first week is in its third day, and a diary."""
    Person.objects.all().delete()
    Visit.objects.all().delete()
    held = record.Own(Person.objects.create(pk=Person.LOCAL))
    keep_plan(held, since=TODAY - timedelta(days=2), pain_began=TODAY - timedelta(weeks=3))
    yield held
    Person.objects.all().delete()


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def told(own: record.Own, *days_ago: int) -> None:
    for days in days_ago:
        at = datetime.now(UTC) - timedelta(days=days)
        day = TODAY - timedelta(days=days)
        tracking.add_check_in(own, CheckIn(at=at, day=day, pain=6, stops=5, flare=True))


def doses(week: Week) -> set[tuple[str, str]]:
    """Each exercise with how much of it, as pages say it."""
    return {(item.name, item.in_words) for day in week.days for item in day.items}


def shown_doses(client: Client) -> set[tuple[str, str]]:
    page = client.get("/plan/").content.decode()
    week = page[page.index('<ol class="week">') :]
    found = re.findall(r'<a href="/exercises/\w+/">([^<]+)</a> <span class="dose">([^<]+)<', week)
    return {(html.unescape(name), html.unescape(dose)) for name, dose in found}


def test_the_week_of_the_plan_is_the_easier_one_and_comes_back(
    own: record.Own, client: Client
) -> None:
    usual = usual_week(own)
    assert shown_doses(client) == doses(usual)
    client.post("/diary/", {**FINE, "flare": "on"})
    page = words(client, "/plan/")
    assert "An easier week: half of your usual one" in page
    assert shown_doses(client) == doses(flare_week(usual, "first_week")) != doses(usual)
    assert usual_week(own) == usual  # what is stored stays
    client.post("/plan/flare/", {"then": "usual"})
    assert shown_doses(client) == doses(usual)
    assert "You are back to your usual week" in words(client, "/plan/")
    client.post("/plan/flare/", {"then": "easier"})
    assert shown_doses(client) == doses(flare_week(usual, "first_week"))


@pytest.mark.parametrize(
    ("days", "step"),
    [(0, "first_week"), (6, "first_week"), (7, "second_week"), (13, "second_week"), (14, None)],
)
def test_half_for_a_week_then_three_quarters_then_all_of_it(
    own: record.Own, client: Client, days: int, step: str | None
) -> None:
    usual = usual_week(own)
    told(own, days)
    expected = usual if step is None else flare_week(usual, step)  # type: ignore[arg-type]  # one of the two
    assert shown_doses(client) == doses(expected)


def test_heavy_loads_are_left_out_and_the_pages_say_so(own: record.Own, client: Client) -> None:
    keep_plan(own, since=TODAY, pain_began=TODAY, condition=CALF, time="weeks_6_to_12")
    usual = usual_week(own)
    heavy = {
        item.exercise
        for day in usual.days
        for item in day.items
        if exercise(item.exercise).load in ("moderate", "heavy", "impact")
    }
    assert len(heavy) > 1
    told(own, 0)
    assert "It is too heavy for the first days of a flare." in words(client, "/plan/")
    plan, listed = words(client, "/plan/"), words(client, "/exercises/")
    for name in heavy:
        assert load_exercises()[name].name in plan.partition("Left out until then")[2]
        assert load_exercises()[name].name in listed[: listed.index("Part of the body")]
        assert "Left out this week" in words(client, f"/exercises/{name}/")


def test_the_list_of_exercises_begins_with_the_easier_week(own: record.Own, client: Client) -> None:
    assert "Yours this week" not in words(client, "/exercises/")
    told(own, 0)
    week = flare_week(usual_week(own), "first_week")
    answer = client.get("/exercises/")
    top = answer.content.decode().partition("Part of the body")[0]
    assert set(re.findall(r'href="/exercises/(\w+)/"', top)) == {
        item.exercise for day in week.days for item in day.items
    }
    item = next(item for day in week.days for item in day.items)
    page = words(client, f"/exercises/{item.exercise}/")
    assert "half of your usual, because it has flared up" in page


@pytest.mark.usefixtures("own")
def test_no_cache_keeps_a_list_that_may_show_what_is_theirs(client: Client) -> None:
    assert "public" in Client(SERVER_NAME="localhost").get("/exercises/")["Cache-Control"]
    client.post("/check/", {"new": "yes", "age": "45", "sex": "female"})
    assert "no-store" in client.get("/exercises/")["Cache-Control"]


def test_the_flare_goes_with_the_check_in_that_told_of_it(own: record.Own, client: Client) -> None:
    client.post("/diary/", {**FINE, "flare": "on"})
    (written,) = tracking.diary(own).check_ins
    client.post(f"/diary/entry/{written.key}/", FINE)
    assert shown_doses(client) == doses(usual_week(own))


def test_a_new_flare_after_going_back_is_a_new_one(own: record.Own, client: Client) -> None:
    told(own, 3)
    client.post("/plan/flare/", {"then": "usual"})
    assert shown_doses(client) == doses(usual_week(own))
    client.post("/diary/", {**FINE, "flare": "on"})
    assert shown_doses(client) == doses(flare_week(usual_week(own), "first_week"))


def test_correcting_an_older_check_in_does_not_bring_a_flare_back() -> None:
    over = FlareOver(day=TODAY, at=datetime.now(UTC))
    later, day = datetime.now(UTC) + timedelta(minutes=5), TODAY - timedelta(days=2)
    diary = Diary(written=(CheckIn(at=later, day=day, pain=3, stops=2, flare=True),))
    found = flare_of(diary, TODAY, over)
    assert found is not None
    assert found.over


def test_the_phase_goes_by_how_long_it_lasts(own: record.Own) -> None:
    told(own, 5, 3, 0)
    found = flare_of(tracking.diary(own), TODAY, None)
    assert found is not None
    assert (found.began, found.last) == (TODAY - timedelta(days=5), TODAY)
    assert found.phase(TODAY) == "one_week"
    assert {p.id for p in load_flare().phases} == {
        found.phase(found.began + timedelta(days=n)) for n in range(6)
    }


def test_the_next_week_waits_for_a_whole_usual_one(own: record.Own, client: Client) -> None:
    keep_plan(own, since=TODAY - timedelta(days=8), pain_began=TODAY - timedelta(weeks=3))
    assert "of your exercises is over" in words(client, "/progress/")
    told(own, 1)
    page = words(client, "/progress/")
    assert "of your exercises is over" not in page
    assert "Your exercises are cut to half" in page
    assert client.get("/progress/next-week/")["Location"] == "/progress/"
    client.post("/plan/flare/", {"then": "usual"})
    assert "of your exercises is over" not in words(client, "/progress/")  # it begins anew today


def test_a_danger_sign_hides_every_exercise_until_it_is_judged(
    own: record.Own, client: Client
) -> None:
    name = next(item.exercise for day in usual_week(own).days for item in day.items)
    answer = client.post(
        "/diary/", {**FINE, "flare": "on", "new": "yes", "sign": "saddle_numbness"}
    )
    assert answer["Location"] == "/diary/alarm/"
    for path in ("/plan/", "/exercises/", f"/exercises/{name}/"):
        page = client.get(path).content.decode()
        assert re.search(r'class="banner (emergency|ambulance)"', page), path
        assert "Leave your exercises until somebody has looked" in page, path
        assert 'class="week"' not in page, path
        assert 'class="your-dose"><strong>In your plan' not in page, path
        assert "What to do now" not in page, path
    for file in ("plan.pdf", "plan.txt", "week.ics"):
        assert client.get(f"/plan/{file}").status_code == 400
    client.post("/diary/alarm/")
    assert 'class="week"' in client.get("/plan/").content.decode()


def test_files_of_the_plan_hold_the_easier_week(own: record.Own, client: Client) -> None:
    told(own, 0)
    text = client.get("/plan/plan.txt").content.decode()
    assert "half of the usual one" in text
    assert "Your first week, half of it\n---" in text
    week = flare_week(usual_week(own), "first_week")
    item = next(item for day in week.days for item in day.items)
    assert item.in_words in " ".join(text.split())
    events = client.get("/plan/week.ics").content.decode().replace("\r\n ", "")
    assert item.in_words.replace(",", "\\,") in events
    printed = PdfReader(io.BytesIO(client.get("/plan/plan.pdf").content))
    on_paper = " ".join(" ".join(p.extract_text() for p in printed.pages).split())
    assert "It has flared up, so this is half of the usual week." in on_paper


def test_other_wishes_do_not_bring_a_flare_back(own: record.Own, client: Client) -> None:
    told(own, 1)
    client.post("/plan/flare/", {"then": "usual"})
    client.post("/check/", {"new": "yes", "age": "45", "sex": "female"})
    client.post("/check/where/", {"pain-low_back_middle": "5"})
    client.post("/plan/start/", {"skip": "yes"})
    client.post("/plan/keep/")
    assert "An easier week" not in words(client, "/plan/")


@pytest.mark.usefixtures("own")
def test_the_switch_does_nothing_without_a_flare(client: Client) -> None:
    before = Entry.objects.filter(kind=Kind.PLAN).count()
    client.post("/plan/flare/", {"then": "usual"})
    assert Entry.objects.filter(kind=Kind.PLAN).count() == before
    assert client.get("/plan/flare/").status_code == 405


def test_a_plan_with_no_week_stays_as_it_is(own: record.Own, client: Client) -> None:
    record.change_plan(own, lambda c: {**(c or {}), "week": None})
    told(own, 0)
    assert "An easier week" not in words(client, "/plan/")
