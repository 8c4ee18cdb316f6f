"""The exercises: every one has its page and its pictures, and the filters tell the truth."""

import html
import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from lumbago.care.exercises import AREAS, CATEGORIES, LOADS, POSITIONS, load_exercises
from lumbago.care.exercises import load_stop_rules as stops
from lumbago.web.recover_exercises import FILTERS

NAMES = tuple(load_exercises())


def listed(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/exercises/{query}")
    assert answer.status_code == 200
    return re.findall(r'class="tile pictured" href="/exercises/(\w+)/"', answer.content.decode())


def test_the_list_has_every_exercise_once(client: Client) -> None:
    assert sorted(listed(client)) == sorted(NAMES)


def test_the_filters_offer_every_value_there_is() -> None:
    offered = {name: tuple(choices) for name, (_, choices) in FILTERS.items()}
    assert offered["area"] == AREAS
    assert offered["kind"] == CATEGORIES
    assert offered["load"] == LOADS
    assert offered["position"] == POSITIONS


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ("?area=calf", lambda e: e["area"] == "calf"),
        ("?kind=stretch", lambda e: e["category"] == "stretch"),
        ("?position=standing&load=light", lambda e: "standing" in e["positions"] and e["load"] == "light"),
        ("?things=none", lambda e: set(e["equipment"]) <= {"chair", "cushion", "towel", "wall"}),
        ("?area=&kind=nonsense&more=1", lambda _: True),
        ("?area=neck&kind=impact", lambda _: False),
    ],
)  # fmt: skip
def test_a_filter_lets_through_what_it_names(client: Client, query: str, passes) -> None:  # type: ignore[no-untyped-def]  # a lambda each
    expected = [e.id for e in load_exercises().values() if passes(e.to_dict())]
    assert sorted(listed(client, query)) == sorted(expected)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_how_how_much_and_when_to_stop(client: Client, name: str) -> None:
    answer, e = client.get(f"/exercises/{name}/"), load_exercises()[name]
    assert answer.status_code == 200
    shown = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())
    for words in (e.name, e.purpose, e.start, *e.steps, e.dose.in_words):
        assert words in shown, words
    for rule in e.stop_rules:
        assert stops()[rule].sign in shown
        assert stops()[rule].action in shown
    for other in (e.easier, e.harder):
        assert load_exercises()[other].name if other in load_exercises() else other in shown


@pytest.mark.parametrize("which", ["still", "moving"])
def test_a_picture_is_a_picture_and_can_do_nothing_else(client: Client, which: str) -> None:
    for name in NAMES[::6]:
        answer = client.get(f"/exercises/{name}/{which}.svg")
        assert answer["Content-Type"].startswith("image/svg+xml")
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert "max-age" in answer["Cache-Control"]
        assert not answer.cookies
        tags = {e.tag.rsplit("}", 1)[-1] for e in ElementTree.fromstring(answer.content).iter()}
        assert not tags & {"script", "foreignObject", "image", "a"}, tags


def test_an_exercise_that_is_not_there_is_not_found(client: Client) -> None:
    for path in ("no_such/", "no_such/still.svg", "bird_dog/other.svg"):
        assert client.get(f"/exercises/{path}").status_code == 404
