"""The pages of prevention."""

import re

import pytest
from django.test import Client

from lumbago.prevention.examples import compare_examples
from lumbago.web.models import Entry, Visit
from lumbago.web.prevent.lift_form import START


def _index(page: str) -> str:
    found = re.search(r'<p class="figure">([^<]+)</p>', page)
    assert found is not None, page[:500]
    return found[1]


def _lift(client: Client, **changed: str) -> str:
    answer = client.post("/prevent/lift/", START | changed)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("example", "case"),
    [
        ("press", "ex1 punch press stock, destination"),
        ("rolls", "ex2 supply rolls, destination"),
        ("bags", "ex3 bags into hopper, origin"),
        ("parcels", "ex4 package inspection, destination"),
    ],
)
def test_an_example_gives_the_index_of_the_manual(client: Client, example: str, case: str) -> None:
    rows = [r for r in compare_examples("lifting") if r.case == case and r.quantity == "LI"]
    page = client.get("/prevent/lift/", {"example": example}).content.decode()
    # The manual rounds each multiplier first, so the last digit may differ by one.
    assert float(_index(page)) == pytest.approx(float(rows[0].published), abs=0.11)


def test_nearer_is_better_and_the_picture_follows(client: Client) -> None:
    far, near = _lift(client, horizontal="60"), _lift(client, horizontal="30")
    assert float(_index(far)) == pytest.approx(2 * float(_index(near)), abs=0.1)  # HM = 25 / H
    assert "60 cm forward" in far
    assert "30 cm forward" in near


def test_a_drag_sends_only_what_changes(client: Client) -> None:
    answer = client.post("/prevent/lift/", START, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "<html" not in text
    assert 'hx-swap-oob="innerHTML"' in text
    assert _index(text) == _index(_lift(client))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"load": ""}, "Give a number for “Load”, in kg."),
        ({"load": "heavy"}, "&#x27;heavy&#x27;; give a number"),
        ({"horizontal": "nan"}, "give a number"),
        ({"vertical": "999"}, "it must be between 0 and 180"),
        ({"load": "<script>"}, "&lt;script&gt;"),
    ],
)
def test_bad_input_gets_one_sentence(client: Client, changed: dict[str, str], words: str) -> None:
    answer = client.post("/prevent/lift/", START | changed)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_units_can_be_switched_and_the_index_stays(client: Client) -> None:
    metric = float(_index(_lift(client)))
    switched = _lift(client, switch="yes")
    assert 'name="units" value="us"' in switched
    assert 'name="horizontal" value="16"' in switched
    assert float(_index(switched)) == pytest.approx(metric, abs=0.15)


def test_nothing_that_is_entered_is_stored(client: Client) -> None:
    _lift(client, load="33")
    assert Visit.objects.count() == Entry.objects.count() == 0
    assert not client.session.items()
