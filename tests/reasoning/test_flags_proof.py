"""What the packaged flag rules can never do, proved for all cases and not only sampled."""

import random
from functools import cache

import pytest
import z3

from lumbago.case import REGIONS, Case
from lumbago.knowledge import Knowledge, load_knowledge
from lumbago.knowledge.expression import Expression, parse
from lumbago.knowledge.schema import DISPOSITIONS, Rule
from lumbago.reasoning.flags import evaluate
from tests.reasoning.logic import UNKNOWN_AGE, Facts, counterexample, solver_with
from tests.synthetic import random_case

SOON = DISPOSITIONS.index("soon")
URGENT = DISPOSITIONS.index("urgent")

#: Findings that half the healthy world has; none of them may frighten anybody by itself.
WEAK = {
    "night_pain_wakes": "yes",
    "weight_loss": "yes",
    "steroid_use_long": "yes",
    "diabetes": "yes",
    "morning_stiffness_30min": "yes",
    "smoker": "yes",
    "duration": "over_12_weeks",
    "cancer_history": "yes",
    "pain_severity": "severe",
}


@cache
def expression(text: str) -> Expression:
    return parse(text)


def level(rule: Rule) -> int:
    return DISPOSITIONS.index(rule.disposition)


@pytest.fixture(scope="module")
def facts(knowledge: Knowledge) -> Facts:
    return Facts((expression(r.when) for r in knowledge.rules), knowledge)


@pytest.fixture(scope="module")
def certain(knowledge: Knowledge, facts: Facts) -> dict[str, z3.BoolRef]:
    """That each rule fires."""
    return {r.id: facts.certain(expression(r.when)) for r in knowledge.rules}


def test_z3_and_the_engine_read_the_rules_alike(
    knowledge: Knowledge, facts: Facts, certain: dict[str, z3.BoolRef]
) -> None:
    rng = random.Random(3)
    for case in [Case(), *(random_case(rng, knowledge, most=250) for _ in range(12))]:
        solver = solver_with(facts.of_case(case))
        assert solver.check() == z3.sat
        model = solver.model()
        for rule in knowledge.rules:
            answer = evaluate(expression(rule.when), case)
            possible = facts.possible(expression(rule.when))
            assert z3.is_true(model.eval(certain[rule.id], True)) is (answer is True), rule.id
            assert z3.is_true(model.eval(possible, True)) is (answer is not False), rule.id


# (a) More danger never means less care


def implied_by(knowledge: Knowledge, finding: str) -> set[str]:
    """Findings that intake marks present, unless they were answered, because this one is."""
    found: set[str] = set()
    waiting = [finding]
    while waiting:
        new = set(knowledge.finding_by_id[waiting.pop()].implies) - found - {finding}
        found |= new
        waiting += new
    return found


@pytest.mark.parametrize("with_implied", [False, True], ids=["alone", "with_what_it_implies"])
def test_adding_a_red_flag_never_lowers_the_floor(
    knowledge: Knowledge, facts: Facts, certain: dict[str, z3.BoolRef], with_implied: bool
) -> None:
    """For each red flag, unknown or absent before and present after, and any other facts at all."""
    solver, faults = solver_with(facts.axioms()), []
    for flag in (f for f in knowledge.findings if f.red_flag and f.id in facts.values):
        assert flag.kind == "yes_no", flag.id
        yes, no = facts.known[flag.id, "yes"], facts.known[flag.id, "no"]
        changed = [(yes, z3.BoolVal(True)), (no, z3.BoolVal(False))]
        implied = implied_by(knowledge, flag.id) if with_implied else set()
        for name in implied & set(facts.values):
            present, absent = facts.known[name, "yes"], facts.known[name, "no"]
            changed.append((present, z3.Not(absent)))
        after = {name: z3.substitute(holds, changed) for name, holds in certain.items()}
        for rule in knowledge.rules:
            if after[rule.id].eq(certain[rule.id]):
                continue  # the rule does not speak of this flag: it fires after if it did before
            as_urgent = [after[r.id] for r in knowledge.rules if level(r) <= level(rule)]
            found = counterexample(solver, z3.Not(yes), certain[rule.id], z3.Not(z3.Or(as_urgent)))
            if found is not None:
                faults.append(f"{flag.id} = yes stops {rule.id}: {found}")
    assert not faults, "\n".join(faults)


def test_knowing_more_never_lowers_the_floor(
    knowledge: Knowledge, facts: Facts, certain: dict[str, z3.BoolRef]
) -> None:
    """No answer to an open question, and no order of answers, makes a rule that fired stop."""
    later = Facts((expression(r.when) for r in knowledge.rules), knowledge, "'")
    kept = [z3.Implies(symbol, later.known[key]) for key, symbol in facts.known.items()]
    kept.append(z3.Or(facts.age == UNKNOWN_AGE, later.age == facts.age))
    # Regions are answered together: once some are known, none is added.
    kept += [
        z3.Or(facts.unknown("region"), facts.known["region", r] == later.known["region", r])
        for r in REGIONS
    ]
    solver = solver_with([*facts.axioms(), *later.axioms(), *kept])
    for rule in knowledge.rules:
        after = later.certain(expression(rule.when))
        assert counterexample(solver, certain[rule.id], z3.Not(after)) is None, rule.id


# (b) Every rule can fire, and can matter


def sensible(knowledge: Knowledge, facts: Facts) -> list[z3.BoolRef]:
    """Findings are present only in people of whom they are asked."""
    found = facts.axioms()
    for f in (f for f in knowledge.findings if f.id in facts.values and f.kind == "yes_no"):
        asked = [
            z3.Or(facts.age == UNKNOWN_AGE, z3.And(facts.age >= f.min_age, facts.age <= f.max_age))
        ]
        if f.sex != "any" and "sex" in facts.values:
            asked.append(z3.Or(facts.known["sex", f.sex], facts.unknown("sex")))
        found.append(z3.Implies(facts.known[f.id, "yes"], z3.And(asked)))
    return found


def test_every_rule_can_fire(
    knowledge: Knowledge, facts: Facts, certain: dict[str, z3.BoolRef]
) -> None:
    solver = solver_with(sensible(knowledge, facts))
    never = [r.id for r in knowledge.rules if counterexample(solver, certain[r.id]) is None]
    assert never == []


def test_every_rule_can_matter(
    knowledge: Knowledge, facts: Facts, certain: dict[str, z3.BoolRef]
) -> None:
    """No rule needs another to fire that is more urgent, or as urgent and gives the same reason."""
    solver, idle = solver_with(sensible(knowledge, facts)), []
    for rule in knowledge.rules:
        others = [
            r
            for r in knowledge.rules
            if level(r) < level(rule)
            or (level(r) == level(rule) and r.id != rule.id and r.reason == rule.reason)
        ]
        nowhere_else = (z3.Not(certain[r.id]) for r in others)
        if counterexample(solver, certain[rule.id], *nowhere_else) is not None:
            continue  # fires where none of the others does
        for other in others:
            if counterexample(solver, certain[rule.id], z3.Not(certain[other.id])) is None:
                idle.append(f"{rule.id} ({rule.disposition}) never fires without {other.id}")
    assert not idle, "\n".join(idle)


# (c) The textbook picture of every condition that must not be missed is caught


@pytest.mark.parametrize("number", range(len(load_knowledge().textbook)))
def test_textbook_picture_is_caught(knowledge: Knowledge, number: int) -> None:
    picture = knowledge.textbook[number]
    case = Case(picture.age, picture.sex, "public", tuple(picture.regions), picture.findings)
    condition = knowledge.condition_by_id[picture.condition]
    needed = max(URGENT, DISPOSITIONS.index(condition.disposition))
    firing = [r for r in knowledge.rules if evaluate(expression(r.when), case)]
    caught = [
        r
        for r in firing
        if condition.id in {knowledge.condition_by_id[c].id for c in r.catches}
        and level(r) <= needed
    ]
    shown = [f"{r.id} ({r.disposition}) catches {', '.join(r.catches)}" for r in firing]
    assert caught, f"{condition.id} needs {DISPOSITIONS[needed]}; fired: {shown}"


# (d) One weak finding frightens nobody


def only(knowledge: Knowledge, facts: Facts, name: str) -> list[z3.BoolRef]:
    """Nothing is known beyond one finding (or "age"), sex and the regions; the rest may be "no"."""
    quiet = [
        z3.Not(facts.known[f.id, "yes"]) if f.kind == "yes_no" else facts.unknown(f.id)
        for f in knowledge.findings
        if f.id in facts.values and f.id != name
    ]
    return quiet if name == "age" else [*quiet, facts.age == UNKNOWN_AGE]


@pytest.mark.parametrize("name", ["age", *WEAK])
def test_one_weak_finding_stays_at_soon_or_below(
    knowledge: Knowledge, facts: Facts, certain: dict[str, z3.BoolRef], name: str
) -> None:
    """Alone with any regions, any sex, and any number of questions answered with no."""
    raising = [r for r in knowledge.rules if level(r) < SOON]
    assert name == "age" or WEAK[name] in knowledge.finding(name).values
    solver = solver_with([*facts.axioms(), *only(knowledge, facts, name)])
    found = {r.id: counterexample(solver, certain[r.id]) for r in raising}
    assert {rule: why for rule, why in found.items() if why is not None} == {}
