"""What would change the advice, and which questions are still open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lumbago.case import REGIONS, Case
from lumbago.knowledge import Knowledge
from lumbago.knowledge.compile import CompiledNetwork
from lumbago.knowledge.schema import Finding
from lumbago.reasoning.flags import FlagRule, evaluate, missing
from lumbago.reasoning.network import Posterior, hypothetical, infer, observed, predictive
from lumbago.reasoning.triage import ProbabilityThreshold, Verdict, decide, probability_levels

__all__ = ["Change", "OpenQuestion", "applies", "changes", "must_ask", "open_questions"]

#: Who can answer without an examination or a test.
ASKABLE = ("person", "helper")
MOST_RAISING = 6
MOST_LOWERING = 3


@dataclass(frozen=True)
class Change:
    """Answers that, taken together, would change the level of care to `level`."""

    findings: Mapping[str, str]
    level: int


@dataclass(frozen=True)
class OpenQuestion:
    """A question that is not answered and could raise the level of care to `level`."""

    finding: Finding
    level: int


def applies(finding: Finding, case: Case) -> bool:
    """Whether a question makes sense for this person; if age, sex or region is unknown, it does."""
    return (
        (case.sex is None or finding.sex in ("any", case.sex))
        and (case.age is None or finding.min_age <= case.age <= finding.max_age)
        and ("all" in finding.regions or not case.regions or _meets(finding.regions, case))
    )


def _meets(regions: Iterable[str], case: Case) -> bool:
    return bool(set(regions) & set(case.regions or REGIONS))


def must_ask(knowledge: Knowledge, case: Case) -> list[Finding]:
    """Safety questions of the case's regions that have no answer yet."""
    return [
        f
        for f in knowledge.findings
        if f.must_ask
        and f.id not in case.findings
        and _meets(f.must_ask, case)
        and applies(f, case)
    ]


def open_questions(
    knowledge: Knowledge,
    rules: Sequence[FlagRule],
    case: Case,
    level: int,
    suspected: Mapping[str, int],
) -> list[OpenQuestion]:
    """Unanswered questions that could raise the level of care, most urgent first.

    These are the safety questions of the region, any single answer that would complete a rule
    of which part is already known to hold, and danger signs that the words may mean, which come with
    the levels that they would ask for.
    """
    reach = {name: at for name, at in suspected.items() if at < level}
    for rule, answers in missing(rules, case, 1, below=level):
        if any(case.findings.get(a.name) == a.value for a, _ in rule.atoms):
            _note(reach, answers, rule.level)
    asked = {f.id for f in must_ask(knowledge, case)}
    for rule in rules:
        named = asked & {a.name for a, _ in rule.atoms}
        if named and rule.level < level and evaluate(rule.when, case) is None:
            _note(reach, named, rule.level)
    found = [OpenQuestion(knowledge.finding(name), at) for name, at in reach.items()]
    return sorted(
        (q for q in found if q.finding.who in ASKABLE and applies(q.finding, case)),
        key=lambda q: (q.level, q.finding.id not in asked, q.finding.id),
    )


def _note(reach: dict[str, int], names: Iterable[str], level: int) -> None:
    for name in names:
        reach[name] = min(level, reach.get(name, level))


def changes(
    knowledge: Knowledge,
    network: CompiledNetwork,
    rules: Sequence[FlagRule],
    thresholds: Sequence[ProbabilityThreshold],
    case: Case,
    posterior: Posterior,
    verdict: Verdict,
) -> list[Change]:
    """The smallest sets of answers that would raise or lower the level of care, likeliest first."""
    chance = predictive(network, posterior)
    askable = [
        f
        for f in knowledge.findings
        if f.id not in case.findings and f.who in ASKABLE and applies(f, case)
    ]
    raising = _raising_by_rule(rules, case, verdict.level, {f.id for f in askable})
    lowering: list[Change] = []
    answers = [(finding.id, value) for finding in askable for value in finding.values]
    values = np.array([network.value_index[answer] for answer in answers], dtype=np.intp)
    levels = probability_levels(network, thresholds, hypothetical(network, posterior, values))
    for (name, value), level in zip(answers, levels.tolist(), strict=True):
        change = Change({name: value}, min(level, verdict.by_flags))
        if level < verdict.level and value != "no":
            raising.append(change)
        elif change.level > verdict.level:
            lowering.append(change)
    lowering += _lowering_by_known(network, rules, thresholds, case, verdict)

    def worth(change: Change) -> tuple[int, float]:
        """Fewest answers first, then those that move the level most, weighed by their chance."""
        known = [network.value_index[item] for item in change.findings.items()]
        return len(known), -float(np.prod(chance[known])) * abs(verdict.level - change.level)

    raising = _smallest(sorted(raising, key=worth))
    lowering.sort(key=worth)
    return raising[:MOST_RAISING] + lowering[:MOST_LOWERING]


def _raising_by_rule(
    rules: Sequence[FlagRule], case: Case, level: int, askable: set[str]
) -> list[Change]:
    """Single answers that complete a more urgent rule; pairs only where few single ones do."""
    found: list[Change] = []
    for count in (1, 2):
        if len(found) < MOST_RAISING:
            found += [
                Change(answers, rule.level)
                for rule, answers in missing(rules, case, count, below=level)
                if set(answers) <= askable
            ]
    return found


def _smallest(ordered: list[Change]) -> list[Change]:
    """Keep a set only if no smaller or equal set already kept reaches at least its level."""
    kept: list[Change] = []
    for change in ordered:
        items = set(change.findings.items())
        if not any(set(k.findings.items()) <= items and k.level <= change.level for k in kept):
            kept.append(change)
    return kept


def _lowering_by_known(
    network: CompiledNetwork,
    rules: Sequence[FlagRule],
    thresholds: Sequence[ProbabilityThreshold],
    case: Case,
    verdict: Verdict,
) -> list[Change]:
    """Findings that hold the level up: were one of them not so, the advice would be less urgent."""
    prior = network.prior(case.regions, case.setting, case.age, case.sex)
    found: list[Change] = []
    used = {a.name for rule in verdict.rules for a, positive in rule.atoms if positive}
    for name in sorted(used & set(case.findings)):
        if case.findings[name] != "yes":
            continue
        other = case.having({name: "no"})
        conditions = infer(network, prior, observed(network, other.findings)).conditions
        level = decide(network, rules, thresholds, other, conditions).level
        if level > verdict.level:
            found.append(Change({name: "no"}, level))
    return found
