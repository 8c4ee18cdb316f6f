"""Every record of the evidence has a page, and the page shows each of its numbers as it stands in the files."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.test import Client

from lumbago.knowledge import load_knowledge
from lumbago.knowledge.care import Course, Treatment
from lumbago.knowledge.schema import Condition, Demographics, Estimate, LiteratureRow, Prior

SHOWN = re.compile(r'<data value="([^"]+)">[^<]')
SETTINGS = ("public", "primary_care", "emergency", "sports_clinic")
QUANTITIES = ("sens", "spec", "lr_positive", "lr_negative")


def of_estimate(e: Estimate) -> Iterator[float | None]:
    yield from (e.probability, e.low if e.n is None else None, e.high if e.n is None else None, e.n)


def of_prior(p: Prior) -> Iterator[float | None]:
    yield from (*(getattr(p, setting) for setting in SETTINGS), p.spread)


def of_who(who: Demographics) -> Iterator[float | None]:
    yield from (*who.ages.values(), who.female)


def of_literature(row: LiteratureRow) -> Iterator[float | None]:
    for quantity in QUANTITIES:
        yield from (getattr(row, f"{quantity}{limit}") for limit in ("", "_low", "_high"))
    yield row.n


def of_care(figure: Treatment | Course) -> Iterator[float | None]:
    if isinstance(figure, Treatment):
        yield from (figure.effect, figure.effect_low, figure.effect_high)
    else:
        yield from (figure.value, figure.low, figure.high, figure.weeks)


def of_condition(c: Condition) -> Iterator[float | None]:
    k = load_knowledge()
    yield from _all(of_estimate(e) for e in k.estimates if e.parent == c.id)
    yield from _all(of_prior(p) for p in k.priors if p.condition == c.id)
    yield from _all(of_literature(r) for r in k.literature if c.id in r.target.split("|"))
    yield from of_who(c.demographics)
    yield from (t.probability for t in c.thresholds)
    yield from _all(of_care(t) for t in k.care.treatments_for(c.id))
    yield from _all(of_care(t) for t in k.care.courses_for(c.id))


def of_source(name: str) -> Iterator[float | None]:
    k = load_knowledge()
    yield from _all(of_estimate(e) for e in k.estimates if e.source == name)
    yield from _all(of_prior(p) for p in k.priors if p.source == name)
    yield from _all(of_literature(r) for r in k.literature if r.source == name)
    yield from _all(of_care(f) for f in k.care.treatments if f.source == name)
    yield from _all(of_care(f) for f in k.care.courses if f.source == name)
    for c in k.conditions:
        if c.demographics.source == name:
            yield from of_who(c.demographics)
        yield from (t.probability for t in c.thresholds if t.source == name)


def _all(rows: Iterable[Iterable[float | None]]) -> Iterator[float | None]:
    for row in rows:
        yield from row


def numbers(kind: str, record: Any) -> Counter[float]:
    """Every number about a record, as often as it stands in the evidence."""
    k, found = load_knowledge(), list[float | None]()
    match kind:
        case "condition":
            found += of_condition(record)
        case "finding":
            found += _all(of_estimate(e) for e in k.estimates if e.of == record.id)
            found += _all(of_literature(r) for r in k.literature if r.finding == record.id)
        case "mechanism":
            mine = (e for e in k.estimates if record.id in (e.of, e.parent.split("=")[0]))
            found += _all(of_estimate(e) for e in mine)
            rows = (r for r in k.literature if r.target.split("=")[0] == record.id)
            found += [*_all(of_literature(r) for r in rows), record.damping.value]
        case "source":
            found += of_source(record.id)
        case "treatment" | "course":
            found += of_care(record)
    return Counter(float(n) for n in found if n is not None)


def records(kind: str) -> list[Any]:
    k: Any = load_knowledge()
    return getattr(k, f"{kind}s", None) or getattr(k.care, f"{kind}s")  # type: ignore[no-any-return]  # by name


KINDS = ("condition", "finding", "mechanism", "group", "rule", "source")
CARE = ("topic", "treatment", "course", "claim", "service")


@pytest.mark.parametrize("kind", [*KINDS, *CARE])
def test_every_record_opens_and_shows_each_of_its_numbers(client: Client, kind: str) -> None:
    for record in records(kind):
        answer = client.get(f"/evidence/{kind}/{record.id}/")
        assert answer.status_code == 200, record.id
        text = answer.content.decode()
        assert text.count("<h1") == 1, record.id
        shown = Counter(float(n) for n in SHOWN.findall(text))
        missing = numbers(kind, record) - shown
        assert not missing, f"{kind} {record.id}: {missing}"


@pytest.mark.parametrize("kind", [*KINDS, *CARE])
def test_every_list_links_to_every_record(client: Client, kind: str) -> None:
    text = client.get(f"/evidence/{kind}/").content.decode()
    listed = set(re.findall(rf'href="/evidence/{kind}/([^/"]+)/"', text))
    assert listed == {record.id for record in records(kind)}


def test_rules_link_to_every_finding_that_they_ask_about(client: Client) -> None:
    findings = {f.id for f in load_knowledge().findings}
    for rule in load_knowledge().rules:
        text = client.get(f"/evidence/rule/{rule.id}/").content.decode()
        asked = set(re.findall(r"\b[a-z]\w+\b", rule.when)) & findings
        linked = set(re.findall(r'href="/evidence/finding/([^/"]+)/"', text))
        assert asked <= linked, rule.id


def test_each_rule_says_how_many_of_its_facts_must_hold(client: Client) -> None:
    for rule in load_knowledge().rules:
        text = client.get(f"/evidence/rule/{rule.id}/").content.decode()
        if " and " in rule.when:
            assert "All of these" in text or "Both of these" in text, rule.id
        if " or " in rule.when:
            assert "Any of these" in text, rule.id


def test_sources_open_elsewhere_without_saying_where_from(client: Client) -> None:
    source = next(s for s in load_knowledge().sources if s.doi and s.pmid)
    text = client.get(f"/evidence/source/{source.id}/").content.decode()
    for address in (
        f"https://doi.org/{source.doi}",
        f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/",
    ):
        assert f'<a href="{address}" rel="noreferrer">' in text


def test_a_published_row_says_whether_the_network_agrees(client: Client) -> None:
    text = client.get("/evidence/check/").content.decode()
    assert "outside" in text
    assert "Why ours lies outside" in text


def test_the_first_page_tells_what_there_is_by_grade(client: Client) -> None:
    k = load_knowledge()
    text = client.get("/evidence/").content.decode()
    for grade in ("published", "derived", "elicited"):
        count = sum(e.grade == grade for e in k.estimates)
        assert f"</span> {count} (" in text, grade
    assert f"{len(k.estimates):,}" in text
    assert k.version in text


def test_a_search_finds_by_any_name_and_puts_no_word_in_the_address(client: Client) -> None:
    answer = client.post("/evidence/search/", {"words": "trapped nerve NECK"})
    assert answer.request["QUERY_STRING"] == ""
    assert 'href="/evidence/condition/cervical_radiculopathy/"' in answer.content.decode()
    answer = client.post("/evidence/search/", {"words": "<b>nothing like it</b>"})
    assert "Nothing in the evidence has these words" in answer.content.decode()
    assert "<b>nothing" not in answer.content.decode()
    assert client.post("/evidence/search/", {"words": " "}).status_code == 302


@pytest.mark.parametrize(
    "path",
    ["condition/nonsense", "nonsense/nonsense", "condition/nonsense\x00", "finding/cellulitis"],
)
def test_what_is_not_there_gives_one_clear_sentence(client: Client, path: str) -> None:
    assert client.get(f"/evidence/{path}/").status_code == 404
    assert client.get("/evidence/nonsense/").status_code == 404


def test_another_name_leads_to_the_record(client: Client) -> None:
    alias, condition = next(
        (a, c) for c in load_knowledge().conditions for a in c.aliases if a.isidentifier()
    )
    answer = client.get(f"/evidence/condition/{alias}/")
    assert answer.headers["Location"] == f"/evidence/condition/{condition.id}/"


def test_pages_without_anything_personal_may_be_kept(client: Client) -> None:
    for path in ("condition/whiplash/", "finding/", "check/"):
        assert "max-age=3600" in client.get(f"/evidence/{path}").headers["Cache-Control"], path
    assert "no-store" in client.get("/evidence/").headers["Cache-Control"]
