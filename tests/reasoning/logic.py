"""The flag rules once more, in the logic of z3, so that statements about all cases can be proved.

A finding with n answers is n booleans, "known to be this answer", of which at most one holds; none
holds while it is unknown. Sex is written the same way. Regions are booleans, all of them false
while unknown. Age is a whole number from 0 to 120, or -1 while unknown.

Three-valued logic becomes two ordinary formulas: `certain` (the rule holds, as far as is known) and
`possible` (it could still hold).
"""

from collections.abc import Iterable
from itertools import combinations

import z3

from lumbago.case import REGIONS, Case
from lumbago.knowledge import Knowledge
from lumbago.knowledge.expression import Age, AtLeast, Atom, Expression, Not, atoms

__all__ = ["UNKNOWN_AGE", "Facts", "counterexample", "solver_with"]

UNKNOWN_AGE = -1


class Facts:
    """Symbols for all that the rules ask of one case; `tag` keeps two cases apart."""

    def __init__(self, rules: Iterable[Expression], knowledge: Knowledge, tag: str = "") -> None:
        asked = sorted({atom.name for rule in rules for atom, _ in atoms(rule)})
        self.age = z3.Int(f"age{tag}")
        self.values = {
            name: ("female", "male") if name == "sex" else knowledge.finding_by_id[name].values
            for name in asked
            if name != "region"
        }
        self.known = {
            (name, value): z3.Bool(f"{name}={value}{tag}")
            for name, values in (*self.values.items(), ("region", REGIONS))
            for value in values
        }

    def axioms(self) -> list[z3.BoolRef]:
        """What is true of every case, whatever was answered: one answer to one question."""
        once = [
            z3.Not(z3.And(self.known[name, one], self.known[name, other]))
            for name, values in self.values.items()
            for one, other in combinations(values, 2)
        ]
        return [self.age >= UNKNOWN_AGE, self.age <= 120, *once]

    def certain(self, expression: Expression) -> z3.BoolRef:
        """The expression evaluates to yes."""
        match expression:
            case Atom(name, value):
                return self.known[name, value]
            case Age(low, high):
                return z3.And(self.age >= low, self.age <= high, self.age != UNKNOWN_AGE)
            case Not(part):
                return z3.Not(self.possible(part))
            case AtLeast(count, parts):
                return at_least(count, [self.certain(part) for part in parts])

    def possible(self, expression: Expression) -> z3.BoolRef:
        """The expression does not evaluate to no."""
        match expression:
            case Atom("region", value):
                return z3.Or(self.known["region", value], self.unknown("region"))
            case Atom(name, value):
                others = [self.known[name, v] for v in self.values[name] if v != value]
                return z3.Not(z3.Or(others))
            case Age(low, high):
                return z3.Or(z3.And(self.age >= low, self.age <= high), self.age == UNKNOWN_AGE)
            case Not(part):
                return z3.Not(self.certain(part))
            case AtLeast(count, parts):
                return at_least(count, [self.possible(part) for part in parts])

    def unknown(self, name: str) -> z3.BoolRef:
        """Nothing is known of a finding, of sex, or of region."""
        values = REGIONS if name == "region" else self.values[name]
        return z3.Not(z3.Or([self.known[name, value] for value in values]))

    def of_case(self, case: Case) -> list[z3.BoolRef]:
        """Everything that is known of one case, and that the rest is not."""
        given = {*case.findings.items(), ("sex", case.sex), *(("region", r) for r in case.regions)}
        return [
            self.age == (UNKNOWN_AGE if case.age is None else case.age),
            *(symbol == z3.BoolVal(key in given) for key, symbol in self.known.items()),
        ]


def at_least(count: int, parts: list[z3.BoolRef]) -> z3.BoolRef:
    """`count` or more of the parts hold."""
    if count == 1:
        return z3.Or(parts)
    return z3.And(parts) if count == len(parts) else z3.AtLeast(*parts, count)


def counterexample(solver: z3.Solver, *claims: z3.BoolRef) -> str | None:
    """Facts for which all the claims hold together, in words; None if z3 proves there are none."""
    solver.push()
    solver.add(*claims)
    answer = solver.check()
    assert answer != z3.unknown, solver.reason_unknown()
    found = None if answer == z3.unsat else _in_words(solver.model())
    solver.pop()
    return found


def solver_with(axioms: Iterable[z3.BoolRef]) -> z3.Solver:
    """A solver that takes the axioms for granted."""
    solver = z3.Solver()
    solver.add(*axioms)
    return solver


def _in_words(model: z3.ModelRef) -> str:
    shown = sorted(str(d) for d in model.decls() if z3.is_true(model[d]))
    ages = sorted(f"{d}={model[d]}" for d in model.decls() if z3.is_int_value(model[d]))
    return ", ".join([*ages, *shown])
