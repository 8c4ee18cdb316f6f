"""How a reader is counted against marked texts: by a reader whose every answer is written here."""

from pathlib import Path
from typing import Literal

import pytest

from lumbago.errors import CaseFileError
from lumbago.language import Mention, Understanding
from lumbago.research.language import AnnotatedText, LanguageFigures, measure_language, read_texts

TEXT = AnnotatedText(
    id="one",
    text="No numbness, sore calf, maybe swollen, not up to much.",
    findings={"numb_leg_area": False, "calf_pain": True},
    optional=["fatigue_persistent"],
    optional_absent=["numb_inner_shin"],
    unsure=["calf_swelling"],
)


def figures(**read: str) -> LanguageFigures:
    """Figures of a reader that takes exactly these values from the text."""
    state: dict[str, Literal["present", "absent"]] = {"yes": "present", "no": "absent"}
    mentions = tuple(
        Mention(name, value, state[value], (0, 2), "No") for name, value in read.items()
    )
    return measure_language([TEXT], lambda text: Understanding(text, mentions, None, None))


def test_what_is_marked_is_right() -> None:
    counted = figures(numb_leg_area="no", calf_pain="yes")
    assert (counted.right, counted.found, counted.marked) == (2, 2, 2)
    assert counted.precision == counted.recall == 1


def test_the_opposite_sign_is_turned_and_missed() -> None:
    counted = figures(numb_leg_area="yes")
    assert (counted.turned, counted.wrong, counted.found) == (1, 0, 0)
    assert counted.negation_errors == 1


@pytest.mark.parametrize("value", ["yes", "no"])
def test_what_is_optional_or_left_open_counts_neither_way(value: str) -> None:
    counted = figures(fatigue_persistent=value, calf_swelling=value)
    assert (counted.right, counted.wrong, counted.turned) == (0, 0, 0)


def test_what_is_denied_unnamed_may_be_read_as_absent_and_never_as_present() -> None:
    assert figures(numb_inner_shin="no").wrong == 0
    assert figures(numb_inner_shin="yes").wrong == 1


def test_what_no_field_names_is_wrong() -> None:
    assert figures(fever="yes").wrong == 1


def test_what_follows_from_a_mark_is_right_and_a_special_form_finds_the_general_one() -> None:
    assert figures(mid_calf_pain="yes").found == 1
    only = AnnotatedText(
        id="two", text="Sore in the bulge of the calf.", findings={"mid_calf_pain": True}
    )
    calf = Mention("calf_pain", "yes", "present", (0, 4), "Sore")
    assert (
        measure_language([only], lambda text: Understanding(text, (calf,), None, None)).right == 1
    )


def test_a_mark_that_does_not_exist_is_named(tmp_path: Path) -> None:
    file = tmp_path / "texts.yaml"
    file.write_text("- {id: a, text: Sore calf., findings: {calf_pane: true}}\n", encoding="utf-8")
    with pytest.raises(CaseFileError, match=r"text a: .*calf_pain"):
        read_texts(file)


def test_another_category_is_wrong_but_no_opposite() -> None:
    text = AnnotatedText(id="two", text="For years.", findings={"duration": "over_12_weeks"})
    heard = Mention("duration", "under_1_week", "present", (0, 3), "For")
    counted = measure_language([text], lambda t: Understanding(t, (heard,), None, None))
    assert (counted.misplaced, counted.turned, counted.found, counted.precision) == (1, 0, 0, 0)
