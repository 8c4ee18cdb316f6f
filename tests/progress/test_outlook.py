"""Five ways in which twelve weeks can go: what the diary says is right in each."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import msgspec
import numpy as np
import pytest

from lumbago.assessment.rules import flag_rules
from lumbago.case import REGIONS, Case
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.schema import DISPOSITIONS
from lumbago.progress.danger import HELP_TODAY, danger_signs, reassess
from lumbago.progress.diary import About, CheckIn, Diary
from lumbago.progress.outlook import Outlook, outlook
from lumbago.progress.simulate import STORIES, Story, simulate
from lumbago.reasoning.flags import fired

FIRST = date(2026, 1, 5)
SEEDS = range(20)
BLAME = ("your fault", "you should have", "lazy", "diagnos", "failed")


@cache
def story(name: Story, seed: int) -> Diary:
    return simulate(name, np.random.default_rng(seed), FIRST)


def at_week(name: Story, week: int, seed: int) -> Outlook:
    return outlook(story(name, seed), FIRST + timedelta(weeks=week))


def kinds(found: Outlook) -> list[str]:
    return [m.kind for m in found.messages]


@pytest.mark.parametrize("seed", SEEDS)
def test_quick_recovery_is_ahead_and_then_over(seed: int) -> None:
    third, last = at_week("quick", 3, seed), at_week("quick", 12, seed)
    assert third.standing.verdict == "ahead"
    assert third.pain is not None
    assert third.pain.important
    assert kinds(last)[0] == "recovered"
    assert "69 of 100" in last.messages[0].words
    assert "review" not in kinds(last)


@pytest.mark.parametrize("seed", SEEDS)
def test_slow_recovery_is_looked_at_at_six_weeks_and_catches_up(seed: int) -> None:
    sixth, last = at_week("slow", 6, seed), at_week("slow", 12, seed)
    assert sixth.standing.verdict == "behind"
    assert kinds(sixth)[0] == "review"
    assert "Book with your GP or a physiotherapist" in sixth.messages[0].words
    assert last.standing.verdict == "as_expected"
    assert "review" not in kinds(last)
    assert last.pain is not None
    assert last.pain.important


@pytest.mark.parametrize("seed", SEEDS)
def test_a_flare_is_met_with_calm_and_passes(seed: int) -> None:
    in_it, after = at_week("flare", 8, seed), at_week("flare", 12, seed)
    assert kinds(in_it)[0] == "flare"
    assert "seldom mean new damage" in in_it.messages[0].words
    assert in_it.standing.verdict == "cannot_say"
    assert not {"review", "worse"} & set(kinds(in_it))
    assert "flare" not in kinds(after)
    assert after.standing.verdict in ("as_expected", "ahead")


@pytest.mark.parametrize("seed", SEEDS)
def test_pain_that_never_gets_better_is_sent_for_help_at_six_weeks_and_after(seed: int) -> None:
    assert "review" not in kinds(at_week("never_better", 4, seed))
    for week in (6, 8, 12):
        found = at_week("never_better", week, seed)
        assert found.standing.verdict == "behind"
        assert kinds(found)[0] == "review"
        assert found.pain is not None
        assert not found.pain.important


@pytest.mark.parametrize("seed", SEEDS)
def test_a_danger_sign_in_week_three_stands_alone_and_names_the_place(seed: int) -> None:
    before = at_week("danger_sign", 2, seed)
    found = at_week("danger_sign", 3, seed)
    assert before.danger is None
    assert found.danger is not None
    assert found.danger.level == "emergency"
    assert kinds(found) == ["danger"]
    assert found.messages[0].words.startswith("Go to an emergency department now.")
    assert "ces_saddle_numbness" in found.danger.rules


@pytest.mark.parametrize(
    ("name", "week", "verdicts"),
    [
        ("quick", 6, {"ahead"}),
        ("slow", 3, {"as_expected", "behind"}),
        ("flare", 3, {"as_expected"}),
        ("flare", 6, {"as_expected"}),
        ("never_better", 3, {"as_expected", "behind"}),
    ],
)
def test_verdicts_on_the_way(name: Story, week: int, verdicts: set[str]) -> None:
    found = [at_week(name, week, seed) for seed in SEEDS]
    assert {o.standing.verdict for o in found} == verdicts
    assert all("review" not in kinds(o) for o in found)


def test_the_sign_stays_until_it_has_been_assessed() -> None:
    kept = story("danger_sign", 0)
    later = FIRST + timedelta(weeks=5)
    assert outlook(kept, later).danger is not None
    assert kept.about is not None
    moment = datetime.combine(FIRST + timedelta(days=22), time(8), UTC)
    renamed = msgspec.structs.replace(kept.about, at=moment, condition="lumbar_ligament_sprain")
    assert outlook(kept.starting(renamed), later).danger is not None  # takes nothing back
    again = About(
        at=moment,
        assessed=moment,
        began=kept.about.began,
        condition=kept.about.condition,
        age=42,
        regions=("low_back",),
        findings={"saddle_numbness": "no", "bladder_retention": "no"},
    )
    assert outlook(kept.starting(again), later).danger is None


def test_a_corrected_slip_of_the_finger_takes_the_alarm_back() -> None:
    kept = story("danger_sign", 0)
    slip = kept.check_ins[-1]
    right = CheckIn(
        at=slip.at + timedelta(minutes=1), day=slip.day, pain=5, stops=4, replaces=slip.key
    )
    assert outlook(kept.adding(right), slip.day).danger is None


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("week", [0, 1, 3])
def test_words_are_plain_and_without_blame(name: Story, week: int) -> None:
    for message in at_week(name, week, 1).messages:
        assert message.words
        assert not any(word in message.words.lower() for word in BLAME)
        assert message.words[-1] in ".!"


@pytest.mark.parametrize("name", STORIES)
def test_the_same_diary_gives_the_same_answer_whole_or_from_its_file(name: Story) -> None:
    from lumbago.progress.diary import read_diary

    kept = story(name, 3)
    day = kept.check_ins[-1].day
    assert outlook(read_diary(kept.to_json()), day).to_dict() == outlook(kept, day).to_dict()


def test_simulation_is_the_same_for_the_same_seed() -> None:
    one, two = (simulate("flare", np.random.default_rng(5), FIRST) for _ in range(2))
    assert one == two
    assert one != simulate("flare", np.random.default_rng(6), FIRST)


@pytest.mark.parametrize("region", REGIONS)
def test_every_sign_on_offer_asks_for_help_today_by_itself(region: str) -> None:
    case = Case(age=45, regions=(region,))  # type: ignore[arg-type]
    offered = danger_signs(case)
    assert len(offered) >= 10
    for sign in offered:
        kept = _with_sign(case, sign.id)
        found = reassess(kept, FIRST)
        assert found is not None
        assert found.level in HELP_TODAY, sign.id
        assert outlook(kept, FIRST).messages[0].kind == "danger"


@pytest.mark.parametrize("region", REGIONS)
def test_a_sign_is_never_judged_milder_than_the_rules_judge_it(region: str) -> None:
    case = Case(age=60, sex="male", regions=(region,))  # type: ignore[arg-type]
    for finding in load_knowledge().findings:
        if not finding.red_flag or finding.kind != "yes_no":
            continue
        holding = fired(flag_rules(), case.having({finding.id: "yes"}))
        if holding:
            found = reassess(_with_sign(case, finding.id), FIRST)
            assert found is not None
            assert DISPOSITIONS.index(found.level) <= holding[0].level, finding.id


@pytest.mark.parametrize(
    "known", [{}, {"condition": "lumbar_muscle_strain"}, {"condition": "neck_strain"}]
)
def test_a_sign_counts_though_nobody_said_where_it_hurts(known: dict[str, str]) -> None:
    sign = "bladder_retention"
    about = About(at=datetime.combine(FIRST, time(7), UTC), began=FIRST, **known)  # type: ignore[arg-type]
    kept = Diary().starting(about)
    assert sign in {f.id for f in danger_signs(about.case)}
    at = datetime.combine(FIRST, time(20), UTC)
    kept = kept.adding(CheckIn(at=at, day=FIRST, pain=5, stops=5, danger_signs=(sign,)))
    found = reassess(kept, FIRST)
    assert found is not None
    assert found.level == "emergency"


def test_a_sign_that_is_weak_alone_asks_for_the_questions_again() -> None:
    kept = _with_sign(Case(age=45, regions=("low_back",)), "night_sweats")
    found = outlook(kept, FIRST)
    assert found.danger is not None
    assert found.danger.level not in HELP_TODAY
    assert "Go through the questions again now" in found.messages[0].words
    assert len(found.messages) > 1


def test_signs_of_another_sex_or_age_are_not_on_offer() -> None:
    child = {f.id for f in danger_signs(Case(age=8, regions=("low_back",)))}
    adult = {f.id for f in danger_signs(Case(age=45, regions=("low_back",)))}
    assert "child_refuses_to_walk" in child - adult


def test_getting_worse_is_said_with_what_to_do() -> None:
    kept = _days({**dict.fromkeys(range(3), 3), **dict.fromkeys(range(15, 22), 7)})
    found = outlook(kept, FIRST + timedelta(days=21))
    assert "worse" in kinds(found)


def test_scores_are_followed_too() -> None:
    kept = _days({0: 5, 28: 3})
    for day, ticks in ((0, 12), (28, 2)):
        when = FIRST + timedelta(days=day)
        answers = {str(i): True for i in range(1, ticks + 1)}
        kept = kept.answering("rmdq", answers, day=when, at=datetime.combine(when, time(9), UTC))
    found = outlook(kept, FIRST + timedelta(days=28))
    assert [c.better for c in found.scores] == [10]
    assert "more than chance, and as much as people notice" in found.messages[-1].words


def test_low_mood_is_answered_with_kindness_while_it_is_recent() -> None:
    kept = _days({0: 5, 20: 3, 60: 3})
    at = datetime.combine(FIRST, time(9), UTC)
    kept = kept.answering(
        "phq4", {"nervous": 0, "worry": 1, "interest": 3, "down": 1}, day=FIRST, at=at
    )
    steps = [
        m.words for m in outlook(kept, FIRST + timedelta(days=20)).messages if m.kind == "next_step"
    ]
    assert len(steps) == 1
    assert steps[0].startswith("Low mood and pain often go together")
    assert "next_step" not in kinds(outlook(kept, FIRST + timedelta(days=60)))


def _days(pains: dict[int, int]) -> Diary:
    kept = Diary().starting(
        About(
            at=datetime.combine(FIRST, time(7), UTC),
            began=FIRST,
            condition="lumbar_muscle_strain",
            regions=("low_back",),
        )
    )
    for number, pain in pains.items():
        day = FIRST + timedelta(days=number)
        kept = kept.adding(
            CheckIn(at=datetime.combine(day, time(20), UTC), day=day, pain=pain, stops=pain)
        )
    return kept


def _with_sign(case: Case, sign: str) -> Diary:
    about = About(
        at=datetime.combine(FIRST, time(7), UTC),
        began=FIRST,
        age=case.age,
        sex=case.sex,
        regions=case.regions,
    )
    at = datetime.combine(FIRST, time(20), UTC)
    return (
        Diary()
        .starting(about)
        .adding(CheckIn(at=at, day=FIRST, pain=5, stops=5, danger_signs=(sign,)))
    )
