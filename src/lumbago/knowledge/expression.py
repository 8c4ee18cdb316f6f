"""The language of red-flag rules: `saddle_numbness and (leg_pain or age >= 50)`.

A rule is a boolean expression over findings, age, sex and region:

    finding                     the finding is present ("yes")
    finding == "category"       a choice finding has this category
    age >= 50, age < 18         the person's age
    sex == "female"             the person's sex
    region == "calf"            the pain is (also) in this region
    a and b, a or b, not a
    at_least(2, a, b, c)        two or more of these hold

`parse` turns the text into nested, frozen nodes; nothing is evaluated here.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lumbago.case import REGIONS

__all__ = ["Age", "AtLeast", "Atom", "Expression", "Not", "atoms", "parse"]


class Atom(NamedTuple):
    """A finding, sex or region that has a value."""

    name: str
    value: str


class Age(NamedTuple):
    """The age lies between two bounds, both included."""

    low: int
    high: int


class Not(NamedTuple):
    """The opposite of an expression."""

    part: "Expression"


@dataclass(frozen=True)
class AtLeast:
    """`count` or more of the parts hold; all of them for `and`, one for `or`."""

    count: int
    parts: tuple["Expression", ...]


Expression = Atom | Age | Not | AtLeast


def parse(text: str) -> Expression:
    """Parse the text of a rule.

    Raises:
        ValueError: If the text is not of the language above; says what part is not.
    """
    try:
        tree = ast.parse(" ".join(text.split()), mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"cannot be read as a rule: {error.msg}") from None
    return _build(tree)


def _build(node: ast.expr) -> Expression:
    match node:
        case ast.Name(id=name):
            return Atom(name, "yes")
        case ast.UnaryOp(op=ast.Not(), operand=part):
            return Not(_build(part))
        case ast.BoolOp(op=op, values=values):
            parts = tuple(_build(value) for value in values)
            return AtLeast(len(parts) if isinstance(op, ast.And) else 1, parts)
        case ast.Call(func=ast.Name(id="at_least"), args=[ast.Constant(value=int(count)), *rest]):
            return AtLeast(count, tuple(_build(part) for part in rest))
        case ast.Compare(
            left=ast.Name(id="age"), ops=[op], comparators=[ast.Constant(value=int(years))]
        ):
            return _age(op, years)
        case ast.Compare(
            left=ast.Name(id=name), ops=[ast.Eq()], comparators=[ast.Constant(value=str(value))]
        ):
            return Atom(name, value)
    raise ValueError(f"{ast.unparse(node)!r} is not part of the language of rules")


def _age(op: ast.cmpop, years: int) -> Age:
    match op:
        case ast.GtE():
            return Age(years, 120)
        case ast.Gt():
            return Age(years + 1, 120)
        case ast.LtE():
            return Age(0, years)
        case ast.Lt():
            return Age(0, years - 1)
    raise ValueError("age is compared with >=, >, <= or <")


def atoms(expression: Expression, *, positive: bool = True) -> Iterator[tuple[Atom, bool]]:
    """Every atom of an expression, with whether it stands un-negated."""
    match expression:
        case Atom():
            yield expression, positive
        case Not(part):
            yield from atoms(part, positive=not positive)
        case AtLeast(_, parts):
            for part in parts:
                yield from atoms(part, positive=positive)


def known_values(atom: Atom) -> tuple[str, ...] | None:
    """Values that sex and region can take; None for a finding."""
    return {"sex": ("female", "male"), "region": REGIONS}.get(atom.name)
