"""What a person takes away: a PDF to read, text, the answer as data; no words of theirs are commands."""

import io
import json
import time
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

import lumbago
from lumbago.anatomy import Drawing
from lumbago.knowledge import load_knowledge

WORDS = "For three weeks a burning pain from my left buttock to my big toe, worse when I cough."
MARKS = {"left_buttock_lower": 5, "left_thigh_back_outer": 6, "left_big_toe": 4}
PATHS = ("/result/summary.txt", "/result/assessment.json")
SECTIONS = ("words", "chart", "reasons", "findings", "causes", "changes", "open")
HOSTILE = (
    '#panic("x") #eval("1+1") #read("/etc/passwd") #sys.inputs',
    "] #] [ } { ) ( $ x^2 $ `raw` ``` *bold* _it_ <label> @ref // /* \\ \\u{41} -- ~ = Heading",
    "emoji 😀👩🏽‍⚕️ עברית العربية ไทย 中文 \u202e turned \u200b\x00\x07\ud7ff\ufffe",
    "a" * 4000,
    ("my back hurts\n\n" * 300)[:4000],
)


def check(client: Client, words: str = WORDS, marks: dict[str, int] | None = None) -> None:
    """Go as far as a result."""
    client.post("/check/", {"new": "yes", "age": "45", "sex": "female"})
    chart = {
        f"pain-{zone}": str(pain) for zone, pain in (MARKS if marks is None else marks).items()
    }
    client.post("/check/where/", chart)
    client.post("/check/words/", {"text": words})


def pdf(client: Client, *sections: str) -> bytes:
    answer = client.post("/result/summary.pdf", {"section": sections})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    content = bytes(answer.content)
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    return content


def text_of(content: bytes) -> str:
    """The words of a PDF in one line, as another program reads them."""
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_pdf_says_what_to_do_why_and_what_was_said(client: Client) -> None:
    check(client)
    answer = assessed(client)
    text = text_of(pdf(client, *SECTIONS))
    disposition = answer["disposition"]
    assert "Decision support, not a diagnosis" in text
    assert "Woman of 45" in text
    assert disposition["headline"] in text
    assert disposition["time"] in text
    assert "burning pain from my left buttock" in text
    assert "pain 5 of 10" in text.replace("\u00a0", " ")
    assert "Likely causes" in text
    assert answer["knowledge_version"] in text
    for rule in disposition["rules"]:
        assert rule in text.replace(" ", "")
    for heading in ("In their own words", "Where it hurts", "Findings", "What would change"):
        assert heading in text, heading


def test_only_the_chosen_sections_are_in_the_pdf(client: Client) -> None:
    check(client)
    text = text_of(pdf(client, "causes"))
    assert "Likely causes" in text
    for gone in ("In their own words", "burning pain from", "Where it hurts", "Questions still"):
        assert gone not in text, gone
    bare = text_of(pdf(client))
    assert "Decision support" in bare
    assert assessed(client)["disposition"]["headline"] in bare


def test_unknown_sections_are_left_aside(client: Client) -> None:
    check(client)
    assert pdf(client, "nonsense", '#panic("x")')


@pytest.mark.parametrize("words", HOSTILE, ids=["commands", "marks", "letters", "long", "lines"])
def test_no_words_of_a_person_are_commands(client: Client, words: str) -> None:
    check(client, words)
    content = pdf(client, *SECTIONS)
    text = text_of(content).replace("\u200b", "")
    assert "Decision support" in text
    plain = "".join(c for c in words if c.isascii() and c.isalnum())
    found = "".join(c for c in text if c.isascii() and c.isalnum())
    assert plain[:60] in found
    assert "root:" not in text
    assert client.get("/result/summary.txt").status_code == 200


def test_everything_of_the_longest_words_is_on_the_page(client: Client) -> None:
    check(client, "b" * 4000)
    text = text_of(pdf(client, "words"))
    assert text.count("b") >= 4000


def test_a_pdf_takes_less_than_a_second_and_a_half(client: Client) -> None:
    check(client, HOSTILE[4])
    pdf(client, *SECTIONS)
    start = time.perf_counter()
    pdf(client, *SECTIONS)
    assert time.perf_counter() - start < 1.5


def assessed(client: Client) -> dict[str, Any]:
    answer = client.get("/result/assessment.json")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_the_data_is_the_answer_that_the_library_gives(client: Client) -> None:
    check(client)
    drawing = Drawing.from_dict({zone: {"pain": pain} for zone, pain in MARKS.items()})
    expected = lumbago.assess(WORDS, age=45, sex="female", drawing=drawing).to_dict()
    assert assessed(client) == json.loads(json.dumps(expected))


def test_the_text_is_short_in_lines_and_holds_the_same(client: Client) -> None:
    check(client)
    text = client.get("/result/summary.txt").content.decode()
    assert max(map(len, text.splitlines())) <= 72
    assert "Decision support, not a diagnosis." in text
    assert assessed(client)["disposition"]["headline"].upper() in text
    assert load_knowledge().version in text
    assert text.strip() in client.get("/result/").content.decode().replace("&#x27;", "'").replace(
        "&lt;", "<"
    ).replace("&gt;", ">").replace("&amp;", "&").replace("&quot;", '"')


def test_downloads_are_kept_nowhere_and_named_neutrally(client: Client) -> None:
    check(client)
    answers = [client.get(path) for path in PATHS]
    answers.append(client.post("/result/summary.pdf", {"section": SECTIONS}))
    names = ("lumbago-summary.txt", "lumbago-assessment.json", "lumbago-summary.pdf")
    for answer, name in zip(answers, names, strict=True):
        assert answer.headers["Cache-Control"] == "no-store"
        assert f'filename="{name}"' in answer.headers["Content-Disposition"]


def test_without_a_check_there_is_nothing_to_take_away(client: Client) -> None:
    for path in PATHS:
        assert client.get(path).status_code != 200
    assert client.post("/result/summary.pdf").status_code != 200
    assert client.get("/result/summary.pdf").status_code == 405


def test_a_check_without_words_or_marks_has_a_summary(client: Client) -> None:
    client.post("/check/", {"new": "yes"})
    client.post("/check/where/", {"pain-low_back_middle": "6"})
    text = text_of(pdf(client, *SECTIONS))
    assert "Person, age not given" in text
    assert "In their own words" not in text


def test_out_of_scope_says_so(client: Client) -> None:
    check(client, "Which vitamins are good for my hair and nails?", {})
    text = text_of(pdf(client, *SECTIONS))
    assert "may not be something that lumbago knows" in text
    assert "Likely causes" not in text
