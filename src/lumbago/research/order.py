"""How soon an order of questions settles the advice, against random order and commonest-first.

Each case starts with age, sex and region. Questions are put one at a time and answered from the case ("I
don't know" where it is silent). The curve gives, after n questions, the share of cases whose level of care is
the one that all of their findings give.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lumbago.assessment import Interview
from lumbago.assessment.change import ASKABLE, applies
from lumbago.assessment.rules import flag_rules, thresholds
from lumbago.case import Case
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.compile import Floats, compiled
from lumbago.reasoning.network import infer, observed, predictive
from lumbago.reasoning.triage import decide

__all__ = ["Curve", "curves"]

SEED = 20261122


@dataclass(frozen=True, eq=False)
class Curve:
    """`share[n]` of the cases have their final level of care after n questions."""

    name: str
    share: Floats

    def needed(self, share: float) -> int | None:
        """Questions until this share of the cases is settled; None if that is not reached."""
        there = np.flatnonzero(self.share >= share)
        return int(there[0]) if len(there) else None


def curves(truths: Sequence[Case], most: int) -> list[Curve]:
    """The curves of the interview's order, of commonest-first and of random order."""
    rng = np.random.default_rng(SEED)
    orders: dict[str, Callable[[Case], Iterator[str]]] = {
        "interview": _by_interview,
        "commonest first": _commonest_first,
        "random": lambda truth: iter(rng.permutation(_pool(truth)).tolist()),
    }
    found = []
    for name, order in orders.items():
        settled = np.zeros((len(truths), most + 1))
        for row, truth in zip(settled, truths, strict=True):
            row[:] = list(_settled(truth, order(truth), most))
        found.append(Curve(name, settled.mean(axis=0)))
    return found


def _settled(truth: Case, order: Iterator[str], most: int) -> Iterator[bool]:
    final = _level(truth)
    known: dict[str, str] = {}
    level = _level(_knowing(truth, known))
    yield level == final
    for _ in range(most):
        name = next(order, None)
        if name in truth.findings:
            known[str(name)] = truth.findings[str(name)]
            level = _level(_knowing(truth, known))
        yield level == final


def _knowing(truth: Case, known: dict[str, str]) -> Case:
    return Case(truth.age, truth.sex, truth.setting, truth.regions, known)


def _level(case: Case) -> int:
    network = compiled()
    prior = network.prior(case.regions, case.setting, case.age, case.sex)
    conditions = infer(network, prior, observed(network, case.findings)).conditions
    return decide(network, flag_rules(), thresholds(), case, conditions).level


def _by_interview(truth: Case) -> Iterator[str]:
    interview = Interview(age=truth.age, sex=truth.sex, setting=truth.setting, region=truth.regions)
    while (page := interview.ask()) is not None:
        yield from (q.id for q in page.questions)
        interview = interview.answer({q.id: truth.findings.get(q.id) for q in page.questions})


def _pool(truth: Case) -> list[str]:
    bare = _knowing(truth, {})
    return [f.id for f in load_knowledge().findings if f.who in ASKABLE and applies(f, bare)]


def _commonest_first(truth: Case) -> Iterator[str]:
    network = compiled()
    prior = network.prior(truth.regions, truth.setting, truth.age, truth.sex)
    chance = predictive(network, infer(network, prior, observed(network, {})))
    said = {name: chance[at] for (name, value), at in network.value_index.items() if value == "yes"}
    return iter(sorted(_pool(truth), key=lambda name: -said.get(name, 1.0)))
