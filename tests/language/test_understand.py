"""What people's words say: present, absent, somebody else's, feared, past."""

import pytest

from lumbago.language import understand

PRESENT = [
    ("I have had pain in my lower back since Tuesday", "low_back_pain"),
    ("my calf really hurts after a 5k", "calf_pain"),
    ("shooting pain down my left leg to my foot", "leg_pain_below_knee"),
    ("I can't pee since last night", "bladder_retention"),
    ("I havent been able to pass urine all day", "bladder_retention"),
    ("I wet myself without noticing", "bladder_loss_of_feeling_or_leak"),
    ("everything is numb down below, between my legs", "saddle_numbness"),
    ("my foot keeps dropping and I trip over it", "foot_drop"),
    ("I had breast cancer six years ago", "cancer_history"),
    ("on warfarin for AF", "blood_thinners"),
    ("I take prednisolone for my asthma", "steroid_use_long"),
    ("type 2 diabetic", "diabetes"),
    ("I'm 30 weeks pregnant", "pregnant"),
    ("the calf is swollen", "calf_swelling"),
    ("felt a pop in the back of my leg", "felt_pop_or_snap"),
    ("my wee is the colour of cola", "dark_urine"),
    ("foot has gone cold and white", "cold_pale_foot"),
    ("fever of 39 and shivering", "fever"),
    ("I am short of breath", "breathlessness"),
    ("crushing pressure in my chest", "chest_pressure"),
    ("the worst headache of my life, it hit me like a thunderclap", "thunderclap_headache"),
    ("I passed out in the kitchen", "fainted_or_collapsed"),
    ("SLR positive at 40 degrees", "straight_leg_raise"),
    ("absent left ankle jerk", "ankle_reflex_reduced"),
    ("eases when I lean on the shopping trolley", "relief_bending_forward"),
    ("I have lost two stone without trying", "weight_loss"),
    ("I cannot pass urine, fever he denies", "bladder_retention"),
    ("not without fever all week", "fever"),
    ("the pain has gone down my leg to the foot", "leg_pain"),
    ("this morning when I clean with the paper I feel nothing", "saddle_numbness"),
    ("he is burning, 39 degrees", "fever"),
]
ABSENT = [
    ("no numbness, weakness or bladder trouble", "bladder_change_mild"),
    ("I don't have a fever", "fever"),
    ("denies saddle numbness", "saddle_numbness"),
    ("no history of cancer", "cancer_history"),
    ("not short of breath", "breathlessness"),
    ("no calf swelling", "calf_swelling"),
    ("SLR negative", "straight_leg_raise"),
    ("Fever, night sweats, weight loss - none of those.", "night_sweats"),
    ("Headache, double vision and slurred speech he denies.", "double_vision"),
    ("Neg: fever, night sweats.", "night_sweats"),
    ("LBP 2/52. Ø fever, Ø saddle numbness", "saddle_numbness"),
    ("her leg pain has gone completely and she walks well", "leg_pain"),
    ("the numb feeling I had in my thigh on Sunday has gone", "numb_leg_area"),
    ("the limp has gone but I cannot run yet", "limp"),
]
NOT_PRESENT = [
    ("my mum has osteoporosis", "osteoporosis"),
    ("my dad had cancer", "cancer_history"),
    ("I am worried it could be cancer", "cancer_history"),
    ("whats wrong with me, have i got cancer", "active_cancer"),
    ("did I rip something in there??", "tearing_pain"),
    ("my knee is locked, I can't straighten the knee", "leg_weakness_severe_or_progressive"),
    ("leg raising is limited to 40 degrees", "fever"),
    ("what if I lose control of my bladder", "bladder_loss_of_feeling_or_leak"),
    ("my sister is pregnant", "pregnant"),
    ("the kettle is hot and the cat is asleep", "fever"),
]


@pytest.mark.parametrize(("text", "finding"), PRESENT)
def test_said_is_present_with_its_words(text: str, finding: str) -> None:
    mentions = {m.finding: m for m in understand(text).mentions}
    assert finding in mentions
    assert mentions[finding].state == "present"
    start, end = mentions[finding].span
    assert text[start:end] == mentions[finding].words


@pytest.mark.parametrize(("text", "finding"), ABSENT)
def test_denied_is_absent(text: str, finding: str) -> None:
    assert {m.finding: m.state for m in understand(text).mentions}.get(finding) == "absent"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("the chest pain went away after ten minutes", "chest_pain"),
        ("the numbness between my legs has gone", "saddle_numbness"),
        ("the fever went away after two days", "fever"),
    ],
)
def test_a_danger_sign_that_has_gone_is_asked_about(text: str, finding: str) -> None:
    assert {m.finding: m.state for m in understand(text).mentions}.get(finding) == "unsure"


def test_what_stops_somebody_has_not_gone() -> None:
    heard = {
        m.finding: m.value for m in understand("the pain in my calf stopped me running").mentions
    }
    assert heard["calf_pain"] == "yes"


@pytest.mark.parametrize(("text", "finding"), NOT_PRESENT)
def test_fears_and_other_peoples_illnesses_are_not_this_persons(text: str, finding: str) -> None:
    assert {m.finding: m.value for m in understand(text).settled()}.get(finding) != "yes"


@pytest.mark.parametrize(
    ("text", "age", "sex"),
    [
        ("45F with back pain", 45, "female"),
        ("I'm a 62 year old man", 62, "male"),
        ("72 yo M, stiff neck", 72, "male"),
        ("my back hurts", None, None),
        ("I am 5 weeks into this pain", None, None),
    ],
)
def test_age_and_sex_are_read(text: str, age: int | None, sex: str | None) -> None:
    understood = understand(text)
    assert (understood.age, understood.sex) == (age, sex)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("back pain since yesterday", "under_1_week"),
        ("leg pain for three weeks", "weeks_1_to_6"),
        ("8/52 low back pain", "weeks_6_to_12"),
        ("neck pain for two years", "over_12_weeks"),
        ("2/52 leg pain, appendix out ten years ago", "weeks_1_to_6"),
        ("my back went on Sunday week and it still hurts", "weeks_1_to_6"),
        ("it's day three of this back pain", "under_1_week"),
        ("I drove lorries for twenty years. My back has hurt for three weeks", "weeks_1_to_6"),
    ],
)
def test_duration_is_read(text: str, duration: str) -> None:
    assert {m.finding: m.value for m in understand(text).mentions}["duration"] == duration


@pytest.mark.parametrize(("text", "finding"), PRESENT)
def test_an_unrelated_sentence_adds_no_finding(text: str, finding: str) -> None:
    """It may add a question about itself: the train may have been a long journey."""
    before = {m.finding for m in understand(f"{text}.").settled()}
    after = {m.finding for m in understand(f"{text}. The train to Leeds was on time.").settled()}
    assert after <= before
    assert finding in after


def test_a_denial_that_is_too_unlikely_to_count_raises_no_question() -> None:
    heard = understand("I can walk fine but my calf is sore after a 5k. My bowels are normal.")
    assert {"child_refuses_to_walk", "unsteady_walking", "black_stools"}.isdisjoint(
        m.finding for m in heard.mentions
    )
