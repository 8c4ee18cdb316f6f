"""The care evidence: every row has its source, every topic its conditions, every country its number."""

import csv
import io
import json

import pytest

from lumbago.cli import main
from lumbago.errors import EvidenceError
from lumbago.knowledge import Knowledge, load_knowledge
from lumbago.knowledge.care import Figure, Treatment
from lumbago.knowledge.files import data_files
from lumbago.knowledge.read import read_knowledge

# fmt: off
EU = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
]
PROMISED = [
    *EU, "GB", "US", "CA", "AU", "NZ", "ZA", "IN", "PK", "NG", "KE", "CH", "NO", "JP", "SG", "BR", "MX",
]
# fmt: on
#: Words that the public pages do not use.
CLAIMS_OF_CERTAINTY = ("diagnos", "cure ", "guarantee", "never works", "your fault that")


@pytest.fixture(scope="module")
def k() -> Knowledge:
    return load_knowledge()


@pytest.fixture
def contents() -> dict[str, bytes]:
    return {path: entry.read_bytes() for path, entry in data_files().items()}


def figures(k: Knowledge) -> list[Figure]:
    return [*k.care.treatments, *k.care.courses]


def test_there_is_as_much_as_promised(k: Knowledge) -> None:
    assert len(k.care.treatments) >= 158
    assert len(k.care.courses) >= 120
    assert len(k.care.claims) >= 22


def test_every_row_has_a_source_that_exists(k: Knowledge) -> None:
    named = {f.source for f in figures(k)} | {s for c in k.care.claims for s in c.source_ids}
    assert named <= set(k.source_by_id)


def test_every_source_of_care_is_used_or_shared(k: Knowledge) -> None:
    text = data_files()["sources/care.csv"].read_text(encoding="utf-8")
    listed = {row["id"] for row in csv.DictReader(io.StringIO(text))}
    used = {f.source for f in figures(k)} | {s for c in k.care.claims for s in c.source_ids}
    assert listed <= used


def test_no_publication_is_listed_twice_by_doi(k: Knowledge) -> None:
    text = data_files()["sources/care.csv"].read_text(encoding="utf-8")
    care = {row["id"] for row in csv.DictReader(io.StringIO(text))}
    others = {s.doi.lower() for s in k.sources if s.doi and s.id not in care}
    assert not {s.doi.lower() for s in k.sources if s.id in care and s.doi} & others


def test_every_seen_row_says_where(k: Knowledge) -> None:
    for f in figures(k):
        assert f.checked != "seen" or f.url or k.source_by_id[f.source].url, f.id


def test_topics_name_real_conditions_and_are_used(k: Knowledge) -> None:
    conditions = {c.id for c in k.conditions}
    assert all(set(t.conditions) <= conditions for t in k.care.topics)
    assert {t.id for t in k.care.topics} == {f.topic for f in figures(k)}


def test_ordinary_back_pain_rows_stay_with_the_ordinary_group(k: Knowledge) -> None:
    members = {c.id for c in k.conditions if c.group == "nonspecific_low_back_pain"}
    for topic in k.care.topics:
        if topic.id.startswith("nslbp_"):
            assert set(topic.conditions) <= members
    assert k.care.treatments_for("nonspecific_back_pain_child") == []


def test_an_operation_on_a_disc_is_not_shown_for_a_bony_spur(k: Knowledge) -> None:
    shown = {t.id for t in k.care.treatments_for("foraminal_stenosis_radiculopathy")}
    assert shown
    assert not any("discectomy" in name for name in shown)
    assert any("discectomy" in t.id for t in k.care.treatments_for("disc_herniation_sciatica"))


def test_numbers_lie_inside_their_limits(k: Knowledge) -> None:
    for t in k.care.treatments:
        if t.effect is not None:
            assert t.effect_low is not None
            assert t.effect_high is not None
            assert t.effect_low <= t.effect <= t.effect_high, t.id
    for c in k.care.courses:
        if c.value is not None and c.low is not None and c.high is not None and c.spread != "iqr":
            assert c.low <= c.value <= c.high, c.id


@pytest.mark.parametrize(
    ("name", "leans"),
    [
        ("hayden_2021_exercise_therapy_pain", "better"),
        ("mathieson_2017_pregabalin", "unclear"),
        ("weinstein_2008_disc_discectomy_pain", "better"),  # a higher SF-36 is better
        ("steffens_2016_exercise_education", "better"),  # a ratio below one
        ("peul_2007_early_discectomy_6_12_wk", "better"),  # a ratio of recovery above one
        ("shiri_2010_obesity_weight_loss_obese", None),  # compares people, not treatments
    ],
)
def test_which_way_an_effect_leans(k: Knowledge, name: str, leans: str | None) -> None:
    assert next(t for t in k.care.treatments if t.id == name).leans == leans


def test_an_effect_against_the_treatment_leans_worse() -> None:
    worse = Treatment(
        id="t", topic="t", source="s", checked="seen", intervention="i", recommendation="against",
        effect=2, effect_low=1, effect_high=3, effect_unit="pain", better="lower", comparator="none",
    )  # fmt: skip
    assert worse.leans == "worse"


def test_claims_are_short_plain_and_kind(k: Knowledge) -> None:
    for claim in k.care.claims:
        words = claim.what_we_know.lower()
        assert not any(bad in words for bad in CLAIMS_OF_CERTAINTY), claim.id
        assert 1 <= claim.what_we_know.count(". ") + 1 <= 3, claim.id
        assert all(len(s.split()) <= 40 for s in claim.what_we_know.split(". ")), claim.id
        assert claim.claim.endswith("."), claim.id


def test_every_verdict_is_given_and_a_plain_one_needs_its_figures_or_nuance(k: Knowledge) -> None:
    verdicts = {c.verdict for c in k.care.claims}
    assert verdicts == {"supported", "partly_supported", "outdated", "conflicting", "wrong"}
    assert all(c.figures or c.nuance for c in k.care.claims)


@pytest.mark.parametrize("country", PROMISED)
def test_every_promised_country_has_a_number_to_call(k: Knowledge, country: str) -> None:
    assert k.care.service_by_id[country].emergency


def test_every_eu_country_reaches_112(k: Knowledge) -> None:
    for country in EU:
        service = k.care.service_by_id[country]
        assert "112" in (service.emergency, *service.others), country


def test_the_default_service_gives_words_instead_of_a_number(k: Knowledge) -> None:
    default = k.care.service_by_id["default"]
    assert default.emergency == ""
    assert "112 works in many countries" in default.call
    assert default.advice == ""


def test_a_service_reads_as_a_sentence_can_use_it(k: Knowledge) -> None:
    britain = k.care.service_by_id["GB"]
    assert britain.call == "999 or 112"
    assert britain.advice.startswith("NHS 111: 111 (England, Scotland and Wales")
    assert k.services == k.care.services


@pytest.mark.parametrize(
    ("path", "line", "fault"),
    [
        (
            "treatments.csv",
            "x,nslbp_any,rest,against,5,1,3,pain,lower,none,nice_ng59_2020,recalled,,,,",
            "treatment x: 5.0 lies outside 1.0 to 3.0",
        ),
        (
            "treatments.csv",
            "x,no_topic,rest,against,,,,,,,nobody_1999,seen,,,,",
            "treatment x: unknown topic no_topic",
        ),
        (
            "treatments.csv",
            "x,nslbp_any,rest,perhaps,,,,,,,nice_ng59_2020,recalled,,,,",
            "perhaps",
        ),
        (
            "treatments.csv",
            "x,nslbp_any,rest,against,,,,,,,nice_ng59_2020,seen,,,,",
            "treatment x: seen, but neither it nor its source says at which url",
        ),
        (
            "courses.csv",
            "x,nslbp_any,recovery,people,well,share,%,52,140,,,,henschke_2008,seen,,,,",
            "course x: a share is given in % from 0 to 100",
        ),
        (
            "courses.csv",
            "x,nslbp_any,recovery,people,well,mean,days,,9,1,5,sd,henschke_2008,seen,,,,",
            "course x: 9.0 lies outside 1.0 to 5.0",
        ),
        (
            "claims.csv",
            "x,A claim.,wrong,It is not so.,,,henschke_2008|nobody_1999,seen,",
            "claim x: unknown source nobody_1999",
        ),
        ("services.yaml", "- {id: XX, name: X, emergency: 112 now, checked: recalled}", "dialled"),
        ("services.yaml", "- {id: XX, name: X, checked: recalled}", "needs an emergency number"),
        (
            "topics.yaml",
            "- {id: x, name: X, conditions: [renal_colic], within: nonspecific_low_back_pain}",
            "topic x: renal_colic is not in the group",
        ),
    ],
)
def test_faults_are_told(contents: dict[str, bytes], path: str, line: str, fault: str) -> None:
    contents[path] += line.encode() + b"\n"
    with pytest.raises(EvidenceError) as caught:
        read_knowledge(contents)
    assert fault in "\n".join(caught.value.faults)


@pytest.mark.parametrize(
    ("name", "kind", "source"),
    [
        ("mathieson_2017_pregabalin", "treatment", "mathieson_2017"),
        ("ww24_acute_6", "course", "wallwork_2024"),
        ("strong_painkillers", "claim", "jones_2023"),
        ("lumbar_stenosis", "topic", "delitto_2015"),
    ],
)
def test_evidence_show_opens_care_with_its_sources(
    name: str, kind: str, source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evidence", "show", name, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["kind"] == kind
    assert source in {s["id"] for s in shown["sources"]}


def test_evidence_show_of_a_condition_tells_what_studies_say(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["evidence", "show", "lumbar_spinal_stenosis", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {t["topic"] for t in shown["treatments"]} == {"lumbar_stenosis"}
    assert {t["source"] for t in shown["treatments"]} <= {s["id"] for s in shown["sources"]}


def test_evidence_search_and_stats_know_care(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "search", "kenya", "--json"]) == 0
    assert {"kind": "service", "id": "KE", "name": "Kenya"} in json.loads(capsys.readouterr().out)
    assert main(["evidence", "stats", "--json"]) == 0
    stats = json.loads(capsys.readouterr().out)
    k = load_knowledge()
    assert stats["treatment rows"] == len(k.care.treatments)
    assert stats["care rows seen"] + stats["care rows recalled"] == len(figures(k))
