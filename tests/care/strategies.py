"""Random people for the tests of weeks, and how much of an exercise a week holds."""

from hypothesis import strategies as st

from lumbago.care.contraindications import load_facts
from lumbago.care.doses import volume
from lumbago.care.exercises import CATEGORIES, EQUIPMENT, POSITIONS, load_exercises
from lumbago.care.preferences import WEEKDAYS, Preferences
from lumbago.care.safety import Known
from lumbago.care.stages import TIMES
from lumbago.care.week import Week
from lumbago.case import Case
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.schema import DISPOSITIONS

CONDITIONS = [c.id for c in load_knowledge().conditions]
#: Causes with many exercises, so that weeks are full.
COMMON = [
    *("lumbar_muscle_strain", "disc_herniation_sciatica", "persistent_low_back_pain"),
    *("lumbar_spinal_stenosis", "gastrocnemius_strain", "achilles_tendinopathy"),
    *("pelvic_girdle_pain", "neck_strain"),
]
#: Findings that forbid some exercises and not all, so that something is left to arrange.
SOME = ["pregnant", "osteoporosis", "dizziness", "known_spondylolisthesis", "previous_fragility_fracture",
        "worse_bending_forward", "leg_pain_below_knee", "shoulder_pain", "leg_pain", "constant_unremitting",
        "focal_bone_tenderness", "saddle_numbness", "fever"]  # fmt: skip


def amount(of: Week, name: str) -> float:
    """All that a week holds of an exercise: repetitions or minutes, times a day, days."""
    items = [i for day in of.days for i in day.items if i.exercise == name]
    return sum(volume(i.dose) * i.dose.times_a_day for i in items)


def some_of(values: object) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(list(values)), unique=True, max_size=3).map(tuple)  # type: ignore[call-overload]  # any sequence


def preferences() -> st.SearchStrategy[Preferences]:
    return st.builds(
        Preferences,
        minutes_a_day=st.integers(5, 90),
        days=st.lists(st.sampled_from(WEEKDAYS), unique=True, min_size=1).map(tuple),
        equipment=some_of(EQUIPMENT),
        avoid_positions=some_of(POSITIONS),
        likes=some_of([*load_exercises(), *CATEGORIES]),
        dislikes=some_of([*load_exercises(), *CATEGORIES]),
        eases=st.none() | st.just("extension"),
        worsens=some_of(["flexion", "lateral"]),
        walks_minutes=st.integers(0, 60),
        running=st.booleans(),
    )


def known() -> st.SearchStrategy[Known]:
    findings = st.dictionaries(
        st.sampled_from([*SOME, *load_facts()]), st.sampled_from(("yes", "no")), max_size=4
    )
    return st.builds(
        Known,
        st.builds(Case, age=st.none() | st.integers(10, 90), findings=findings),
        st.dictionaries(st.sampled_from(CONDITIONS), st.floats(0, 0.4), max_size=3),
        st.sampled_from([None, *DISPOSITIONS[2:]]),
    )


def causes() -> st.SearchStrategy[list[str]]:
    one = st.sampled_from(COMMON) | st.sampled_from(CONDITIONS)
    return st.lists(one, unique=True, min_size=1, max_size=3)


times = st.sampled_from(list(TIMES))
