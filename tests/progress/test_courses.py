"""Curves say what was published, and a person stands on them where plain arithmetic puts them."""

from datetime import UTC, date, datetime, time, timedelta

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbago.errors import UnknownIdError
from lumbago.knowledge import load_knowledge
from lumbago.progress.change import change
from lumbago.progress.courses import _faults, course_for, expected, find_course, load_courses
from lumbago.progress.diary import About, CheckIn, Diary
from lumbago.progress.standing import course_of, error_of, standing

FIRST = date(2026, 1, 5)
CURVES = [c for c in load_courses() if c.kind == "curve"]


def diary(pains: dict[int, int], *, flares: tuple[int, ...] = (), **more: object) -> Diary:
    """A diary with one rating on each numbered day."""
    about = {"condition": "lumbar_muscle_strain", "regions": ("low_back",), "began": FIRST, **more}
    found = Diary().starting(About(at=datetime.combine(FIRST, time(7), UTC), **about))  # type: ignore[arg-type]
    for number, pain in pains.items():
        day = FIRST + timedelta(days=number)
        at = datetime.combine(day, time(20), UTC)
        found = found.adding(CheckIn(at=at, day=day, pain=pain, stops=pain, flare=number in flares))
    return found


def weeks_of(pain_by_week: dict[int, int]) -> dict[int, int]:
    """Daily ratings for the seven days that end each week."""
    return {7 * week - back: pain for week, pain in pain_by_week.items() for back in range(7)}


@pytest.mark.parametrize(
    ("name", "weeks", "low", "middle", "high"),
    [
        # Wallwork 2024, acute: 56, 26, 22, 21 of 100 at 0, 6, 26 and 52 weeks.
        ("low_back_acute", 0, 4.9, 5.6, 6.2),
        ("low_back_acute", 6, 2.1, 2.6, 3.1),
        ("low_back_acute", 26, 1.8, 2.2, 2.6),
        ("low_back_acute", 52, 1.7, 2.1, 2.5),
        ("low_back_subacute", 6, 2.2, 2.9, 3.7),
        ("low_back_persistent", 52, 2.7, 4.0, 5.4),
        # Hush 2011: 64, 35 and 42 of 100 at 0, 6.5 and 52 weeks.
        ("neck_acute", 6.5, 3.2, 3.5, 3.8),
        ("neck_acute", 52, 3.9, 4.2, 4.5),
    ],
)
def test_a_curve_says_what_was_published(
    name: str, weeks: float, low: float, middle: float, high: float
) -> None:
    band = expected(name, weeks)
    assert band is not None
    assert (band.low, band.middle, band.high) == pytest.approx((low, middle, high))


@given(st.sampled_from(CURVES), st.floats(0, 300), st.floats(0, 10))
def test_between_times_a_curve_is_the_straight_line_of_numpy(
    course, weeks: float, start: float
) -> None:  # type: ignore[no-untyped-def]
    rows = course.records
    times = [row.weeks for row in rows]
    band = expected(course.id, weeks)
    if not times[0] <= weeks <= times[-1]:
        assert band is None
        return
    assert band is not None
    unit = 0.1 if course.measure == "pain" else 1
    line = np.interp(weeks, times, [unit * (row.value or 0) for row in rows])
    assert band.middle == pytest.approx(line)
    assert band.low is None or band.low <= band.middle + 1e-9 <= (band.high or 0) + 2e-9
    own = expected(course.id, weeks, start)
    assert own is not None
    assert own.scaled
    if course.measure == "pain":
        assert 0 <= own.middle <= 10


@pytest.mark.parametrize("name", ["low_back_acute", "neck_acute"])
@pytest.mark.parametrize("start", [2, 5, 7])
def test_a_scaled_curve_begins_at_the_persons_own_start(name: str, start: float) -> None:
    for week in (0.0, 3.0):
        band = expected(name, week, start, start_week=week)
        assert band is not None
        assert band.middle == pytest.approx(start)


def test_pain_in_the_arm_falls_as_published() -> None:
    # Kuijper 2009: 3.1 mm of 100 a week (2.2 to 4.0), 19 mm in six weeks.
    band = expected("arm_pain", 6, 7)
    assert band is not None
    assert band.middle == pytest.approx(7 - 1.86)
    assert (band.low, band.high) == pytest.approx((7 - 2.4, 7 - 1.32))
    assert expected("arm_pain", 7, 7) is None
    assert expected("arm_pain", 3) is None


def test_usual_times_are_those_of_the_rows() -> None:
    assert [expected(f"calf_strain_grade_{g}", 0).low for g in (1, 2, 3)] == [1, 4, 8]  # type: ignore[union-attr]
    assert [expected(f"calf_strain_grade_{g}", 0).high for g in (1, 2, 3)] == [3, 8, 12]  # type: ignore[union-attr]
    assert expected("shin_splints", 0).middle == 10  # type: ignore[union-attr]
    assert expected("shin_splints", 0).high is None  # type: ignore[union-attr]


def test_limits_say_that_they_are_those_of_an_average() -> None:
    for course in CURVES:
        if course.band:
            assert "average" in course.band
            assert "single people spread" in course.band
        else:
            assert all(row.low is None for row in course.records)
            assert "no band" in course.note


def test_nothing_is_said_beyond_the_last_published_time() -> None:
    assert expected("low_back_acute", 52.1) is None
    assert expected("low_back_acute", -1) is None
    with pytest.raises(UnknownIdError, match="there are achilles_pain"):
        expected("nothing", 1)


@pytest.mark.parametrize(
    ("condition", "weeks", "course"),
    [
        ("lumbar_muscle_strain", 0, "low_back_acute"),
        ("lumbar_muscle_strain", 6, "low_back_subacute"),
        ("lumbar_disc_pain", 12, "low_back_persistent"),
        ("disc_herniation_sciatica", 3, "sciatica"),
        ("neck_strain", 1, "neck_acute"),
        ("cervical_radiculopathy", 1, "arm_pain"),
        ("achilles_tendinopathy", 30, "achilles_pain"),
        ("medial_tibial_stress_syndrome", 4, "shin_splints"),
        ("spinal_metastasis", 1, None),
        ("gastrocnemius_strain", 0, None),
    ],
)
def test_a_course_is_chosen_by_cause_and_time(
    condition: str, weeks: float, course: str | None
) -> None:
    found = course_for(condition, weeks)
    assert (found.id if found else None) == course


def test_a_strain_takes_its_grade() -> None:
    for grade in (1, 2, 3):
        for muscle in ("gastrocnemius_strain", "soleus_strain"):
            found = course_for(muscle, 0, grade=grade)
            assert found is not None
            assert found.grade == grade


def test_faults_in_the_courses_are_found() -> None:
    acute = find_course("low_back_acute")
    bent = msgspec.structs.replace(
        acute, topic="nothing", rows=(*reversed(acute.rows), "none"), band=""
    )
    listed = "\n".join(_faults((bent,)))
    for fault in ("unknown topic", "unknown row none", "in order", "what the limits are"):
        assert fault in listed


def test_every_review_has_words_and_every_course_a_source() -> None:
    sources = load_knowledge().source_by_id
    for course in load_courses():
        assert course.source in sources
        assert course.review.words.endswith(".")


# Six at the start: by week 6 the acute curve has 6 x 26/56 = 2.8 of 10, 6 x 21/56 = 2.3 to 6 x 31/56 = 3.3.
# Seven ratings in a week count as four: error 2 / sqrt(4) = 1.
@pytest.mark.parametrize(
    ("pain", "verdict"),
    [
        (6, "behind"),
        (5, "behind"),
        (4, "as_expected"),
        (3, "as_expected"),
        (2, "as_expected"),
        (1, "ahead"),
        (0, "ahead"),
    ],
)
def test_verdict_at_six_weeks_is_that_of_plain_arithmetic(pain: int, verdict: str) -> None:
    kept = diary({**dict.fromkeys(range(3), 6), **weeks_of({6: pain})})
    found = standing(kept, course_of(kept), FIRST + timedelta(weeks=6))
    assert found.verdict == verdict
    assert found.value == pain
    assert found.band is not None
    assert (found.band.low, found.band.high) == pytest.approx((6 * 21 / 56, 6 * 31 / 56))


def test_one_rating_alone_needs_to_be_further_away() -> None:
    # 5 - 2 = 3 lies within the band that ends at 3.3; 6 - 2 = 4 does not.
    for pain, verdict in ((5, "as_expected"), (6, "behind")):
        kept = diary({0: 6, 42: pain})
        assert standing(kept, course_of(kept), FIRST + timedelta(weeks=6)).verdict == verdict
    assert error_of(None, 1) == 2
    assert error_of(None, 100) == error_of(None, 4) == 1
    assert error_of(find_course("neck_acute"), 1) == 4


@given(st.integers(0, 9), st.integers(0, 10))
def test_more_pain_never_stands_better(pain: int, start: int) -> None:
    order = ["ahead", "as_expected", "behind"]
    ranks = []
    for level in (pain, pain + 1):
        kept = diary({**dict.fromkeys(range(3), start), **weeks_of({6: level})})
        found = standing(kept, course_of(kept), FIRST + timedelta(weeks=6))
        ranks.append(order.index(found.verdict))
    assert ranks[0] <= ranks[1]


@pytest.mark.parametrize(
    ("kept", "week", "reason"),
    [
        (diary({}), 1, "no check-in yet"),
        (diary({0: 5}), 0, "too early"),
        (diary({0: 5}), 3, "no check-in in the last 7 days"),
        (diary({0: 5, 420: 3}), 60, "Nobody has published"),
        (diary({0: 5, 7: 3}, condition="spinal_metastasis"), 1, "No study gives"),
        (diary({0: 5, 7: 3}, condition=None), 1, "Name the likeliest cause"),
        (diary({0: 5, 7: 3}, condition="soleus_strain"), 1, "depends on its grade"),
        (diary({0: 5, 7: 3, 14: 8}, flares=(14,)), 2, "in a flare"),
    ],
)
def test_what_cannot_be_said_is_not_said(kept: Diary, week: int, reason: str) -> None:
    found = standing(kept, course_of(kept), FIRST + timedelta(weeks=week))
    assert found.verdict == "cannot_say"
    assert reason in found.reasons[0]


def test_a_flare_that_does_not_settle_is_no_longer_set_aside() -> None:
    days = {0: 5, **dict.fromkeys(range(28, 50), 7)}
    kept = diary(days, flares=tuple(range(28, 50)))
    verdicts = [
        standing(kept, course_of(kept), FIRST + timedelta(days=day)).verdict
        for day in (30, 40, 43, 49)
    ]
    assert verdicts == ["cannot_say", "cannot_say", "behind", "behind"]


@pytest.mark.parametrize(
    ("week", "pain", "verdict"),
    [
        (2, 0, "ahead"),
        (2, 5, "as_expected"),
        (6, 0, "as_expected"),
        (8, 4, "as_expected"),
        (9, 4, "behind"),
        (9, 0, "as_expected"),
    ],
)
def test_a_strain_of_grade_2_is_held_to_four_to_eight_weeks(
    week: int, pain: int, verdict: str
) -> None:
    kept = diary(
        {0: 5, **weeks_of({week: pain})},
        course="calf_strain_grade_2",
        condition="gastrocnemius_strain",
    )
    assert standing(kept, course_of(kept), FIRST + timedelta(weeks=week)).verdict == verdict


def test_past_a_usual_time_without_limits_nothing_is_judged() -> None:
    kept = diary({0: 5, **weeks_of({12: 3})}, condition="medial_tibial_stress_syndrome")
    found = standing(kept, course_of(kept), FIRST + timedelta(weeks=12))
    assert found.verdict == "cannot_say"
    assert "Half of those studied were there by week 10" in found.reasons[0]


@pytest.mark.parametrize(
    ("last", "verdict"), [(92, "ahead"), (90, "as_expected"), (75, "as_expected"), (50, "behind")]
)
def test_a_tendon_stands_by_its_questionnaire(last: int, verdict: str) -> None:
    # van der Plas: 49.2 to 75 in a year; from 49 the average is 75, and 15.4 either way is set aside.
    kept = diary({0: 5}, condition="achilles_tendinopathy", course="achilles_visa_a")
    for day, value in ((0, 49.2), (364, last)):
        when = FIRST + timedelta(days=day)
        kept = kept.answering(
            "visa_a", {"score": value}, day=when, at=datetime.combine(when, time(9), UTC)
        )
    found = standing(kept, course_of(kept), FIRST + timedelta(days=364))
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("name", "before", "after", "better", "beyond", "important"),
    [
        # A published example: from 12 to 2 of 24 is 10 points, 83%, better.
        ("rmdq", 12, 2, 10, True, True),
        ("rmdq", 12, 8, 4, False, False),
        ("nprs", 6, 4, 2, True, True),
        ("nprs", 6, 5, 1, False, False),
        ("nprs", 4, 6, -2, True, True),
        ("ndi", 20, 14, 6, True, False),
        ("lefs", 40, 49, 9, True, True),
        ("odi", 40, 31, 9, False, False),
        ("visa_a", 50, 66, 16, None, True),
        ("phq2", 4, 1, 3, None, None),
    ],
)
def test_change_is_held_against_error_and_what_matters(
    name: str,
    before: float,
    after: float,
    better: float,
    beyond: bool | None,
    important: bool | None,
) -> None:
    found = change(name, before, after)
    assert (found.better, found.beyond_error, found.important) == (better, beyond, important)
    assert ("worse" in found.words) == (better < 0)
