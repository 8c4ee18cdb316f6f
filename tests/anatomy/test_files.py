"""The anatomy files hold together: every id, number and source, and a figure that covers the body once."""

import re
from xml.etree import ElementTree

import pytest

from lumbago.anatomy import load_atlas
from lumbago.anatomy.atlas import Felt, Sign
from lumbago.anatomy.figure import figure_svg, zone_label
from lumbago.knowledge import load_knowledge

ATLAS = load_atlas()


def test_there_are_many_zones_and_each_is_drawn_once() -> None:
    assert len(ATLAS.zone_by_id) >= 70
    for view in ("front", "back"):
        named = {z.zone for z in ATLAS.zones if z.view == view}
        assert set(getattr(ATLAS.figure, view).zones) == named


def test_structures_and_links_name_what_exists() -> None:
    ids = [s.structure for s in ATLAS.structures]
    assert len(set(ids)) == len(ids) >= 150
    for link in ATLAS.links:
        assert {link.structure, link.other} <= set(ids), link
    for wanted in (
        "l5_root",
        "l4_l5_disc",
        "l4_l5_facet_joint",
        "l4_medial_branch",
        "sciatic_nerve",
    ):
        assert wanted in ids


@pytest.mark.parametrize(
    "row", [*ATLAS.felt, *ATLAS.signs], ids=lambda r: f"{r.structure}-{r.symptom}"
)
def test_frequencies_have_an_interval_and_a_source(row: Felt | Sign) -> None:
    assert row.structure in ATLAS.structure_by_id
    assert 0 < row.low <= row.frequency <= row.high <= 1
    if row.grade != "elicited":
        assert row.source in load_knowledge().source_by_id
    assert not row.source or row.source in load_knowledge().source_by_id
    if isinstance(row, Felt):
        assert row.zone in {z.zone for z in ATLAS.zones}


def test_every_facet_joint_has_two_medial_branches() -> None:
    for joint in (s for s in ATLAS.structures if s.kind == "facet_joint"):
        supply = {
            link.other
            for link in ATLAS.links
            if link.structure == joint.structure and link.relation == "supplied_by"
        }
        if joint.structure.startswith(("l1_", "l2_", "l3_", "l4_")):
            assert len(supply) == 2, (joint.structure, supply)


def test_chart_rules_name_findings_and_zones() -> None:
    knowledge, zones = load_knowledge(), {z.zone for z in ATLAS.zones}
    for rule in ATLAS.chart_rules:
        finding = knowledge.finding(rule.finding)
        assert set(rule.zones) | set(rule.along) <= zones, rule.finding
        assert set(rule.unless) <= {r.finding for r in ATLAS.chart_rules}
        if finding.red_flag:
            assert rule.otherwise is None, f"{rule.finding} must not be denied by an empty chart"


def test_the_figure_is_svg_with_a_named_button_for_every_zone() -> None:
    root = ElementTree.fromstring(figure_svg(to_mark=True))
    buttons = [e for e in root.iter() if e.get("role") == "button"]
    assert {b.get("data-zone") for b in buttons} == set(ATLAS.zone_by_id)
    assert all(b.get("tabindex") == "0" and b.get("aria-label") for b in buttons)
    labels = [b.get("aria-label") for b in buttons]
    assert len(set(labels)) == len(labels)


def test_left_is_on_the_right_of_a_body_seen_from_the_front() -> None:
    assert zone_label("left_knee_front") == "front of the knee, left"
    for view, flipped in (("front", "right_knee_front"), ("back", "left_knee_back")):
        svg = figure_svg([view])  # type: ignore[list-item]  # a view
        path = re.search(rf'data-zone="{flipped}"[^>]*', svg)
        assert path is not None
        assert "scale(-1 1)" in path[0]
