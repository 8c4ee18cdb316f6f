"""REBA, RULA and OWAS: every cell of every table, every border of every angle, and laws over time."""

from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lumbago.errors import MeasurementError
from lumbago.prevention.posture import (
    METHODS,
    Handling,
    Method,
    assess_posture,
    durations,
    rula_force,
    summarise,
)
from lumbago.prevention.posture_angles import STANCES, Angles, owas_parts, reba_parts, rula_parts
from lumbago.prevention.posture_picture import posture_svg
from lumbago.prevention.posture_scores import bands_of, owas_score, reba_score, rula_score
from lumbago.prevention.posture_tables import load_posture

WRITTEN = yaml.safe_load(
    (Path(__file__).parent / "transcriptions.yaml").read_text(encoding="utf-8")
)


def transcribed(name: str) -> dict[tuple[int, ...], int]:
    """A table in somebody else's layout, by its own counting."""
    cells = [[int(cell) for cell in row.split()] for row in WRITTEN[name]["rows"]]
    found: dict[tuple[int, ...], int] = {}
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            key = {
                "reba_a": lambda r, c: (c // 4, r, c % 4),
                "reba_b": lambda r, c: (r, c // 3, c % 3),
                "reba_c": lambda r, c: (r, c),
                "rula_a": lambda r, c: (r // 3, r % 3, c // 2, c % 2),
                "rula_b": lambda r, c: (r, c // 2, c % 2),
                "rula_c": lambda r, c: (r, c),
                "owas": lambda r, c: (r // 3, r % 3, c // 3, c % 3),
            }[name](row, column)
            found[key] = value
    return found


@pytest.mark.parametrize("name", list(WRITTEN))
def test_every_cell_agrees_with_an_independent_transcription(name: str) -> None:
    ours, theirs = load_posture().scores[name], transcribed(name)
    assert set(theirs) == set(product(*(range(size) for size in ours.shape)))
    assert {key: int(ours[key]) for key in theirs} == theirs


def test_every_cell_is_reached_through_the_public_functions() -> None:
    a, b, c = (transcribed(f"reba_{letter}") for letter in "abc")
    for (neck, trunk, legs), (arm, elbow, wrist) in product(a, b):
        whole = {"neck": neck + 1, "trunk": trunk + 1, "legs": legs + 1}
        limb = {"upper_arm": arm + 1, "lower_arm": elbow + 1, "wrist": wrist + 1}
        left, right = a[neck, trunk, legs], b[arm, elbow, wrist]
        assert reba_score(**whole, **limb).reba == c[left - 1, right - 1]
    for code, category in transcribed("owas").items():
        found = owas_score(back=code[0] + 1, arms=code[1] + 1, legs=code[2] + 1, load=code[3] + 1)
        assert found.category == category
        assert str(found.code) == "".join(str(digit + 1) for digit in code)


def test_rula_through_its_public_function() -> None:
    a, b, c = (transcribed(f"rula_{letter}") for letter in "abc")
    arms, bodies = np.array(list(a)) + 1, np.array(list(b)) + 1
    columns = {
        "upper_arm": arms[:, None, 0],
        "lower_arm": arms[:, None, 1],
        "wrist": arms[:, None, 2],
        "wrist_twist": arms[:, None, 3],
        "neck": bodies[None, :, 0],
        "trunk": bodies[None, :, 1],
        "legs": bodies[None, :, 2],
    }
    found = rula_score(**columns).rula
    expected = [[c[min(x, 8) - 1, min(y, 7) - 1] for y in b.values()] for x in a.values()]
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize(
    ("method", "score", "band"),
    [
        *(
            ("reba", s, n)
            for n, r in (("negligible", [1]), ("low", [2, 3]), ("medium", [4, 7]))
            for s in r
        ),
        *(("reba", s, n) for n, r in (("high", [8, 10]), ("very high", [11, 15])) for s in r),
        *(("rula", s, f"action level {(s + 1) // 2}") for s in range(1, 8)),
        *(("owas", s, f"category {s}") for s in range(1, 5)),
    ],
)
def test_bands(method: str, score: int, band: str) -> None:
    bands, place = bands_of(method, score)
    assert bands[int(place)].name == band


def angles(**changed: Any) -> Angles:
    """One upright posture with some angles changed; a pair is left and right."""
    sided = {
        "upper_arm_flexion",
        "lower_arm_flexion",
        "upper_arm_abduction",
        "wrist_flexion",
        "wrist_deviation",
        "wrist_twist",
        "knee_flexion",
        "shoulder_raised",
        "arm_supported",
        "lower_arm_across",
    }
    values: dict[str, Any] = {}
    for name in Angles.__dataclass_fields__:
        if name == "stance":
            values[name] = np.array(
                [STANCES.index(changed.get("stance", "two_legs"))], dtype=np.int8
            )
        elif name in sided:
            pair = np.broadcast_to(
                np.atleast_1d(np.array(changed.get(name, 0.0), dtype=float)), (2,)
            )
            values[name] = pair[:, None]
        else:
            values[name] = np.array([changed.get(name, 0.0)], dtype=float)
    return Angles(**values)


def part(maker: Any, name: str, **changed: Any) -> int:
    return int(np.max(maker(angles(**changed))[name]))


BORDERS = [
    (reba_parts, "neck", "neck_flexion", {-6: 2, -5: 1, 0: 1, 20: 1, 20.1: 2}),
    (reba_parts, "neck", "neck_twist", {10: 1, 10.1: 2, -10.1: 2}),
    (reba_parts, "neck", "neck_side", {10: 1, 10.1: 2}),
    (reba_parts, "trunk", "trunk_flexion", {-21: 3, -20: 2, -6: 2, 0: 1, 5: 1, 6: 2, 20: 2, 21: 3}),
    (reba_parts, "trunk", "trunk_flexion", {60: 3, 60.1: 4}),
    (reba_parts, "trunk", "trunk_twist", {10: 1, 10.1: 2}),
    (reba_parts, "legs", "knee_flexion", {0: 1, 29: 1, 30: 2, 60: 2, 61: 3}),
    (reba_parts, "upper_arm", "upper_arm_flexion", {-21: 2, -20: 1, 20: 1, 21: 2, 45: 2, 46: 3}),
    (reba_parts, "upper_arm", "upper_arm_flexion", {90: 3, 91: 4}),
    (reba_parts, "upper_arm", "upper_arm_abduction", {20: 1, 21: 2}),
    (reba_parts, "lower_arm", "lower_arm_flexion", {59: 2, 60: 1, 100: 1, 101: 2}),
    (reba_parts, "wrist", "wrist_flexion", {-16: 2, -15: 1, 15: 1, 16: 2}),
    (reba_parts, "wrist", "wrist_deviation", {10: 1, 11: 2}),
    (reba_parts, "wrist", "wrist_twist", {45: 1, 46: 2}),
    (rula_parts, "neck", "neck_flexion", {-6: 4, -5: 1, 10: 1, 11: 2, 20: 2, 21: 3}),
    (rula_parts, "trunk", "trunk_flexion", {0: 1, 6: 2, 20: 2, 21: 3, 60: 3, 61: 4, -30: 3}),
    (rula_parts, "wrist", "wrist_flexion", {0: 1, 5: 1, 6: 2, 15: 2, 16: 3, -16: 3}),
    (rula_parts, "wrist", "wrist_deviation", {10: 1, 11: 2}),
    (rula_parts, "wrist_twist", "wrist_twist", {45: 1, 46: 2}),
    (rula_parts, "lower_arm", "lower_arm_flexion", {59: 2, 60: 1, 100: 1, 101: 2}),
    (rula_parts, "upper_arm", "upper_arm_flexion", {20: 1, 45: 2, 90: 3, 91: 4}),
    (owas_parts, "back", "trunk_flexion", {20: 1, 21: 2, -21: 2}),
    (owas_parts, "back", "trunk_twist", {20: 1, 21: 3}),
    (owas_parts, "back", "trunk_side", {20: 1, 21: 3}),
    (owas_parts, "arms", "upper_arm_flexion", {89: 1, 90: 3}),
    (owas_parts, "legs", "knee_flexion", {30: 2, 31: 4}),
]


@pytest.mark.parametrize(("maker", "name", "angle", "expected"), BORDERS)
def test_borders_of_the_angles(
    maker: Any, name: str, angle: str, expected: dict[float, int]
) -> None:
    assert {value: part(maker, name, **{angle: value}) for value in expected} == expected


def test_what_adds_up_and_what_does_not() -> None:
    both = {"trunk_twist": 30, "trunk_side": 30, "neck_twist": 30, "neck_side": 30}
    assert part(reba_parts, "trunk", trunk_flexion=70, **both) == 5  # 1 for either
    assert part(rula_parts, "trunk", trunk_flexion=70, **both) == 6  # 1 for each
    assert part(reba_parts, "neck", neck_flexion=30, **both) == 3
    assert part(rula_parts, "neck", neck_flexion=-30, **both) == 6
    assert part(owas_parts, "back", trunk_flexion=30, **both) == 4
    raised = {"upper_arm_flexion": 100, "upper_arm_abduction": 40, "shoulder_raised": 1}
    assert part(reba_parts, "upper_arm", **raised) == 6
    assert part(reba_parts, "upper_arm", arm_supported=1, **raised) == 5
    assert part(rula_parts, "upper_arm", arm_supported=1) == 1
    assert part(rula_parts, "lower_arm", lower_arm_across=1, lower_arm_flexion=20) == 3
    assert part(rula_parts, "trunk", trunk_supported=1, trunk_flexion=30) == 1


@pytest.mark.parametrize(
    ("stance", "knees", "reba", "rula", "owas"),
    [
        ("two_legs", (0, 0), 1, 1, 2),
        ("two_legs", (0, 50), 2, 1, 5),
        ("two_legs", (70, 70), 3, 1, 4),
        ("one_leg", (0, 70), 4, 2, 3),
        ("one_leg", (40, 70), 4, 2, 5),
        ("sitting", (90, 90), 1, 1, 1),
        ("kneeling", (100, 100), 3, 2, 6),
        ("walking", (20, 20), 1, 1, 7),
    ],
)
def test_legs(stance: str, knees: tuple[int, int], reba: int, rula: int, owas: int) -> None:
    given_ = {"stance": stance, "knee_flexion": knees}
    assert part(reba_parts, "legs", **given_) == reba
    assert part(rula_parts, "legs", **given_) == rula
    assert part(owas_parts, "legs", **given_) == owas


def test_an_arm_that_hangs_from_a_bent_trunk_is_not_up() -> None:
    assert part(owas_parts, "arms", trunk_flexion=80, upper_arm_flexion=90) == 1
    assert part(owas_parts, "arms", upper_arm_flexion=(120, 0)) == 2
    assert part(owas_parts, "arms", upper_arm_abduction=(90, 90)) == 3


def test_load_and_force() -> None:
    def score(method: Method, **handling: Any) -> int:
        return int(
            assess_posture(method, angles(lower_arm_flexion=80), handling=Handling(**handling))[0]
        )

    assert [score("reba", load_kg=kg) for kg in (0, 4.9, 5, 10, 10.1)] == [1, 1, 1, 1, 2]
    assert score("reba", load_kg=11, force="shock", coupling=3, activity=3) == 7
    assert [score("owas", load_kg=kg) for kg in (10, 10.1, 20, 20.1)] == [1, 1, 1, 1]
    assert rula_force([1.9, 2, 10, 10.1], "now_and_then").tolist() == [0, 1, 1, 2]
    assert rula_force([1.9, 2, 10, 10.1], "held").tolist() == [0, 2, 2, 3]
    assert rula_force([0, 20], "shock").tolist() == [3, 3]


NAMES = [name for name in Angles.__dataclass_fields__ if name != "stance"]
FLAGS = {
    "shoulder_raised",
    "arm_supported",
    "lower_arm_across",
    "trunk_supported",
    "legs_unsupported",
}
SIDED = {name for name in NAMES if angles().__dict__[name].ndim == 2}


@st.composite
def recordings(draw: st.DrawFn) -> Angles:
    count = draw(st.integers(1, 6))
    values: dict[str, Any] = {}
    for name in NAMES:
        shape = (2, count) if name in SIDED else (count,)
        numbers = st.sampled_from([0.0, 1.0]) if name in FLAGS else st.floats(-180, 180)
        values[name] = draw(arrays(float, shape, elements=numbers))
    stance = draw(arrays(np.int8, (count,), elements=st.integers(0, 4)))
    return Angles(**values, stance=stance)


@given(recordings(), st.sampled_from(METHODS))
def test_many_at_once_are_each_alone(recording: Angles, method: Method) -> None:
    together = assess_posture(method, recording)
    for place in range(len(together)):
        alone = Angles(
            **{
                name: getattr(recording, name)[..., place : place + 1]
                for name in [*NAMES, "stance"]
            }
        )
        assert assess_posture(method, alone)[0] == together[place]


@given(recordings(), st.sampled_from(METHODS))
def test_a_mirror_image_has_the_same_score(recording: Angles, method: Method) -> None:
    mirrored = {name: getattr(recording, name) for name in NAMES}
    mirrored |= {name: mirrored[name][::-1] for name in SIDED}
    for name in ("trunk_side", "trunk_twist", "neck_side", "neck_twist"):
        mirrored[name] = -mirrored[name]
    np.testing.assert_array_equal(
        assess_posture(method, recording),
        assess_posture(method, Angles(**mirrored, stance=recording.stance)),
    )


@given(recordings(), st.sampled_from(METHODS))
def test_a_heavier_load_never_lowers_the_score(recording: Angles, method: Method) -> None:
    scores = [
        assess_posture(method, recording, handling=Handling(load_kg=kg)) for kg in (0, 3, 7, 15, 25)
    ]
    assert all((after >= before).all() for before, after in pairwise(scores))


@given(
    arrays(np.int8, st.integers(1, 40), elements=st.integers(1, 15)),
    st.randoms(use_true_random=False),
)
def test_times_add_up_and_the_worst_comes_first(scores: Any, random: Any) -> None:
    steps = np.array([random.uniform(0.01, 2.0) for _ in scores])
    result = summarise("reba", scores, time_s=np.cumsum(steps))
    assert sum(result.share) == pytest.approx(1.0)
    assert sum(result.seconds) == pytest.approx(durations(np.cumsum(steps)).sum())
    assert result.worst[0].score == result.highest == scores.max()
    order = [(-m.score, m.start_s - m.end_s) for m in result.worst]
    assert order == sorted(order)


def test_a_gap_ends_a_spell_and_counts_for_nothing() -> None:
    time, lasts = np.array([0.0, 1.0, 5.0]), np.array([1.0, 1.0, 1.0])
    result = summarise("owas", np.array([2, 2, 2], dtype=np.int8), time_s=time, lasts_s=lasts)
    assert sum(result.seconds) == 3.0
    assert [(m.start_s, m.end_s) for m in result.worst] == [(0.0, 2.0), (5.0, 6.0)]


def test_the_drawing_has_words_for_every_method() -> None:
    scores = np.array([1, 3, 2], dtype=np.int8)
    time = np.arange(3.0)
    results = [summarise(method, scores, time_s=time) for method in METHODS]
    svg = posture_svg(results, time_s=time, lasts_s=durations(time))
    assert all(f"{method.upper()}: highest score 3" in svg for method in METHODS)


def test_bad_input_gets_one_clear_sentence() -> None:
    with pytest.raises(MeasurementError, match="score of neck is 4; it must be 1 to 3"):
        reba_score(neck=4, trunk=1, legs=1, upper_arm=1, lower_arm=1, wrist=1)
    with pytest.raises(MeasurementError, match="not a whole number"):
        owas_score(back=1.5, arms=1, legs=1)
    with pytest.raises(MeasurementError, match="load must be 0 kg or more"):
        assess_posture("reba", angles(), handling=Handling(load_kg=-1))
    with pytest.raises(MeasurementError, match="has a gap"):
        angles(trunk_flexion=float("nan"))
    with pytest.raises(MeasurementError, match="posture 3 is 1 s, not after"):
        summarise("reba", np.array([1, 1, 1], dtype=np.int8), time_s=np.array([0.0, 1.0, 1.0]))
    with pytest.raises(MeasurementError, match="no posture"):
        summarise("reba", np.array([], dtype=np.int8), time_s=np.array([]))
