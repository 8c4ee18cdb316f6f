"""The model must reproduce the literature that it cites."""

from collections import defaultdict

import numpy as np
import pytest

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.compile import compiled
from lumbago.knowledge.schema import Given, LiteratureRow, Population
from lumbago.research.literature import (
    Comparison,
    accuracy,
    compare_all,
    population_mix,
    undamped,
)


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Comparison]]:
    found = defaultdict(list)
    for comparison in compare_all(load_knowledge(), compiled()):
        found[comparison.row.id].append(comparison)
    return dict(found)


def test_enough_published_rows_are_compared(rows: dict[str, list[Comparison]]) -> None:
    assert len(rows) >= 400


def test_most_rows_lie_inside_their_published_interval(rows: dict[str, list[Comparison]]) -> None:
    inside = [all(c.inside for c in cells) for cells in rows.values()]
    assert np.mean(inside) >= 0.85


def test_every_row_outside_is_explained_in_the_data(rows: dict[str, list[Comparison]]) -> None:
    silent = [
        name
        for name, cells in rows.items()
        if not all(c.inside for c in cells) and not cells[0].row.explained
    ]
    assert silent == []


def test_accuracy_equals_a_simulation_of_the_study() -> None:
    """A study of many simulated people gives the sensitivity and specificity that we compute."""
    network = undamped(compiled())
    population = Population(
        id="p",
        description="people with back and leg pain",
        regions=["leg"],
        setting="primary_care",
        given=Given(any_of=["leg_pain_below_knee", "pins_and_needles_leg"]),
    )
    row = LiteratureRow(
        id="r",
        target="disc_herniation_sciatica",
        finding="straight_leg_raise",
        value="yes",
        population="p",
        source="s",
        checked="seen",
        use="compare",
    )
    mix = population_mix(network, population)
    sens, spec = accuracy(network, row, population, mix)
    rng = np.random.default_rng(3)
    people = 400_000
    condition = rng.choice(len(mix), size=people, p=mix)
    m = network.mechanisms.index("lumbar_root")
    cumulative = network.state_given[m].cumsum(axis=0)[:, condition]
    state = (rng.random(people) > cumulative).sum(axis=0)

    def has(finding: str) -> np.ndarray:
        value = network.value_index[finding, "yes"]
        return rng.random(people) < network.theta[network.latent[value, state]]

    selected = has("leg_pain_below_knee") | has("pins_and_needles_leg")
    positive = has("straight_leg_raise")
    case = condition == network.condition_index["disc_herniation_sciatica"]
    assert sens == pytest.approx(positive[selected & case].mean(), abs=0.01)
    assert spec == pytest.approx(1 - positive[selected & ~case].mean(), abs=0.01)
