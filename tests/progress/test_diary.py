"""A diary keeps what it is given, refuses what cannot be, and joins copies without loss."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbago.errors import UserError
from lumbago.progress.diary import About, Answered, CheckIn, Diary, DiaryError, read_diary

FIRST = date(2026, 1, 5)


def at(hour: int = 8, day: int = 0) -> datetime:
    return datetime(2026, 1, 5, hour, tzinfo=UTC) + timedelta(days=day)


def about(**more: Any) -> About:
    return About(at=at(7), began=FIRST, regions=("low_back",), **more)


def check_in(**more: Any) -> CheckIn:
    return CheckIn(**{"at": at(), "day": FIRST, "pain": 5, "stops": 4, **more})


ratings = st.integers(0, 10)
moments = st.datetimes(
    datetime(2026, 1, 6),
    datetime(2026, 3, 30),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=13))]),
)
check_ins = st.builds(
    CheckIn,
    at=moments,
    day=st.dates(date(2026, 1, 1), FIRST),
    pain=ratings,
    stops=ratings,
    notes=st.text(max_size=5),
    flare=st.booleans(),
    medicines=st.lists(st.text(max_size=3), max_size=2).map(tuple),
    danger_signs=st.sampled_from([(), ("saddle_numbness",)]),
)
diaries = st.lists(check_ins, max_size=6).map(lambda values: _diary(values))


def _diary(values: list[CheckIn]) -> Diary:
    diary = Diary().starting(about())
    for value in values:
        diary = diary.adding(value)
    return diary


@given(diaries)
@settings(max_examples=40)
def test_a_diary_comes_back_from_its_file_unchanged(diary: Diary) -> None:
    assert read_diary(diary.to_json()) == diary
    assert read_diary(diary.to_json()).to_json() == diary.to_json()


@given(diaries, diaries, diaries)
@settings(max_examples=40)
def test_joining_copies_loses_nothing_in_any_order(a: Diary, b: Diary, c: Diary) -> None:
    joined = a.joined(b).joined(c)
    assert {x.key for x in joined.written} == {x.key for d in (a, b, c) for x in d.written}
    assert joined == c.joined(b.joined(a))
    assert joined.joined(a) == joined


@given(diaries, check_ins)
@settings(max_examples=40)
def test_adding_only_ever_adds(diary: Diary, value: CheckIn) -> None:
    after = diary.adding(value)
    assert {x.key for x in diary.written} <= {x.key for x in after.written}
    assert value.key in {x.key for x in after.written}
    assert after.adding(value) == after  # the same thing sent twice is one


def test_a_correction_hides_the_earlier_one_but_keeps_it() -> None:
    wrong = check_in(pain=9)
    diary = Diary().adding(wrong)
    right = check_in(at=at(9), pain=3, replaces=wrong.key)
    corrected = diary.adding(right)
    assert corrected.check_ins == (right,)
    assert wrong in corrected.written


def test_a_correction_of_nothing_is_refused() -> None:
    with pytest.raises(DiaryError, match="there is no check-in abc to correct"):
        Diary().adding(check_in(replaces="abc"))


@pytest.mark.parametrize("name", ["pain", "stops", "pain_during", "pain_after", "effort"])
@pytest.mark.parametrize("value", [-1, 11, 2.5, "5", True])
def test_a_rating_that_cannot_be_is_named(name: str, value: Any) -> None:
    plain = name.replace("_", " ")
    with pytest.raises(DiaryError, match=f"^{plain} must be a whole number from 0 to 10; got"):
        Diary().adding(check_in(**{name: value}))


def test_a_day_to_come_is_refused() -> None:
    with pytest.raises(DiaryError, match="still to come"):
        Diary().adding(check_in(day=FIRST + timedelta(days=2)))


def test_an_unknown_sign_condition_or_course_is_refused() -> None:
    for change in (
        lambda: Diary().adding(check_in(danger_signs=("nothing",))),
        lambda: Diary().starting(about(condition="nothing")),
        lambda: Diary().starting(about(course="nothing")),
        lambda: Diary().starting(about(findings={"fever": "perhaps"})),
        lambda: Diary().starting(about(age=130)),
        lambda: Diary().starting(About(at=at(7), began=FIRST + timedelta(days=2))),
    ):
        with pytest.raises(UserError):
            change()


def test_a_questionnaire_is_scored_as_it_is_added() -> None:
    diary = Diary().answering("rmdq", {"1": True, "2": True}, day=FIRST, at=at())
    assert diary.scores("rmdq")[0].value == 2
    assert isinstance(diary.answered[0], Answered)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not a diary"),
        (b"[]", "Expected `object`"),
        (b'{"schema": "lumbago/diary/9"}', "schema"),
        (
            b'{"written": [{"at": "2026-01-05T08:00:00Z", "day": "2026-01-05", "pain": 12, "stops": 1}]}',
            r"\$.written\[0\].pain",
        ),
        (
            b'{"written": [{"at": "2026-01-05T08:00:00", "day": "2026-01-05", "pain": 1, "stops": 1}]}',
            "timezone",
        ),
        (
            b'{"answered": [{"at": "2026-01-05T08:00:00Z", "day": "2026-01-05", "prom": "sf36", "value": 1}]}',
            "no questionnaire",
        ),
    ],
)
def test_a_file_that_is_no_diary_says_where(content: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read_diary(content, "mine.json")


def test_the_same_file_is_read_on_any_machine() -> None:
    # The form is a promise to people's files: a change here needs a new schema id and a way to read the old.
    diary = Diary().starting(about()).adding(check_in())
    fields = {
        k: sorted(v[0])
        for k, v in msgspec.json.decode(diary.to_json()).items()
        if isinstance(v, list) and v
    }
    assert fields == {
        "abouts": [
            "age",
            "assessed",
            "at",
            "began",
            "condition",
            "course",
            "findings",
            "regions",
            "sex",
        ],
        "written": [
            "at",
            "danger_signs",
            "day",
            "done",
            "effort",
            "exercises",
            "flare",
            "medicines",
            "notes",
            "pain",
            "pain_after",
            "pain_during",
            "replaces",
            "stops",
        ],
    }
