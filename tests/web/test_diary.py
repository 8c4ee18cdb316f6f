"""A diary kept on its pages: begun, written, put right; danger signs at once; nothing from the future."""

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from lumbago.progress import About, CheckIn, Diary
from lumbago.web import record, tracking
from lumbago.web.models import Entry, Kind, Person, Visit
from tests.web.recovery import made_plan, story_record

LOW_BACK = {"low_back_pain": "yes"}
FINE = {"pain": 4, "stops": 3, "new": "no"}


@pytest.fixture
def nobody() -> Iterator[None]:
    """This machine with no record on it, before and after."""
    Person.objects.all().delete()
    yield
    Person.objects.all().delete()


@pytest.fixture
def own() -> Iterator[record.Own]:
    """A record with a diary that has just been begun."""
    Person.objects.all().delete()
    held = record.Own(Person.objects.create(pk=Person.LOCAL))
    began = date.today() - timedelta(days=3)
    about = About(at=_ago(1), began=began, age=42, sex="female", regions=("low_back",))
    tracking.start(held, about)
    yield held
    Person.objects.all().delete()


def _ago(days: float) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def _diary() -> Diary:
    person = Person.objects.filter(pk=Person.LOCAL).first()
    return tracking.diary(record.Reading(person)) if person is not None else Diary()


@pytest.mark.usefixtures("nobody")
def test_looking_keeps_nothing(client: Client) -> None:
    for place in ("/diary/", "/diary/start/", "/progress/", "/progress/flare/"):
        assert client.get(place).status_code in (200, 302)
    assert not Person.objects.exists()


@pytest.mark.usefixtures("nobody")
def test_a_diary_begins_when_the_person_says_so_and_knows_the_check(client: Client) -> None:
    client.post("/check/", {"age": "44", "sex": "male", "new": "yes"})
    client.post("/check/where/", {"pain-low_back_middle": "6"})
    assert client.get("/diary/").status_code == 200
    assert not Entry.objects.exists()
    answer = client.post("/diary/start/", {"ago": "3", "unit": "weeks"})
    assert answer["Location"] == "/diary/"
    about = _diary().about
    assert about is not None
    assert (about.age, about.sex, about.regions) == (44, "male", ("low_back",))
    assert abs((date.today() - timedelta(weeks=3) - about.began).days) <= 1
    assert about.assessed is None  # the safety questions were not answered


@pytest.mark.usefixtures("nobody")
@pytest.mark.parametrize("typed", ["", "x", "-1", "3.5", "999999", "99999"])
def test_a_beginning_that_cannot_be_is_asked_for_again(client: Client, typed: str) -> None:
    answer = client.post("/diary/start/", {"ago": typed, "unit": "years"})
    assert answer.status_code == 422
    assert 'id="ago-error"' in answer.content.decode()
    assert _diary().about is None


@pytest.mark.usefixtures("own")
def test_two_numbers_and_no_danger_sign_are_a_check_in(client: Client) -> None:
    answer = client.post("/diary/", FINE, follow=True)
    assert answer.redirect_chain[0][0] == "/progress/"
    assert "Saved" in answer.content.decode()
    (written,) = _diary().check_ins
    assert (written.pain, written.stops, written.day) == (4, 3, date.today())


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"stops": 3, "new": "no"}, "pain"),
        ({"pain": 11, "stops": 3, "new": "no"}, "pain"),
        ({"pain": "²", "stops": 3, "new": "no"}, "pain"),
        ({"pain": 3, "new": "no"}, "stops"),
        ({"pain": 3, "stops": 3}, "new"),
        ({"pain": 3, "stops": 3, "new": "yes"}, "new"),
        ({**FINE, "day": "yesterday"}, "day"),
        ({**FINE, "day": (date.today() + timedelta(days=1)).isoformat()}, "day"),
        ({**FINE, "day": "0001-01-01"}, "day"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said_and_nothing_typed_is_lost(
    client: Client, sent: dict[str, str | int], field: str
) -> None:
    answer = client.post("/diary/", {**sent, "notes": "Walked to the shop."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in page
    assert f'id="field-{field}"' in page
    assert f'id="error-{field}"' in page
    assert "Walked to the shop." in page
    assert _diary().written == ()


@pytest.mark.usefixtures("own")
def test_an_earlier_day_can_be_written_down(client: Client) -> None:
    day = date.today() - timedelta(days=4)
    client.post("/diary/", {**FINE, "day": day.isoformat(), "flare": "on", "medicines": "a, b"})
    (written,) = _diary().check_ins
    assert written.day == day
    assert written.flare
    assert written.medicines == ("a", "b")


@pytest.mark.usefixtures("own")
def test_a_danger_sign_is_answered_at_once_and_stays_until_it_is_judged(client: Client) -> None:
    answer = client.post("/diary/", {**FINE, "new": "yes", "sign": "saddle_numbness"}, follow=True)
    assert answer.redirect_chain[0][0] == "/diary/alarm/"
    page = answer.content.decode()
    assert "Numbness between the legs" in page
    assert re.search(r'class="banner (emergency|ambulance)"', page)
    later = client.post("/diary/", FINE)  # a calm check-in does not take it back
    assert later["Location"] == "/diary/alarm/"
    shown = client.get("/progress/").content.decode()
    assert "Nothing else matters before this" in shown
    assert 'class="verdict' not in shown
    assert client.post("/diary/alarm/")["Location"] == "/progress/"  # a clinician has looked
    assert client.get("/diary/alarm/")["Location"] == "/diary/"
    assert 'class="banner' not in client.get("/progress/").content.decode()


@pytest.mark.usefixtures("own")
def test_a_ticked_sign_counts_even_where_no_is_chosen_too(client: Client) -> None:
    answer = client.post("/diary/", {**FINE, "new": "no", "sign": "bladder_retention"})
    assert answer["Location"] == "/diary/alarm/"


@pytest.mark.usefixtures("own")
def test_only_signs_that_are_offered_are_taken(client: Client) -> None:
    answer = client.post("/diary/", {**FINE, "new": "yes", "sign": "no_such_sign"})
    assert answer.status_code == 422
    assert _diary().written == ()


@pytest.mark.usefixtures("own")
def test_a_new_check_is_taken_over_and_ends_the_alarm_only_if_it_was_whole(client: Client) -> None:
    client.post("/diary/", {**FINE, "new": "yes", "sign": "saddle_numbness"})
    client.post("/check/", {"age": "44", "sex": "male", "new": "yes"})
    client.post("/check/where/", {"pain-low_back_middle": "6"})
    assert "gone through the check again" in client.get("/diary/").content.decode()
    client.post("/diary/check/")
    assert _diary().about.age == 44  # type: ignore[union-attr]  # it was begun
    assert client.get("/diary/alarm/").status_code == 200  # its safety questions are open


@pytest.mark.usefixtures("own")
def test_a_whole_calm_check_ends_the_alarm(client: Client) -> None:
    client.post("/diary/", {**FINE, "new": "yes", "sign": "saddle_numbness"})
    client.post("/check/", {"age": "44", "sex": "male", "new": "yes"})
    client.post("/check/where/", {"pain-low_back_middle": "6"})
    for _ in range(40):
        place = client.get("/check/questions/")["Location"]
        if "/questions/" not in place:
            break
        client.post(place, {"rest": "no"})
    assert place == "/check/answers/"
    client.post("/diary/check/")
    assert client.get("/diary/alarm/").status_code == 302


@pytest.mark.usefixtures("own")
def test_a_correction_takes_the_place_of_a_check_in_and_keeps_what_it_does_not_change(
    client: Client,
) -> None:
    client.post("/diary/", {**FINE, "notes": "first"})
    (before,) = _diary().check_ins
    page = client.get(f"/diary/entry/{before.key}/").content.decode()
    assert "first" in page
    assert re.search(r'name="pain" value="4" checked', page)
    client.post(f"/diary/entry/{before.key}/", {**FINE, "pain": 7, "notes": "first"})
    (now,) = _diary().check_ins
    assert (now.pain, now.notes, now.replaces) == (7, "first", before.key)
    assert client.get("/diary/entry/nothing/").status_code == 404


OLD_PLANS: tuple[dict[str, object], ...] = (
    {"schema": "lumbago/plan/1", "of": "another time"},
    {"schema": "lumbago/plan/9"},
    made_plan(date.today()) | {"own": {"on": "a Tuesday"}},
    made_plan(date.today()) | {"own": ["another", "shape"]},
    json.loads(json.dumps(made_plan(date.today())).replace("bird_dog", "an_exercise_of_old")),
)


@pytest.mark.parametrize("plan", OLD_PLANS)
def test_a_plan_of_another_version_stops_no_correction_and_is_kept(
    own: record.Own, client: Client, plan: dict[str, object]
) -> None:
    record.change_plan(own, lambda _: plan)
    client.post("/diary/", {**FINE, "notes": "first"})
    (before,) = _diary().check_ins
    answer = client.get(f"/diary/entry/{before.key}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "first" in page
    assert "Your plan was written by another version" in page
    sent = {**FINE, "pain": 8, "notes": "first"}
    assert client.post(f"/diary/entry/{before.key}/", sent)["Location"] == "/progress/"
    assert [(c.pain, c.notes) for c in _diary().check_ins] == [(8, "first")]
    stored = record.plan(own)
    assert stored is not None
    assert stored.content == plan  # nothing of it is lost
    for place in ("/diary/", "/progress/", "/progress/flare/", "/exercises/", "/exercises/clam/"):
        assert client.get(place).status_code == 200, place
    assert "another version" in client.get("/plan/").content.decode()


def test_check_ins_of_a_file_can_be_corrected(client: Client) -> None:
    """The numbers of their entries are those of the file."""
    Person.objects.all().delete()
    file = io.BytesIO(story_record("slow"))
    file.name = "record.zip"
    client.post("/record/import/", {"record": file})
    before = _diary().check_ins[-1]
    answer = client.post(f"/diary/entry/{before.key}/", {**FINE, "pain": 9})
    assert answer.status_code == 302
    assert _diary().check_ins[-1].pain == 9
    Person.objects.all().delete()


@pytest.mark.usefixtures("own")
def test_a_danger_sign_ticked_by_mistake_is_taken_back_by_a_correction(client: Client) -> None:
    client.post("/diary/", {**FINE, "new": "yes", "sign": "saddle_numbness"})
    (before,) = _diary().check_ins
    answer = client.post(f"/diary/entry/{before.key}/", FINE)
    assert answer["Location"] == "/progress/"
    assert client.get("/diary/alarm/").status_code == 302


@pytest.mark.usefixtures("own")
def test_a_form_sent_twice_is_stored_once_and_two_windows_lose_nothing(client: Client) -> None:
    client.post("/diary/", FINE)
    client.post("/diary/", FINE)
    assert len(_diary().check_ins) == 1
    client.post("/diary/", {**FINE, "pain": 5})
    assert [c.pain for c in _diary().check_ins] == [4, 5]


def test_a_questionnaire_that_is_due_is_offered_scored_and_acted_on(
    own: record.Own, client: Client
) -> None:
    for weeks in range(7):
        day = date.today() - timedelta(weeks=weeks)
        check_in = CheckIn(at=_ago(0.5), day=day, pain=5, stops=4)
        tracking.add_check_in(own, check_in)
    assert "/diary/questions/rmdq/" in client.get("/diary/").content.decode()
    assert client.get("/diary/questions/rmdq/").status_code == 200
    client.post("/diary/questions/rmdq/", {"item-1": "1", "item-4": "1"})
    assert [a.value for a in _diary().scores("rmdq")] == [2]
    page = client.post(
        "/diary/questions/phq2/", {"item-interest": "3", "item-down": "3"}, follow=True
    ).content.decode()
    assert "What your answers call for" in page


@pytest.mark.usefixtures("own")
def test_a_questionnaire_with_a_gap_says_so_and_keeps_the_rest(client: Client) -> None:
    answer = client.post("/diary/questions/peg/", {"item-pain": "4", "item-enjoyment": "twelve"})
    assert answer.status_code == 422
    assert re.search(r'name="item-pain" value="4" checked', answer.content.decode())
    assert _diary().answered == ()
    for name in ("no_such", "odi"):  # the wording of the second is not free
        assert client.get(f"/diary/questions/{name}/").status_code == 404


@pytest.mark.usefixtures("own")
def test_deleting_everything_takes_the_diary_with_it(client: Client) -> None:
    client.post("/diary/", FINE)
    client.post("/privacy/delete/")
    assert not Entry.objects.filter(kind=Kind.CHECK_IN).exists()
    assert _diary().about is None
    assert not Visit.objects.exists()
