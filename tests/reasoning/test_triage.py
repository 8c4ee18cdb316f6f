"""Two voices, flags and probability: the more urgent one wins, and the losses are coherent."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbago.assessment.rules import flag_rules, thresholds
from lumbago.case import Case
from lumbago.knowledge import Knowledge
from lumbago.knowledge.compile import CompiledNetwork, Floats, compiled
from lumbago.knowledge.expression import parse
from lumbago.knowledge.schema import DISPOSITIONS
from lumbago.reasoning.flags import FlagRule, evaluate
from lumbago.reasoning.network import infer, observed
from lumbago.reasoning.triage import ProbabilityThreshold, Verdict, decide, probability_levels
from tests.synthetic import random_case

LEAST = len(DISPOSITIONS) - 1
levels = st.integers(0, LEAST)
beliefs = st.lists(st.floats(0, 1), min_size=6, max_size=6).filter(lambda w: sum(w) > 1e-3)


@pytest.fixture(scope="module")
def cases(knowledge: Knowledge) -> list[Case]:
    rng = random.Random(11)
    return [random_case(rng, knowledge, most=30) for _ in range(40)]


def posterior(network: CompiledNetwork, case: Case) -> Floats:
    prior = network.prior(case.regions, case.setting, case.age, case.sex)
    return infer(network, prior, observed(network, case.findings)).conditions


def verdict(network: CompiledNetwork, case: Case) -> Verdict:
    return decide(network, flag_rules(), thresholds(), case, posterior(network, case))


def by_need(network: CompiledNetwork, weights: list[float]) -> Floats:
    """(C,) belief that puts these weights on the needed levels, spread over their conditions."""
    share = np.array(weights)[network.level] / np.bincount(network.level)[network.level]
    return share / share.sum()


# The voices


def test_decision_is_the_more_urgent_of_the_two_voices(
    network: CompiledNetwork, cases: list[Case]
) -> None:
    for case in cases:
        found = verdict(network, case)
        holding = {r.id for r in flag_rules() if evaluate(r.when, case) is True}
        assert found.level == min(found.by_flags, found.by_probability)
        assert {rule.id for rule in found.rules} == holding
        assert found.by_flags == min(
            (r.level for r in flag_rules() if r.id in holding), default=LEAST
        )
        conditions = posterior(network, case)
        assert found.by_probability == probability_levels(network, thresholds(), conditions)


@given(levels, levels, st.booleans())
def test_neither_voice_can_lower_the_other(flag: int, needed: int, fires: bool) -> None:
    network = compiled()
    weights = [0.0] * 6
    weights[needed] = 1.0
    rule = FlagRule("rule", flag, parse("fever"), "")
    case = Case(findings={"fever": "yes" if fires else "no"})
    found = decide(network, [rule], [], case, by_need(network, weights))
    assert found.by_flags == (flag if fires else LEAST)
    assert found.level == min(found.by_flags, needed)


def test_no_rule_leaves_the_word_to_probability(
    network: CompiledNetwork, cases: list[Case]
) -> None:
    conditions = posterior(network, cases[0])
    found = decide(network, [], [], cases[0], conditions)
    assert (found.by_flags, found.rules) == (LEAST, ())
    assert found.level == found.by_probability


def test_adding_a_red_flag_never_lowers_the_floor(
    knowledge: Knowledge, network: CompiledNetwork, cases: list[Case]
) -> None:
    rng = random.Random(12)
    flags = [f.id for f in knowledge.findings if f.red_flag]
    for case in cases:
        conditions = posterior(network, case)  # the floor by flags does not look at it
        before = decide(network, flag_rules(), thresholds(), case, conditions)
        for flag in rng.sample(flags, 25):
            worse = case.having({flag: "yes"})
            after = decide(network, flag_rules(), thresholds(), worse, conditions)
            assert after.by_flags <= before.by_flags, flag
            assert after.level <= before.level, flag


# The losses


def test_certain_need_is_met_exactly(network: CompiledNetwork) -> None:
    for needed in sorted(set(network.level)):
        weights = [0.0] * 6
        weights[needed] = 1.0
        assert probability_levels(network, [], by_need(network, weights)) == needed


def test_losses_grow_away_from_the_needed_level(network: CompiledNetwork) -> None:
    assert (network.losses >= 0).all()
    for needed, row in enumerate(network.losses):
        assert row[needed] == 0
        assert (np.diff(row[needed:]) > 0).all(), "less urgent than needed costs ever more"
        assert (np.diff(row[: needed + 1]) < 0).all(), "more urgent than needed costs ever more"


def test_under_triage_costs_more_than_over_triage_by_as_many_levels(
    network: CompiledNetwork,
) -> None:
    """For what cannot wait: too little care is worse than as much too much of it."""
    for needed in range(DISPOSITIONS.index("soon")):
        for steps in range(1, needed + 1):
            row = network.losses[needed]
            assert row[needed + steps] > row[needed - steps]


def test_losses_compare_needs_alike(network: CompiledNetwork) -> None:
    """The price of giving less care grows with the need: so more danger never means less care."""
    extra = np.diff(network.losses, axis=1)  # (needed, step to the next less urgent level)
    assert (np.diff(extra, axis=0) <= 0).all()


@given(beliefs, levels, levels, st.floats(0, 1))
def test_belief_moved_to_a_more_urgent_need_never_lowers_the_level(
    weights: list[float], one: int, other: int, share: float
) -> None:
    network, (more, less) = compiled(), sorted((one, other))
    moved = weights.copy()
    moved[more], moved[less] = weights[more] + share * weights[less], (1 - share) * weights[less]
    if more == less:
        moved = weights
    before = np.array(weights) / sum(weights)
    after = np.array(moved) / sum(moved)
    found = [int(np.argmin(np.round(need @ network.losses, 9))) for need in (before, after)]
    assert found[1] <= found[0]


# Thresholds


@given(beliefs, levels, st.floats(0.001, 0.999))
def test_passing_a_threshold_gives_at_least_its_level(
    weights: list[float], level: int, probability: float
) -> None:
    network = compiled()
    conditions = by_need(network, [w + 1e-6 for w in weights])
    likeliest = int(conditions.argmax())
    threshold = ProbabilityThreshold(likeliest, probability, level)
    without = int(probability_levels(network, [], conditions))
    found = int(probability_levels(network, [threshold], conditions))
    passed = conditions[likeliest] >= probability
    assert found == (min(without, level) if passed else without)


def test_many_cases_at_once_equal_one_at_a_time(
    network: CompiledNetwork, cases: list[Case]
) -> None:
    table = np.array([posterior(network, case) for case in cases])
    together = probability_levels(network, thresholds(), table)
    alone = [int(probability_levels(network, thresholds(), row)) for row in table]
    np.testing.assert_array_equal(together, alone)


def test_packaged_thresholds_are_guidelines_own(knowledge: Knowledge) -> None:
    listed = [(c.id, t) for c in knowledge.conditions for t in c.thresholds]
    assert len(thresholds()) == len(listed)
    for condition, threshold in listed:
        assert 0 < threshold.probability < 1, condition
        assert knowledge.source_by_id[threshold.source].kind == "guideline", condition


def test_more_urgent_thresholds_need_more_belief(knowledge: Knowledge) -> None:
    for condition in knowledge.conditions:
        ordered = sorted(condition.thresholds, key=lambda t: DISPOSITIONS.index(t.disposition))
        asked = [t.probability for t in ordered]
        assert asked == sorted(asked, reverse=True), condition.id


def test_a_fault_in_the_ranking_cannot_hide_a_flag(
    network: CompiledNetwork, cases: list[Case]
) -> None:
    """Even with the whole belief on the mildest condition."""
    mildest = np.zeros(len(network.conditions))
    mildest[int(network.level.argmax())] = 1.0
    for case in cases:
        found = decide(network, flag_rules(), thresholds(), case, mildest)
        assert found.level <= min((rule.level for rule in found.rules), default=LEAST)
        blank = decide(replace(network, losses=network.losses * 0), flag_rules(), [], case, mildest)
        assert blank.by_flags == found.by_flags
