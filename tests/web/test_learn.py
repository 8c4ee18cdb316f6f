"""The pages to read: every condition, drawing and part, the myths, and the search."""

import re
from html import unescape

import pytest
from django.test import Client

from lumbago.anatomy.pictures import Part, load_parts
from lumbago.knowledge import load_knowledge
from lumbago.learn import load_articles

CONDITIONS = load_knowledge().conditions
DRAWINGS = sorted({p.drawing for p in load_parts()})


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(response.content.decode())


def test_the_index_names_every_condition(client: Client) -> None:
    page = words(client, "/learn/")
    for c in CONDITIONS:
        assert f'href="/learn/{c.id}/"' in page, c.id
        assert c.name in page or c.id == "something_else"


@pytest.mark.parametrize("name", [c.id for c in CONDITIONS])
def test_a_condition_has_its_page(client: Client, name: str) -> None:
    condition, article = load_knowledge().condition_by_id[name], load_articles()[name]
    page = words(client, f"/learn/{name}/")
    assert page.count("<h1") == 1
    assert condition.name in page
    for statement in article.statements:
        assert statement.text in page
        for source in statement.sources:
            assert load_knowledge().source_by_id[source].citation in page
    assert "style=" not in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    assert anchors <= set(ids)


def test_an_emergency_says_so_first_and_is_not_cached(client: Client) -> None:
    response = client.get("/learn/cauda_equina_syndrome/", HTTP_ACCEPT_LANGUAGE="en-GB")
    page = response.content.decode()
    assert page.index('class="banner emergency"') < page.index('id="what_it_is"')
    assert 'href="tel:999"' in page
    assert response.headers["Cache-Control"] == "no-store"
    assert "max-age" in client.get("/learn/lumbar_muscle_strain/").headers["Cache-Control"]


@pytest.mark.parametrize("alias", ["tennis leg", "tennis-leg", "Tennis_Leg", "pulled%20calf"])
def test_other_names_lead_to_the_page(client: Client, alias: str) -> None:
    response = client.get(f"/learn/{alias}/")
    assert response.status_code == 301
    assert response.headers["Location"] == "/learn/gastrocnemius_strain/"


@pytest.mark.parametrize(
    "address", ["/learn/nothing/", "/anatomy/nothing/", "/anatomy/?part=nothing"]
)
def test_what_there_is_not_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_studies_are_shown_with_the_condition(client: Client) -> None:
    page = words(client, "/learn/persistent_low_back_pain/")
    for treatment in load_knowledge().care.treatments_for("persistent_low_back_pain"):
        assert f'href="/evidence/treatment/{treatment.id}/"' in page
    assert "51 at 0 weeks; 33 at 6 weeks" in page


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_a_drawing_lists_its_parts(client: Client, drawing: str) -> None:
    page = words(client, f"/anatomy/{drawing}/")
    for part in load_parts():
        if part.drawing == drawing:
            assert f'href="?part={part.part}"' in page


@pytest.mark.parametrize("part", load_parts(), ids=lambda p: f"{p.drawing}-{p.part}")
def test_a_part_is_told_without_script_and_with(client: Client, part: Part) -> None:
    address = f"/anatomy/{part.drawing}/?part={part.part}"
    page = words(client, address)
    panel = unescape(client.get(address, HTTP_HX_REQUEST="true").content.decode())
    for shown in (page, panel):
        assert part.what_it_does in shown
        assert part.how_it_hurts in shown
    assert "<html" not in panel
    assert f'data-part="{part.part}" class="part' in page


def test_the_lower_back_is_the_first_page_of_anatomy(client: Client) -> None:
    page = words(client, "/anatomy/?part=l4_l5_disc")
    assert page.count('class="anatomy"') == 2
    assert "Slipped (herniated) disc" in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_every_claim_is_told_with_its_sources(client: Client) -> None:
    page = words(client, "/myths/")
    for claim in load_knowledge().care.claims:
        assert claim.claim in page
        assert claim.what_we_know in page


def found(client: Client, text: str, **more: str) -> str:
    response = client.post("/search/", {"words": text}, **more)
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("sciatica", "/learn/disc_herniation_sciatica/"),
        ("slipped disc", "/learn/disc_herniation_sciatica/"),
        ("tennis leg", "/learn/gastrocnemius_strain/"),
        ("dvt", "/learn/deep_vein_thrombosis/"),
        ("shin spl", "/learn/medial_tibial_stress_syndrome/"),
        ("heart attack", "/learn/acute_coronary_syndrome/"),
        ("siatica", "/learn/disc_herniation_sciatica/"),
        ("my herniated discs", "/learn/disc_herniation_sciatica/"),
        ("tumor", "tumour/"),
        ("Guillain-Barré", "/learn/guillain_barre_syndrome/"),
    ],
)
def test_search_finds_first(client: Client, text: str, first: str) -> None:
    links = re.findall(r'href="(/learn/[^"]+/)"', found(client, text, HTTP_HX_REQUEST="true"))
    assert links[0].endswith(first)


def test_search_finds_parts_myths_findings_and_sources(client: Client) -> None:
    page = found(client, "mattress")
    assert "/myths/#hard_mattress" in page
    assert "/evidence/source/kovacs_2003/" in page
    assert "?part=piriformis" in found(client, "piriformis")
    assert "/evidence/finding/saddle_numbness/" in found(client, "numbness between the legs")


@pytest.mark.parametrize(
    "text", ["", "   ", "zzzqqq", '"', "* OR NEAR(", "a" * 5000, "<script>", "🙂", "\0"]
)
def test_search_takes_anything(client: Client, text: str) -> None:
    response = client.post("/search/", {"words": text})
    assert b"<script>" not in response.content
    page = unescape(response.content.decode())
    if text == "zzzqqq":
        assert "We found nothing for “zzzqqq”" in page
        assert 'href="/check/"' in page.split('id="found"')[1]


def test_words_of_a_search_do_not_count_in_an_address(client: Client) -> None:
    assert "We found" not in client.get("/search/?words=sciatica").content.decode()
