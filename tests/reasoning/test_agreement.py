"""Fast engine = slow reference = batch = two independent libraries; and laws of the engine itself."""

import random
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbago.case import Case
from lumbago.knowledge import Knowledge
from lumbago.knowledge.compile import CompiledNetwork, Floats, Ints, compile_network
from lumbago.reasoning.draws import draw, posterior_draws
from lumbago.reasoning.explain import leave_one_out
from lumbago.reasoning.network import Posterior, hypothetical, infer, observed, predictive
from lumbago.research.batch import pack, posterior_batch
from lumbago.research.bif import ROOT, to_bif, undamped
from tests.reasoning.libraries import BIFReader, VariableElimination, pyagrum
from tests.reasoning.reference import Reference
from tests.synthetic import random_case, random_knowledge

EXACT = 1e-6
#: The batch engine keeps its tables and its answers in single precision (24 bits, 6e-8 each), and a
#: case multiplies one such table per finding. So it is held to a relative 1e-4, and to an absolute
#: 1e-5 for conditions that are all but excluded.
SINGLE = {"rtol": 1e-4, "atol": 1e-5}

seeds = st.integers(0, 2**32 - 1)


def posterior_of(network: CompiledNetwork, case: Case) -> Posterior:
    prior = network.prior(case.regions, case.setting, case.age, case.sex)
    return infer(network, prior, observed(network, case.findings))


def cases_of(knowledge: Knowledge, *, count: int, most: int, seed: int) -> list[Case]:
    rng = random.Random(seed)
    return [random_case(rng, knowledge, most=most) for _ in range(count)]


def as_array(network: CompiledNetwork, table: dict[str, float]) -> Floats:
    return np.array([table[c] for c in network.conditions])


def everything_known(knowledge: Knowledge, seed: int) -> Case:
    rng = random.Random(seed)
    return Case(60, "female", findings={f.id: rng.choice(f.values) for f in knowledge.findings})


@pytest.fixture(scope="module")
def cases(knowledge: Knowledge) -> list[Case]:
    return cases_of(knowledge, count=20, most=25, seed=1)


# Reference: the model stated once more, with damping


@settings(deadline=None, max_examples=150)
@given(seed=seeds)
def test_fast_engine_equals_reference_on_any_small_network(seed: int) -> None:
    knowledge = random_knowledge(seed)
    network, reference = compile_network(knowledge), Reference(knowledge)
    case = random_case(random.Random(seed), knowledge, most=10)
    found = posterior_of(network, case)
    np.testing.assert_allclose(found.prior, as_array(network, reference.prior(case)), atol=EXACT)
    np.testing.assert_allclose(
        found.conditions, as_array(network, reference.posterior(case)), atol=EXACT
    )
    assert_mechanisms_equal(network, reference, case, network.mechanisms)
    assert_predictive_equal(network, reference, case, network.findings)
    batch = posterior_batch(network, *pack(network, [case]))
    np.testing.assert_allclose(batch[0], found.conditions, **SINGLE)


def test_fast_engine_equals_reference_on_packaged_evidence(
    knowledge: Knowledge, network: CompiledNetwork, cases: list[Case]
) -> None:
    reference, rng = Reference(knowledge), random.Random(2)
    for case in cases:
        found = posterior_of(network, case)
        np.testing.assert_allclose(
            found.prior, as_array(network, reference.prior(case)), atol=EXACT
        )
        np.testing.assert_allclose(
            found.conditions, as_array(network, reference.posterior(case)), atol=EXACT
        )
    assert_mechanisms_equal(network, reference, cases[0], rng.sample(network.mechanisms, 8))
    assert_predictive_equal(network, reference, cases[0], rng.sample(network.findings, 30))


def test_fast_engine_equals_reference_when_everything_is_known(
    knowledge: Knowledge, network: CompiledNetwork
) -> None:
    case = everything_known(knowledge, 3)
    expected = as_array(network, Reference(knowledge).posterior(case))
    np.testing.assert_allclose(posterior_of(network, case).conditions, expected, atol=EXACT)


def assert_mechanisms_equal(
    network: CompiledNetwork, reference: Reference, case: Case, names: tuple[str, ...] | list[str]
) -> None:
    table = posterior_of(network, case).mechanisms(network)
    np.testing.assert_allclose(table.sum(axis=1), 1.0, atol=EXACT)
    for name in names:
        m = network.mechanisms.index(name)
        expected = reference.mechanism(name, case)
        for s, state in enumerate(network.state_names[m]):
            assert table[m, s] == pytest.approx(expected[state], abs=EXACT), (name, state)


def assert_predictive_equal(
    network: CompiledNetwork, reference: Reference, case: Case, names: tuple[str, ...] | list[str]
) -> None:
    chance = predictive(network, posterior_of(network, case))
    for name in names:
        for value, expected in reference.predictive(name, case).items():
            found = chance[network.value_index[name, value]]
            assert found == pytest.approx(expected, abs=EXACT), (name, value)


# Batch


def test_batch_equals_single_on_packaged_evidence(
    knowledge: Knowledge, network: CompiledNetwork
) -> None:
    many = [*cases_of(knowledge, count=700, most=40, seed=4), Case()]  # more than one block
    found = posterior_batch(network, *pack(network, many))
    expected = np.array([posterior_of(network, case).conditions for case in many])
    np.testing.assert_allclose(found, expected, **SINGLE)


def test_batch_equals_single_when_everything_is_known(
    knowledge: Knowledge, network: CompiledNetwork
) -> None:
    many = [everything_known(knowledge, seed) for seed in range(20)]
    found = posterior_batch(network, *pack(network, many))
    expected = np.array([posterior_of(network, case).conditions for case in many])
    np.testing.assert_allclose(found, expected, **SINGLE)


def test_batch_of_no_cases_is_empty(network: CompiledNetwork) -> None:
    assert posterior_batch(network, *pack(network, [])).shape == (0, len(network.conditions))


# Independent libraries, on the network without damping


def test_undamped_network_equals_pyagrum(
    network: CompiledNetwork, cases: list[Case], tmp_path: Path
) -> None:
    plain = undamped(network)
    for case in cases[:6]:
        found = posterior_of(plain, case)
        path = tmp_path / "lumbago.bif"
        path.write_text(to_bif(plain, found.prior))
        theirs = pyagrum.loadBN(str(path))
        engine = pyagrum.LazyPropagation(theirs)
        engine.setEvidence(dict(case.findings))
        engine.makeInference()
        assert theirs.variable(ROOT).labels() == plain.conditions
        np.testing.assert_allclose(engine.posterior(ROOT).toarray(), found.conditions, atol=EXACT)
        for m, row in enumerate(found.mechanisms(plain)):
            expected = engine.posterior(plain.mechanisms[m]).toarray()
            np.testing.assert_allclose(row[: len(expected)], expected, atol=EXACT)
        chance = predictive(plain, found)
        for name in plain.findings[::20]:
            if name not in case.findings:
                variable, expected = theirs.variable(name), engine.posterior(name).toarray()
                ours = [chance[plain.value_index[name, v]] for v in variable.labels()]
                np.testing.assert_allclose(ours, expected, atol=EXACT)


def test_undamped_network_equals_pgmpy(network: CompiledNetwork, cases: list[Case]) -> None:
    """Only the findings of the case and their mechanisms are exported.

    The other nodes are barren, so leaving them out changes no posterior; pgmpy's reader would take
    minutes over the whole text.
    """
    plain = undamped(network)
    for case in [c for c in cases if 2 <= len(c.findings) <= 14][:4]:
        found = posterior_of(plain, case)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = BIFReader(string=to_bif(plain, found.prior, case.findings)).get_model()
            answer = VariableElimination(theirs).query(
                [ROOT], evidence=dict(case.findings), show_progress=False
            )
        expected = dict(zip(answer.state_names[ROOT], answer.values, strict=True))
        np.testing.assert_allclose(found.conditions, as_array(plain, expected), atol=EXACT)


def test_bif_names_are_plain_words_used_once(network: CompiledNetwork) -> None:
    names = [ROOT, *network.mechanisms, *network.findings]
    assert len(names) == len(set(names))
    states = {s for group in (*network.state_names, *network.finding_values) for s in group}
    for name in {*names, *network.conditions, *states}:
        assert name.isascii(), name
        assert name.isidentifier(), name


# Laws


def networks(
    knowledge: Knowledge, network: CompiledNetwork
) -> Iterator[tuple[CompiledNetwork, Case]]:
    """The packaged network and a few random ones, each with a case that leaves findings open."""
    yield network, cases_of(knowledge, count=1, most=15, seed=5)[0]
    for seed in range(25):
        small = random_knowledge(seed)
        yield compile_network(small), random_case(random.Random(seed), small, most=4)


def every(network: CompiledNetwork) -> Ints:
    return np.arange(len(network.values))


def test_hypothetical_is_infer_with_the_value_added(
    knowledge: Knowledge, network: CompiledNetwork
) -> None:
    rng = random.Random(6)
    for each, case in networks(knowledge, network):
        table = hypothetical(each, posterior_of(each, case), every(each))
        unknown = [key for key in each.value_index if key[0] not in case.findings]
        for finding, value in rng.sample(unknown, min(60, len(unknown))):
            expected = posterior_of(each, case.having({finding: value})).conditions
            found = table[each.value_index[finding, value]]
            np.testing.assert_allclose(found, expected, atol=EXACT)


def test_predictive_sums_to_one_per_finding(knowledge: Knowledge, network: CompiledNetwork) -> None:
    for each, case in networks(knowledge, network):
        chance = predictive(each, posterior_of(each, case))
        for finding, values in zip(each.findings, each.finding_values, strict=True):
            total = sum(chance[each.value_index[finding, v]] for v in values)
            assert total == pytest.approx(1.0, abs=EXACT)


def test_predictive_mixes_the_answers_back_to_the_posterior(
    network: CompiledNetwork, cases: list[Case]
) -> None:
    """Without damping, belief now is the average of belief after each answer."""
    plain = undamped(network)
    found = posterior_of(plain, cases[1])
    chance, after = predictive(plain, found), hypothetical(plain, found, every(plain))
    for finding, values in zip(plain.findings, plain.finding_values, strict=True):
        if finding not in cases[1].findings:
            block = [plain.value_index[finding, v] for v in values]
            np.testing.assert_allclose(chance[block] @ after[block], found.conditions, atol=EXACT)


def test_leave_one_out_is_the_difference_of_two_infers(
    network: CompiledNetwork, cases: list[Case]
) -> None:
    def log_odds(p: Floats) -> Floats:
        p = np.clip(p, 1e-12, 1 - 1e-12)
        return np.log(p / (1 - p))

    case = next(c for c in cases if len(c.findings) > 5)
    whole = posterior_of(network, case)
    values = observed(network, case.findings)
    weights = leave_one_out(network, whole.prior, values)
    for i, value in enumerate(values):
        left = {f: v for f, v in case.findings.items() if network.value_index[f, v] != value}
        without = posterior_of(network, replace(case, findings=left))
        expected = log_odds(whole.conditions) - log_odds(without.conditions)
        np.testing.assert_allclose(weights[i], expected, atol=EXACT)


def test_leave_one_out_of_nothing_is_empty(network: CompiledNetwork) -> None:
    prior = posterior_of(network, Case()).prior
    empty = leave_one_out(network, prior, observed(network, {}))
    assert empty.shape == (0, len(network.conditions))


def test_question_order_does_not_matter(network: CompiledNetwork, cases: list[Case]) -> None:
    rng = random.Random(7)
    for case in cases:
        items = list(case.findings.items())
        rng.shuffle(items)
        shuffled = replace(case, findings=dict(items))
        first, second = posterior_of(network, case), posterior_of(network, shuffled)
        np.testing.assert_array_equal(first.conditions, second.conditions)
        values = np.array([network.value_index[item] for item in items], dtype=np.intp)
        unsorted = infer(network, first.prior, values)
        np.testing.assert_allclose(unsorted.conditions, first.conditions, atol=EXACT)


def test_unknown_is_the_same_as_not_asked(network: CompiledNetwork) -> None:
    nothing = posterior_of(network, Case())
    np.testing.assert_allclose(nothing.conditions, nothing.prior, atol=EXACT)
    np.testing.assert_allclose(nothing.factor, 1.0)


def test_probabilities_lie_in_range_and_sum_to_one(
    network: CompiledNetwork, cases: list[Case]
) -> None:
    for case in cases:
        found = posterior_of(network, case)
        assert found.conditions.min() >= 0
        assert found.conditions.sum() == pytest.approx(1.0)
        assert found.prior.sum() == pytest.approx(1.0)


# Draws


def drawn_of(network: CompiledNetwork, case: Case, count: int) -> Floats:
    return posterior_draws(network, case, observed(network, case.findings), draw(network, count))


def test_draws_are_probabilities(
    knowledge: Knowledge, network: CompiledNetwork, cases: list[Case]
) -> None:
    for case in (*cases, everything_known(knowledge, 8)):
        drawn = drawn_of(network, case, 40)
        assert drawn.shape == (len(network.conditions), 40)
        assert drawn.min() >= 0
        assert drawn.max() <= 1 + EXACT
        np.testing.assert_allclose(drawn.sum(axis=0), 1.0, atol=1e-5)  # single precision


def test_draws_depend_on_the_seed_alone(network: CompiledNetwork) -> None:
    draw.cache_clear()
    first, other = draw(network, 10), draw(replace(network, seed=network.seed + 1), 10)
    draw.cache_clear()
    again = draw(network, 10)
    last = len(network.mechanisms) + len(network.findings) - 1
    for node in (last, 0, 5):  # in any order: nodes are drawn when first asked for
        np.testing.assert_array_equal(first.log_theta(node), again.log_theta(node))
        assert not np.array_equal(first.log_theta(node), other.log_theta(node))
    np.testing.assert_array_equal(first.noise(0), again.noise(0))


def test_draws_do_not_depend_on_what_was_asked_before(
    network: CompiledNetwork, cases: list[Case]
) -> None:
    draw.cache_clear()
    alone = drawn_of(network, cases[3], 20)
    draw.cache_clear()
    for case in cases:
        drawn_of(network, case, 20)
    np.testing.assert_array_equal(drawn_of(network, cases[3], 20), alone)


def test_each_row_drawn_sums_to_one_about_its_mean(network: CompiledNetwork) -> None:
    count = 400
    draws = draw(network, count)
    for node in range(len(network.first_parameter) - 1):
        block = slice(network.first_parameter[node], network.first_parameter[node + 1])
        theta, mean = np.exp(draws.log_theta(node).astype(float)), network.theta[block]
        sums = np.zeros((network.row.max() + 1, count))
        np.add.at(sums, network.row[block], theta)
        np.testing.assert_allclose(sums[network.row[block]], 1.0, atol=1e-3)  # kept above 1e-6
        deviation = np.sqrt(mean * (1 - mean) / (network.concentration[block] + 1))
        assert (np.abs(theta.mean(axis=1) - mean) <= 6 * deviation / count**0.5 + 1e-3).all()


def test_mean_of_draws_is_close_to_the_point_value(
    network: CompiledNetwork, cases: list[Case]
) -> None:
    """With the spread made small, the draws close in on the point value."""
    certain = replace(
        network, concentration=network.concentration * 1e5, share_spread=network.share_spread * 0
    )
    for case in cases:
        drawn = drawn_of(certain, case, 50).mean(axis=1)
        np.testing.assert_allclose(drawn, posterior_of(certain, case).conditions, atol=0.02)


def test_draws_of_long_records_do_not_underflow(
    knowledge: Knowledge, network: CompiledNetwork
) -> None:
    """Even if every answer is the least likely one there is, and so no state explains them."""
    certain = replace(
        network, concentration=network.concentration * 1e7, share_spread=network.share_spread * 0
    )
    best = np.exp(network.log_latent).max(axis=1)
    least = {
        f: min(values, key=lambda v, f=f: best[network.value_index[f, v]])
        for f, values in zip(network.findings, network.finding_values, strict=True)
    }
    for case in (
        Case(60, "male", findings=least),
        *(everything_known(knowledge, s) for s in range(4)),
    ):
        drawn = drawn_of(certain, case, 20).mean(axis=1)
        np.testing.assert_allclose(drawn, posterior_of(certain, case).conditions, atol=0.05)
