"""The drawings and the list of their parts tell the same, and hold nothing that a page may not show."""

import re
from importlib.resources import files
from xml.etree import ElementTree

import pytest

from lumbago.anatomy import load_atlas
from lumbago.anatomy.pictures import load_parts, picture_svg
from lumbago.errors import UserError

FOLDER = files("lumbago.anatomy") / "drawings"
SVG = "{http://www.w3.org/2000/svg}"
DRAWINGS = sorted(p.name.removesuffix(".svg") for p in FOLDER.iterdir() if p.name.endswith(".svg"))


def tree(name: str) -> ElementTree.Element:
    return ElementTree.fromstring((FOLDER / f"{name}.svg").read_text(encoding="utf-8"))


def drawn_parts(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    groups = (e for e in root.iter(f"{SVG}g") if "part" in e.get("class", "").split())
    return {e.get("id", "").removeprefix("part-"): e for e in groups}


def test_there_are_ten_drawings_and_all_are_in_the_list() -> None:
    assert len(DRAWINGS) == 10
    assert {p.drawing for p in load_parts()} == set(DRAWINGS)


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_listed_part_is_drawn_and_every_drawn_part_is_listed(name: str) -> None:
    drawn = drawn_parts(tree(name))
    listed = {p.part: p for p in load_parts() if p.drawing == name}
    assert set(drawn) == set(listed)
    assert sum(p.drawing == name for p in load_parts()) == len(listed)
    for part, group in drawn.items():
        assert group.findtext(f"{SVG}title") == listed[part].label
        assert group.get("class", "").split()[1] == listed[part].kind


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_has_unique_ids_and_neither_style_nor_script(name: str) -> None:
    root = tree(name)
    assert root.get("viewBox")
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(set(ids)) == len(ids)
    assert not any(e.get("style") or e.tag in {f"{SVG}style", f"{SVG}script"} for e in root.iter())
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert set(re.findall(r"url\(#([\w-]+)\)", text)) <= set(ids)


def test_gradients_of_two_drawings_on_one_page_do_not_meet() -> None:
    gradients = [
        e.get("id") for n in DRAWINGS for e in tree(n).iter() if e.tag.endswith("Gradient")
    ]
    assert len(set(gradients)) == len(gradients)


def test_parts_are_told_in_plain_words_and_name_structures_that_exist() -> None:
    for part in load_parts():
        assert not part.structure or part.structure in load_atlas().structure_by_id, part.part
        for text in (part.label, part.what_it_does, part.how_it_hurts):
            assert text.strip() == text != "", part.part
            assert len(text) <= 230, part.part


def test_the_style_knows_every_class_and_both_themes() -> None:
    css = (files("lumbago.anatomy") / "styles" / "drawings.css").read_text(encoding="utf-8")
    for state in (".is-chosen", ".is-dim", ":hover", ":focus-visible", 'data-theme="dark"'):
        assert state in css
    assert "prefers-color-scheme: dark" in css
    for kind in {p.kind for p in load_parts()}:
        assert f".{kind} " in css, kind
    used = {c for n in DRAWINGS for e in tree(n).iter(f"{SVG}stop") for c in [e.get("class")]}
    assert all(f".{stop} " in css for stop in used)


def test_a_still_picture_highlights_the_chosen_and_fades_the_rest() -> None:
    root = ElementTree.fromstring(
        picture_svg("lower_back_side", chosen=["l4_l5_disc"], title="Disc <L4/L5>")
    )
    assert (root.get("role"), root.get("aria-label")) == ("img", "Disc <L4/L5>")
    parts = drawn_parts(root)
    assert "is-chosen" in parts["l4_l5_disc"].get("class", "")
    assert all("is-dim" in e.get("class", "") for n, e in parts.items() if n != "l4_l5_disc")
    assert not any(e.get("role") for e in parts.values())


@pytest.mark.parametrize("name", DRAWINGS)
def test_an_interactive_picture_is_a_named_button_for_every_part(name: str) -> None:
    listed = [p for p in load_parts() if p.drawing == name]
    chosen = listed[0].part
    root = ElementTree.fromstring(
        picture_svg(name, chosen={chosen}, interactive=True, title="Parts")
    )
    assert root.get("role") == "group"
    for part, group in drawn_parts(root).items():
        assert (group.get("role"), group.get("tabindex")) == ("button", "0")
        assert group.get("aria-label") == next(p.label for p in listed if p.part == part)
        assert group.get("aria-pressed") == ("true" if part == chosen else "false")
        assert "is-dim" not in group.get("class", "")


def test_nothing_chosen_fades_nothing() -> None:
    assert "is-dim" not in picture_svg("pelvis_front", title="Pelvis")


@pytest.mark.parametrize(
    ("drawing", "chosen", "says"),
    [
        ("lower_back_sid", [], "did you mean lower_back_side"),
        ("neck_side", ["c5_c6_dics"], "did you mean c5_c6_disc"),
        ("neck_side", ["l4_l5_disc", "xyz"], "has no part"),
    ],
)
def test_an_unknown_name_is_refused_in_one_sentence(
    drawing: str, chosen: list[str], says: str
) -> None:
    with pytest.raises(UserError, match=says):
        picture_svg(drawing, chosen=chosen, title="x")
