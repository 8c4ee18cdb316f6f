"""The check of a pain, page by page, without a browser."""

import json
from typing import Any

import pytest
from django.test import Client

from lumbago.web import visits
from lumbago.web.models import Visit

WORDS = "I have had pain in my low back since Monday. No numbness between the legs."


@pytest.fixture(autouse=True)
def _begun(client: Client) -> None:
    client.post("/check/", {"new": "yes", "age": "44", "sex": "female"})


def stored(client: Client) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(
        Visit.objects.get(pk=client.session[visits.CURRENT]).interview
    )
    return held


def test_an_age_that_cannot_be_is_said_and_the_rest_is_kept(client: Client) -> None:
    for typed in ("forty", "-3", "121", "4.5", "١٢"):
        page = client.post("/check/", {"age": typed, "sex": "male"})
        assert page.status_code == 422
        assert "from 0 to 120, for example 42" in page.content.decode()
        assert 'value="male" checked' in page.content.decode()


def test_age_and_sex_that_are_left_out_are_not_asked_again(client: Client) -> None:
    client.post("/check/", {"new": "yes", "age": "", "sex": ""})
    client.post("/check/words/", {"text": "my calf hurts"})
    page = client.get("/check/questions/", follow=True)
    assert "How old" not in page.content.decode()


def test_a_mark_on_the_chart_is_a_finding(client: Client) -> None:
    client.post("/check/where/", {"pain-left_calf_lower": "7", "numb-left_little_toe": "on"})
    marks = stored(client)["start"]["drawing"]
    assert marks["left_calf_lower"]["pain"] == 7
    assert marks["left_little_toe"]["numbness"] is True
    assert client.post("/check/where/", {"pain-left_calf_lower": "70"}).status_code == 400


def test_words_that_were_misread_can_be_corrected_and_taken_away(client: Client) -> None:
    client.post("/check/words/", {"text": WORDS})
    page = client.get("/check/words/").content.decode()
    assert 'name="mean-low_back_pain" value="yes" checked' in page
    client.post(
        "/check/words/understood/",
        {"text": WORDS, "mean-low_back_pain": "no", "mean-saddle_numbness": "drop"},
    )
    start = stored(client)["start"]
    assert start["findings"] == {"low_back_pain": False}
    assert start["rejected"] == ["saddle_numbness"]


def test_a_danger_sign_that_was_taken_away_is_asked_about(client: Client) -> None:
    words = "my low back hurts and I cannot pass urine"
    client.post("/check/words/", {"text": words, "mean-bladder_retention": "drop"})
    page = client.get("/check/questions/", follow=True).content.decode()
    assert 'name="q-bladder_retention"' in page


def test_safety_questions_need_an_answer_each_and_i_dont_know_is_one(client: Client) -> None:
    client.post("/check/words/", {"text": WORDS})
    while True:
        address = client.get("/check/questions/").headers["Location"]
        page = client.get(address)
        assert "/check/questions/" in address
        if "Safety first" in page.content.decode():
            break
        client.post(address, {})
    again = client.post(address, {})
    assert again.status_code == 422
    assert "choose an answer" in again.content.decode()
    assert client.post(address, {"rest": "no"}).status_code == 302


def test_one_answer_can_be_changed_later(client: Client) -> None:
    client.post("/check/words/", {"text": WORDS})
    for _ in range(3):
        address = client.get("/check/questions/").headers["Location"]
        client.post(address, {"rest": "no"})
    name = next(n for page in stored(client)["pages"] for n, value in page.items() if value == "no")
    changed = client.post(f"/check/change/{name}/", {f"q-{name}": "unknown"})
    assert changed.headers["Location"] in ("/check/answers/", "/check/alarm/")
    assert all(page.get(name) is None for page in stored(client)["pages"] if name in page)
    assert client.get("/check/change/no_such_thing/").headers["Location"] == "/check/answers/"


def test_without_a_check_under_way_every_step_says_where_to_begin(client: Client) -> None:
    client.post("/privacy/delete/")
    for address in ("/check/where/", "/check/words/", "/check/questions/", "/result/"):
        page = client.get(address)
        assert page.status_code == 400
        assert "start a check" in page.content.decode().lower()


def test_a_kept_result_stays_when_a_new_check_begins(client: Client) -> None:
    client.post("/check/words/", {"text": WORDS})
    client.post("/result/keep/", {"keep": "yes"})
    first = client.session[visits.CURRENT]
    client.post("/check/", {"new": "yes", "age": "20"})
    assert client.session[visits.CURRENT] != first
    assert "Results that you have kept" in client.get("/").content.decode()
    client.post("/result/kept/", {"visit": first})
    assert client.session[visits.CURRENT] == first


def test_a_result_is_provisional_while_safety_questions_are_open(client: Client) -> None:
    client.post("/check/words/", {"text": WORDS})
    page = client.get("/result/").content.decode()
    assert "This is provisional" in page
    assert "not a diagnosis" in page
