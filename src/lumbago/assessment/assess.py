"""The use case that joins words, evidence, inference and triage into one answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lumbago.anatomy import Drawing
from lumbago.assessment.change import Change, OpenQuestion, changes, must_ask, open_questions
from lumbago.assessment.half_heard import Suspicion, suspicion
from lumbago.assessment.intake import Answer, Intake, take_in
from lumbago.assessment.rules import flag_rules, thresholds
from lumbago.case import Case, Region, Setting, Sex
from lumbago.knowledge import Knowledge, load_knowledge
from lumbago.knowledge.compile import CompiledNetwork, Floats, Ints, compiled
from lumbago.knowledge.schema import DISPOSITIONS, Finding
from lumbago.reasoning.draws import draw, posterior_draws
from lumbago.reasoning.explain import leave_one_out, share_published
from lumbago.reasoning.network import infer, observed
from lumbago.reasoning.triage import Verdict, decide

__all__ = ["Assessment", "assess", "assess_case", "assess_intake"]

SCHEMA = "lumbago/assessment/1"
#: A weight below this (a likelihood ratio of about 1.1) is not worth a line.
SMALLEST_WEIGHT = 0.1
#: Causes less likely than this are left out of the list.
SMALLEST_PROBABILITY = 0.005
MOST_CAUSES = 10
#: Causes whose warning signs are worth saying.
MOST_WATCHED = 3
WORTH_WATCHING = 0.1


@dataclass(frozen=True)
class Assessment:
    """The answer about one case. `to_dict` gives the JSON contract `lumbago/assessment/1`."""

    case: Case
    disposition: Mapping[str, Any]
    watch_for: Mapping[str, Any]
    differential: tuple[Mapping[str, Any], ...]
    mechanisms: tuple[Mapping[str, Any], ...]
    findings: tuple[Mapping[str, Any], ...]
    groups: tuple[Mapping[str, Any], ...]
    would_change: tuple[Mapping[str, Any], ...]
    unresolved: tuple[Mapping[str, Any], ...]
    left_aside: tuple[Mapping[str, Any], ...]
    not_understood: tuple[Mapping[str, Any], ...]
    out_of_scope: bool
    evidence_share_published: float
    knowledge_version: str

    def to_dict(self) -> dict[str, Any]:
        """The assessment as plain values, ready for JSON."""
        return {
            "schema": SCHEMA,
            "disposition": dict(self.disposition),
            "watch_for": dict(self.watch_for),
            "differential": [dict(d) for d in self.differential],
            "mechanisms": [dict(m) for m in self.mechanisms],
            "findings": [dict(f) for f in self.findings],
            "groups": [dict(g) for g in self.groups],
            "would_change": [dict(w) for w in self.would_change],
            "unresolved": [dict(u) for u in self.unresolved],
            "left_aside": [dict(a) for a in self.left_aside],
            "not_understood": [dict(n) for n in self.not_understood],
            "out_of_scope": self.out_of_scope,
            "evidence_share_published": self.evidence_share_published,
            "knowledge_version": self.knowledge_version,
        }


def assess(
    text: str | None = None,
    age: int | None = None,
    sex: Sex | None = None,
    setting: Setting = "public",
    region: Region | Iterable[Region] | None = None,
    findings: Mapping[str, Answer] | None = None,
    drawing: Drawing | None = None,
) -> Assessment:
    """Assess a person's pain from their words, a body chart, answers, or all of them.

    Args:
        text: A person's message or a clinician's note.
        age: Whole years, 0 to 120.
        sex: "female" or "male".
        setting: public, primary_care, emergency or sports_clinic.
        region: Where it hurts; the text and the findings may add to it.
        findings: Finding id to True, False or a category. Whatever is left out is unknown.
        drawing: The body chart as the person marked it.

    Raises:
        UserError: If a finding or value does not exist; the message says what would be right.
    """
    intake = take_in(
        load_knowledge(),
        text=text,
        age=age,
        sex=sex,
        setting=setting,
        region=region,
        findings=findings,
        drawing=drawing,
    )
    return assess_intake(intake)


def assess_case(case: Case) -> Assessment:
    """Assess a case that is already complete."""
    return assess_intake(Intake(case, None, dict.fromkeys(case.findings, "answer")))


def assess_intake(intake: Intake) -> Assessment:
    """Assess what a person has given so far."""
    knowledge, network, case = load_knowledge(), compiled(), intake.case
    prior = network.prior(case.regions, case.setting, case.age, case.sex)
    values = observed(network, case.findings)
    posterior = infer(network, prior, values)
    verdict = decide(network, flag_rules(), thresholds(), case, posterior.conditions)
    suspected = suspicion(knowledge.model.half_heard, flag_rules(), case, intake.half_heard)
    weights = leave_one_out(network, prior, values)
    drawn = posterior_draws(network, case, values, draw(network, knowledge.model.draws))
    top = int(posterior.conditions.argmax())
    return Assessment(
        case=case,
        disposition=_disposition(
            knowledge,
            network,
            case,
            verdict,
            suspected,
            posterior.conditions,
            outside=_out_of_scope(intake),
        ),
        watch_for=_watch_for(knowledge, case, posterior.conditions),
        differential=tuple(
            _differential(knowledge, network, values, posterior.conditions, drawn, weights)
        ),
        mechanisms=tuple(_mechanisms(network, posterior.mechanisms(network))),
        findings=tuple(_findings(intake)),
        groups=tuple(_groups(knowledge, network, posterior.conditions, drawn)),
        would_change=tuple(
            _change(c)
            for c in changes(
                knowledge, network, flag_rules(), thresholds(), case, posterior, verdict
            )
            if suspected.level >= verdict.level or c.level < suspected.level
        ),
        unresolved=tuple(
            _open(q)
            for q in open_questions(knowledge, flag_rules(), case, verdict.level, suspected.levels)
        ),
        left_aside=tuple(_left_aside(intake)),
        not_understood=tuple(_not_understood(intake)),
        out_of_scope=_out_of_scope(intake),
        evidence_share_published=round(share_published(network, values, weights, top), 3),
        knowledge_version=knowledge.version,
    )


def _disposition(
    knowledge: Knowledge,
    network: CompiledNetwork,
    case: Case,
    verdict: Verdict,
    suspected: Suspicion,
    conditions: Floats,
    *,
    outside: bool,
) -> dict[str, Any]:
    waiting = suspected.level < verdict.level
    level = DISPOSITIONS[min(suspected.level, verdict.level)]
    words = knowledge.disposition_by_id[level]
    deciding = [rule for rule in verdict.rules if rule.level == verdict.level]
    because = [rule.reason for rule in deciding]
    if waiting:
        because = [_until_clear(knowledge.finding(next(iter(suspected.levels))))]
    elif outside and not because:
        because = ["This does not sound like a pain that we know of, so we cannot judge it."]
    elif verdict.by_probability == verdict.level and not outside:
        because += _because(knowledge, network, conditions, verdict.level)
    return {
        "level": level,
        "provisional": waiting or bool(must_ask(knowledge, case)),
        "headline": words.headline,
        "place": words.place,
        "time": words.time,
        "because": list(dict.fromkeys(because)),
        "rules": [rule.id for rule in verdict.rules],
    }


def _until_clear(finding: Finding) -> str:
    return (
        "Your words may mean a danger sign. Until it is clear, it is safer to speak to a clinician: "
        f"{finding.question}"
    )


def _watch_for(knowledge: Knowledge, case: Case, conditions: Floats) -> dict[str, Any]:
    """What should make the person come back sooner, from the causes that are likely enough."""
    likely = [i for i in np.argsort(-conditions)[:MOST_WATCHED] if conditions[i] >= WORTH_WATCHING]
    named = [f for i in likely for f in knowledge.conditions[i].watch_for if f not in case.findings]
    recheck = [knowledge.conditions[i].recheck for i in likely if knowledge.conditions[i].recheck]
    return {"findings": list(dict.fromkeys(named)), "recheck": list(dict.fromkeys(recheck))}


def _because(
    knowledge: Knowledge, network: CompiledNetwork, conditions: Floats, level: int
) -> list[str]:
    """The likeliest causes that need this level of care, or a more urgent one, in words."""
    needing = [i for i in np.argsort(-conditions) if network.level[i] <= level][:2]
    if level == len(DISPOSITIONS) - 1 or not needing or conditions[needing[0]] < 0.01:
        return ["The likely causes usually settle without treatment by a clinician."]
    return [
        f"{knowledge.conditions[i].name} is possible (about {in_hundred(conditions[i])})."
        for i in needing
        if conditions[i] >= 0.01
    ]


def in_hundred(probability: float) -> str:
    """A probability in words that people read rightly: "12 in 100"."""
    return "fewer than 1 in 100" if probability < 0.01 else f"{round(100 * probability)} in 100"


def _differential(
    knowledge: Knowledge,
    network: CompiledNetwork,
    values: Ints,
    conditions: Floats,
    drawn: Floats,
    weights: Floats,
) -> Iterable[dict[str, Any]]:
    order = np.argsort(-conditions, kind="stable")[:MOST_CAUSES]
    shown = order[conditions[order] >= SMALLEST_PROBABILITY]
    intervals = _intervals(drawn[shown], conditions[shown])
    for i, interval in zip(shown, intervals, strict=True):
        condition = knowledge.conditions[i]
        reasons = [
            {
                "finding": network.values[v][0],
                "value": network.values[v][1],
                "weight": round(float(w), 2),
            }
            for v, w in zip(values, weights[:, i], strict=True)
            if abs(w) >= SMALLEST_WEIGHT
        ]
        reasons.sort(key=lambda r: -abs(r["weight"]))
        yield {
            "condition": condition.id,
            "name": condition.name,
            "icd10": list(condition.icd10),
            "probability": round(float(conditions[i]), 4),
            "interval": interval,
            "group": condition.group,
            "for": [r for r in reasons if r["weight"] > 0],
            "against": [r for r in reasons if r["weight"] < 0],
        }


def _intervals(draws: Floats, values: Floats) -> list[list[float]]:
    """Central 95% of each row of draws, widened to hold the value itself."""
    low, high = np.quantile(draws, [0.025, 0.975], axis=1)
    ends = np.stack([np.minimum(low, values), np.maximum(high, values)], axis=1)
    return [[round(end, 4) for end in pair] for pair in ends.tolist()]


def _mechanisms(network: CompiledNetwork, table: Floats) -> Iterable[dict[str, Any]]:
    """The likeliest state of each mechanism that is more likely than not to be out of order."""
    for m, names in enumerate(network.state_names):
        for s, state in enumerate(names[1:], start=1):
            if table[m, s] >= 0.2:
                yield {
                    "mechanism": network.mechanisms[m],
                    "state": state,
                    "probability": round(float(table[m, s]), 4),
                }


def _findings(intake: Intake) -> Iterable[dict[str, Any]]:
    states = {"yes": "present", "no": "absent"}
    heard = {m.finding: m for m in intake.understanding.mentions} if intake.understanding else {}
    for name, value in intake.case.findings.items():
        entry: dict[str, Any] = {
            "finding": name,
            "state": states.get(value, "present"),
            "origin": intake.origins[name],
        }
        if value not in states:
            entry["value"] = value
        if intake.origins[name] == "text":
            entry["span"] = list(heard[name].span)
            entry["words"] = heard[name].words
        yield entry
    for mention in heard.values():
        if mention.finding not in intake.case.findings:
            yield {
                "finding": mention.finding,
                "state": "unsure",
                "origin": mention.origin,
                "span": list(mention.span),
                "words": mention.words,
            }


def _left_aside(intake: Intake) -> Iterable[dict[str, Any]]:
    """What the words name without saying that it is so: worries, other people's, old matters."""
    for aside in intake.understanding.asides if intake.understanding else ():
        yield {
            "finding": aside.finding,
            "reason": aside.reason,
            "span": list(aside.span),
            "words": aside.words,
        }


def _not_understood(intake: Intake) -> Iterable[dict[str, Any]]:
    """The words from which nothing was taken."""
    heard = intake.understanding
    for start, end in heard.not_understood if heard else ():
        yield {"span": [start, end], "words": heard.text[start:end] if heard else ""}


def _groups(
    knowledge: Knowledge, network: CompiledNetwork, conditions: Floats, drawn: Floats
) -> Iterable[dict[str, Any]]:
    found = []
    for group in knowledge.groups:
        members = [i for i, c in enumerate(knowledge.conditions) if c.group == group.id]
        probability = float(conditions[members].sum())
        if probability < 0.05:
            continue
        drawn_together = drawn[members].sum(axis=0, keepdims=True)
        (interval,) = _intervals(drawn_together, np.array([probability]))
        separated = [f for i in members for f in knowledge.conditions[i].separated_by]
        found.append(
            {
                "group": group.id,
                "name": group.name,
                "probability": round(probability, 4),
                "interval": interval,
                "members": [network.conditions[i] for i in members],
                "separated_by": list(dict.fromkeys(separated)),
            }
        )
    return sorted(found, key=lambda g: -g["probability"])


def _change(change: Change) -> dict[str, Any]:
    plain = {"yes": True, "no": False}
    answers = {name: plain.get(value, value) for name, value in change.findings.items()}
    return {"findings": answers, "to": DISPOSITIONS[change.level]}


def _open(question: OpenQuestion) -> dict[str, Any]:
    return {
        "finding": question.finding.id,
        "question": question.finding.question,
        "could_raise_to": DISPOSITIONS[question.level],
    }


def _out_of_scope(intake: Intake) -> bool:
    """Words were given, and nothing in them or in the answers may place a pain in our regions."""
    return intake.understanding is not None and not intake.case.regions and not intake.perhaps_ours
