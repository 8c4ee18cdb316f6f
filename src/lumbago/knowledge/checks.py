"""Faults that only show when the evidence files are held against one another."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from lumbago.case import REGIONS, SETTINGS
from lumbago.knowledge.base import Knowledge
from lumbago.knowledge.care_checks import care_faults
from lumbago.knowledge.expression import atoms, known_values, parse
from lumbago.knowledge.phrases import phrase_pattern
from lumbago.knowledge.schema import DISPOSITIONS, Finding, Identified

__all__ = ["cross_faults", "lexicon_faults"]


def cross_faults(knowledge: Knowledge) -> list[str]:
    """Every fault between records: unknown references, sums that are not one, gaps."""
    return [
        *_duplicates(knowledge),
        *_condition_faults(knowledge),
        *_finding_faults(knowledge),
        *_question_faults(knowledge),
        *_estimate_faults(knowledge),
        *_background_faults(knowledge),
        *_prior_faults(knowledge),
        *_rule_faults(knowledge),
        *_literature_faults(knowledge),
        *_model_faults(knowledge),
        *care_faults(knowledge),
    ]


def _duplicates(k: Knowledge) -> Iterator[str]:
    tables: dict[str, Sequence[Identified]] = {
        "condition": k.conditions,
        "group": k.groups,
        "mechanism": k.mechanisms,
        "finding": k.findings,
        "question group": k.questions,
        "rule": k.rules,
        "source": k.sources,
        "population": k.populations,
        "literature row": k.literature,
    }
    for name, records in tables.items():
        counts = Counter(record.id for record in records)
        yield from (f"{name} {i} is defined {n} times" for i, n in counts.items() if n > 1)
    keys = Counter((e.parent, e.of, e.value) for e in k.estimates)
    yield from (
        f"{parent}: P({of}={value}) is given {n} times"
        for (parent, of, value), n in keys.items()
        if n > 1
    )


def _condition_faults(k: Knowledge) -> Iterator[str]:
    for c in k.conditions:
        where = f"condition {c.id}"
        if c.group is not None and c.group not in k.group_by_id:
            yield f"{where}: unknown group {c.group}"
        yield from _unknown(where, "region", c.regions, REGIONS)
        yield from _unknown(where, "finding", [*c.separated_by, *c.watch_for], k.finding_by_id)
        yield from _unknown(where, "source", c.sources, k.source_by_id)
        yield from _unknown(where, "source", [t.source for t in c.thresholds], k.source_by_id)
        if c.demographics.grade != "elicited":
            yield from _unknown(where, "source", [c.demographics.source], k.source_by_id)
        if not c.icd10 and c.id != "something_else":
            yield f"{where}: needs an ICD-10 code"


def _finding_faults(k: Knowledge) -> Iterator[str]:
    for f in k.findings:
        where = f"finding {f.id}"
        if f.hangs_on != "condition" and f.hangs_on not in k.mechanism_by_id:
            yield f"{where}: hangs on unknown mechanism {f.hangs_on}"
        if (f.kind == "choice") != (len(f.categories) > 1):
            yield f"{where}: a choice, and only a choice, has two or more categories"
        if f.absent and f.kind == "choice":
            yield f"{where}: a choice cannot be absent"
        yield from _unknown(where, "region", f.regions, (*REGIONS, "all"))
        yield from _unknown(where, "region", f.must_ask, REGIONS)
        yield from _unknown(where, "finding", f.implies, k.finding_by_id)
        yield from _unknown(where, "finding", [*_premises(f), *f.excludes], k.finding_by_id)
        if f.follows_from and f.red_flag:
            yield f"{where}: a danger sign must be told, it cannot follow from other findings"


def _premises(f: Finding) -> list[str]:
    """The findings from which it follows."""
    return [premise.partition("=")[0] for either in f.follows_from for premise in either]


def _question_faults(k: Knowledge) -> Iterator[str]:
    members = Counter(name for group in k.questions for name in group.findings)
    yield from (f"questions.yaml: {name} is in {n} groups" for name, n in members.items() if n > 1)
    for group in k.questions:
        yield from _unknown(f"questions {group.id}", "finding", group.findings, k.finding_by_id)


def _estimate_faults(k: Knowledge) -> Iterator[str]:
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    for e in k.estimates:
        where = f"{e.parent}: P({e.of}={e.value})"
        sums[e.parent, e.of] += e.probability
        if e.source is not None and e.source not in k.source_by_id:
            yield f"{where}: unknown source {e.source}"
        yield from _place_faults(k, where, e.parent, e.of, e.value)
    for (parent, of), total in sums.items():
        finding = k.finding_by_id.get(of)
        whole = finding is not None and finding.kind == "choice"
        if total > 1.01 or (whole and total < 0.99):
            yield f"{parent}: probabilities of {of} sum to {total:.3f}, not 1"


def _place_faults(k: Knowledge, where: str, parent: str, of: str, value: str) -> Iterator[str]:
    mechanism, finding = k.mechanism_by_id.get(of), k.finding_by_id.get(of)
    owner, _, state = parent.partition("=")
    if mechanism is not None:
        if value not in mechanism.states or state:
            yield f"{where}: {of} has the states {', '.join(mechanism.states)}"
    elif finding is None:
        yield f"{where}: {of} is neither a finding nor a mechanism"
    else:
        if value not in finding.values or (finding.kind == "yes_no" and value != "yes"):
            yield f"{where}: value must be {' or '.join(finding.values)}"
        if finding.hangs_on != (owner if state else "condition"):
            yield f"{where}: {of} hangs on {finding.hangs_on}, so its number belongs there"
    if state and (owner not in k.mechanism_by_id or state not in k.mechanism_by_id[owner].states):
        yield f"{where}: unknown mechanism or state {parent}"
    if not state and parent != "background" and parent not in {c.id for c in k.conditions}:
        yield f"{where}: unknown condition {parent}"


def _background_faults(k: Knowledge) -> Iterator[str]:
    given = {(e.parent, e.of) for e in k.estimates}
    for f in k.findings:
        if f.hangs_on == "condition":
            parent = "background"
        elif f.hangs_on in k.mechanism_by_id:
            parent = f"{f.hangs_on}={k.mechanism_by_id[f.hangs_on].default}"
        else:
            continue
        if (parent, f.id) not in given:
            yield f"finding {f.id}: has no background number (P given {parent})"
    for m in k.mechanisms:
        if ("background", m.id) not in given:
            yield f"mechanism {m.id}: has no background number"


def _prior_faults(k: Knowledge) -> Iterator[str]:
    listed = {(c.id, region) for c in k.conditions for region in c.regions}
    given = Counter((p.condition, p.region) for p in k.priors)
    for condition, region in sorted(listed - set(given)):
        yield f"priors/{region}.csv: no row for {condition}"
    for (condition, region), count in given.items():
        if (condition, region) not in listed:
            yield f"priors/{region}.csv: {condition} is not a condition of this region"
        if count > 1:
            yield f"priors/{region}.csv: {condition} has {count} rows"
    for p in k.priors:
        where = f"priors/{p.region}.csv: {p.condition}"
        if min(getattr(p, setting) for setting in SETTINGS) < 0 or p.spread < 1:
            yield f"{where}: shares must be 0 or more and spread 1 or more"
        if p.grade != "elicited":
            yield from _unknown(where, "source", [p.source], k.source_by_id)


def _rule_faults(k: Knowledge) -> Iterator[str]:
    for rule in k.rules:
        where = f"rule {rule.id}"
        yield from _unknown(where, "source", [rule.source], k.source_by_id)
        yield from _unknown(where, "condition", rule.catches, k.condition_by_id)
        try:
            found = list(atoms(parse(rule.when)))
        except ValueError as error:
            yield f"{where}: {error}"
            continue
        for atom, positive in found:
            finding = k.finding_by_id.get(atom.name)
            values = known_values(atom) or (finding.values if finding else ())
            if atom.value not in values:
                yield f"{where}: unknown {atom.name} == {atom.value!r}"
            elif finding and finding.red_flag and not positive:
                yield f"{where}: negates the red flag {atom.name}, so danger could mean less care"

    for picture in k.textbook:
        where = f"textbook picture of {picture.condition}"
        yield from _unknown(where, "condition", [picture.condition], k.condition_by_id)
        yield from _unknown(where, "finding", picture.findings, k.finding_by_id)
    pictured = {picture.condition for picture in k.textbook}
    for c in k.conditions:
        if c.must_not_miss and c.id not in pictured:
            yield f"textbook.yaml: no picture of {c.id}, which must not be missed"


def _literature_faults(k: Knowledge) -> Iterator[str]:
    populations = {p.id for p in k.populations}
    for p in k.populations:
        where = f"population {p.id}"
        yield from _unknown(where, "region", p.regions, REGIONS)
        yield from _unknown(where, "setting", [p.setting], SETTINGS)
        yield from _unknown(where, "finding", [*p.given.findings, *p.given.any_of], k.finding_by_id)
        yield from _unknown(where, "condition", [*p.only, *p.mix], k.condition_by_id)
    for row in k.literature:
        where = f"literature {row.id}"
        if row.use == "context":
            if not row.note:
                yield f"{where}: a row that is not compared needs its reason in note"
            continue
        yield from _unknown(where, "population", [row.population], populations)
        yield from _unknown(where, "source", [row.source], k.source_by_id)
        yield from _unknown(where, "finding", [row.finding], k.finding_by_id)
        mechanism, _, state = row.target.partition("=")
        if state:
            states = k.mechanism_by_id[mechanism].states if mechanism in k.mechanism_by_id else ()
            yield from _unknown(where, "state", [state], states)
        else:
            yield from _unknown(where, "condition", row.target.split("|"), k.condition_by_id)


def _model_faults(k: Knowledge) -> Iterator[str]:
    levels = set(DISPOSITIONS)
    if {d.id for d in k.dispositions} != levels:
        yield f"dispositions.yaml: must define exactly {', '.join(DISPOSITIONS)}"
    if set(k.model.losses) != levels or any(set(r) != levels for r in k.model.losses.values()):
        yield "model.yaml: losses must be a full table over the six dispositions"
    yield from _unknown("model.yaml", "disposition", [k.model.half_heard.disposition], levels)
    if set(k.region_by_id) != set(REGIONS):
        yield f"regions.yaml: must define exactly {', '.join(REGIONS)}"
    for region in k.regions:
        yield from _unknown(f"region {region.id}", "finding", region.sites, k.finding_by_id)


def lexicon_faults(k: Knowledge) -> Iterator[str]:
    """Wordings of findings that do not exist, and phrases that are not well formed.

    Apart from the other checks: compiling every phrase takes longer than all of them together, and a
    reader of the packaged files need not wait for it.
    """
    for wording in k.lexicon.wordings:
        finding = k.finding_by_id.get(wording.finding)
        if finding is None or wording.value not in finding.values:
            yield f"lexicon: {wording.finding} = {wording.value} does not exist"
        for phrase in (*wording.phrases, *wording.unsure_if):
            try:
                phrase_pattern(phrase, k.lexicon.words)
            except ValueError as error:
                yield f"lexicon, {wording.finding}: {error}"


def _unknown(
    where: str, what: str, ids: Iterable[str | None], known: Container[str]
) -> Iterator[str]:
    for name in ids:
        if name not in known:
            yield f"{where}: unknown {what} {name}"
