"""Red-flag rules in three-valued logic: yes, no, not known.

Each rule is kept in two forms. `when` is the expression as it was written, and `evaluate` is its
plain meaning. For speed a set of rules is also multiplied out into *terms*: a rule holds if any of
its terms holds, a term holds if all of its facts do. Tests hold the two forms against each other.

This module never imports the network: a fault in the ranking cannot hide a flag.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, groupby, product

import numpy as np
from numpy.typing import NDArray

from lumbago.case import Case
from lumbago.knowledge.expression import Age, AtLeast, Atom, Expression, Not, atoms

__all__ = ["FlagRule", "evaluate", "fired", "missing"]

Fact = Atom | Age | Not
Term = frozenset[Fact]


@dataclass(frozen=True, eq=False)
class FlagRule:
    """A rule ready to evaluate. `level` counts from 0, the most urgent."""

    id: str
    level: int
    when: Expression
    reason: str

    @cached_property
    def atoms(self) -> tuple[tuple[Atom, bool], ...]:
        """Distinct atoms of the rule, each with whether it stands un-negated."""
        return tuple(dict.fromkeys(atoms(self.when)))

    @cached_property
    def terms(self) -> "set[Term]":
        """The rule multiplied out: sets of facts, each enough to make it hold."""
        return _terms(self.when)


def evaluate(expression: Expression, case: Case) -> bool | None:
    """Whether an expression holds for a case: True, False, or None for not known."""
    match expression:
        case Atom(name, value):
            known = _answer(name, value, case)
            return None if known is None else known == value
        case Age(low, high):
            return None if case.age is None else low <= case.age <= high
        case Not(part):
            inner = evaluate(part, case)
            return None if inner is None else not inner
        case AtLeast(count, parts):
            answers = [evaluate(part, case) for part in parts]
            certain = answers.count(True)
            if certain >= count:
                return True
            return None if certain + answers.count(None) >= count else False


def _answer(name: str, value: str, case: Case) -> str | None:
    if name == "sex":
        return case.sex
    if name == "region":
        if not case.regions:
            return None
        return value if value in case.regions else ""
    return case.findings.get(name)


def fired(rules: Sequence[FlagRule], case: Case) -> list[FlagRule]:
    """Rules that certainly hold, most urgent first."""
    terms = _multiplied_out(tuple(rules))
    holding = set(terms.rule_of[terms.unmet(terms.status(case)) == 0].tolist())
    return sorted((rules[i] for i in sorted(holding)), key=lambda rule: rule.level)


def missing(
    rules: Sequence[FlagRule], case: Case, count: int, *, below: int
) -> Iterator[tuple[FlagRule, Mapping[str, str]]]:
    """Each rule of a level below `below` that `count` more answers would make hold, with them.

    A rule comes once for every such set of answers; age, sex and region are not answers.
    """
    terms = _multiplied_out(tuple(rules))
    status = terms.status(case)
    urgent = np.array([rule.level < below for rule in rules], dtype=bool)[terms.rule_of]
    for t in np.flatnonzero(urgent & (terms.unmet(status) == count)):
        facts = [terms.facts[f] for f in terms.table[t] if status[f] == 0]
        answers = {f.name: f.value for f in facts if isinstance(f, Atom)}
        if len(answers) == count and not {"sex", "region"} & set(answers):
            yield rules[terms.rule_of[t]], answers


@dataclass(frozen=True, eq=False)
class _Terms:
    """Terms of a set of rules: (T, W) facts of each term, padded with fact 0, which always holds."""

    facts: tuple[Fact, ...]
    table: NDArray[np.intp]
    rule_of: NDArray[np.intp]

    def status(self, case: Case) -> NDArray[np.int8]:
        """(facts,) 1 if a fact holds, -1 if it does not, 0 if that is not known."""
        status = np.zeros(len(self.facts), dtype=np.int8)
        for name in (*case.findings, "", "sex", "region"):
            for number in self._about.get(name, ()):
                holds = evaluate(self.facts[number], case)
                status[number] = 0 if holds is None else 1 if holds else -1
        return status

    @cached_property
    def _about(self) -> dict[str, list[int]]:
        """Facts about each finding, about sex and region, and (under "") about anything else."""
        found: dict[str, list[int]] = {}
        for number, fact in enumerate(self.facts):
            inner = fact.part if isinstance(fact, Not) else fact
            found.setdefault(inner.name if isinstance(inner, Atom) else "", []).append(number)
        return found

    def unmet(self, status: NDArray[np.int8]) -> NDArray[np.intp]:
        """(T,) facts of each term that are not known; a large number if one does not hold.

        Args:
            status: (facts,) as `status` gives it.
        """
        of_each = np.array([len(self.facts), 1, 0])  # what does not hold, is not known, and holds
        unknown: NDArray[np.intp] = of_each[status + 1][self.table].sum(axis=1)
        return unknown


@lru_cache(maxsize=32)
def _multiplied_out(rules: tuple[FlagRule, ...]) -> _Terms:
    always = AtLeast(0, ())
    per_rule = [rule.terms for rule in rules]
    facts = list(dict.fromkeys(fact for terms in per_rule for term in terms for fact in term))
    index = {fact: i for i, fact in enumerate(facts, start=1)}
    flat = [[index[fact] for fact in term] for terms in per_rule for term in terms]
    table = np.zeros((len(flat), max(map(len, flat), default=1)), dtype=np.intp)
    for row, numbers in zip(table, flat, strict=True):
        row[: len(numbers)] = numbers
    rule_of = np.repeat(np.arange(len(rules)), [len(terms) for terms in per_rule])
    return _Terms((Not(Not(always)), *facts), table, rule_of)


def _terms(expression: Expression, *, holds: bool = True) -> set[Term]:
    """Sets of facts, each enough to make an expression hold (or, if not `holds`, fail)."""
    match expression:
        case Not(part):
            return _terms(part, holds=not holds)
        case AtLeast(count, parts):
            needed = count if holds else len(parts) - count + 1
            options = [_terms(part, holds=holds) for part in parts]
            if needed == 1 and all(len(term) == 1 for terms in options for term in terms):
                return set().union(*options)  # a plain "a or b or c", by far the commonest
            return _smallest(
                frozenset().union(*chosen)
                for some in combinations(options, max(needed, 0))
                for chosen in product(*some)
            )
    return {frozenset([expression if holds else Not(expression)])}


def _smallest(terms: Iterable[Term]) -> set[Term]:
    """Without terms that hold another one and more."""
    kept: list[Term] = []
    for _, alike in groupby(sorted(set(terms), key=len), key=len):
        kept += [term for term in alike if not any(smaller <= term for smaller in kept)]
    return set(kept)
