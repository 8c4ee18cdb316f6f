"""Pool the published figures about each finding into the numbers of the network.

Run as `python -m lumbago.research.reconcile`; it rewrites the evidence files that it changes.

For one finding, with the case-mixes and mechanisms held, every published sensitivity and specificity
is a linear function of the finding's probabilities, and every bound on a likelihood ratio is a linear
inequality. The pooled numbers are those that break published intervals least and, among these, stay
nearest to what was written, in units of each number's own spread (a linear programme, solved exactly
by HiGHS). A number never leaves the bounds of its spread widened by half; one that moves becomes
`derived` and names the rows that moved it. Disagreeing studies both stay in the evidence; what cannot
be met is listed by `lumbago evidence check`.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import linprog

from lumbago.knowledge import Knowledge, load_knowledge
from lumbago.knowledge.compile import CompiledNetwork, Floats, compiled
from lumbago.knowledge.schema import LiteratureRow, Population
from lumbago.reasoning.network import infer, observed
from lumbago.research.literature import population_mix, quantities, undamped

__all__ = ["main"]

DATA = Path(__file__).parents[1] / "knowledge" / "data"
#: Price of a unit of probability outside a published interval, in spreads of the numbers moved.
PRICE = 400.0
#: Moves smaller than this are left alone.
SMALLEST_MOVE = 0.004


@dataclass(frozen=True)
class Constraint:
    """`low <= coefficients @ theta <= high` for one published quantity."""

    row: LiteratureRow
    coefficients: Floats
    low: float
    high: float


def main() -> None:
    """Reconcile every finding and write what changed."""
    knowledge, network = load_knowledge(), undamped(compiled())
    moved: dict[int, tuple[float, list[LiteratureRow]]] = {}
    by_finding: defaultdict[str, list[LiteratureRow]] = defaultdict(list)
    for row in knowledge.literature:
        if row.use == "compare":
            by_finding[row.finding].append(row)
    for finding, rows in by_finding.items():
        for parameter, value in _pool(knowledge, network, finding, rows).items():
            moved[parameter] = (value, rows)
    _write(network, moved)
    print(f"{len(moved)} numbers moved")


def _pool(
    knowledge: Knowledge, network: CompiledNetwork, finding: str, rows: list[LiteratureRow]
) -> dict[int, float]:
    """New values of the parameters of P(finding = yes | parent) that should move."""
    if knowledge.finding(finding).kind != "yes_no":
        return {}
    value = network.value_index[finding, "yes"]
    table = network.direct if network.mechanism_of[value] < 0 else network.latent
    parameters = np.unique(table[value][table[value] > 0])
    populations = {p.id: p for p in knowledge.populations}
    constraints = [
        c
        for row in rows
        for c in _constraints(network, populations[row.population], row, parameters)
    ]
    current = network.theta[parameters]
    size = network.concentration[parameters]
    spread = np.sqrt(current * (1 - current) / (size + 1))
    pooled = _solve(current, spread, constraints)
    return {
        int(p): float(new)
        for p, old, new in zip(parameters, current, pooled, strict=True)
        if abs(new - old) > SMALLEST_MOVE and network.records[p] is not None
    }


def _constraints(
    network: CompiledNetwork, population: Population, row: LiteratureRow, parameters: Floats
) -> list[Constraint]:
    if population.given.any_of or row.finding in population.given.findings:
        return []
    inside, outside = _weights(network, population, row)
    value = network.value_index[row.finding, "yes"]
    sens = _by_parameter(network, value, inside, parameters)
    false_positive = _by_parameter(network, value, outside, parameters)
    found = []
    for quantity in quantities(row):
        low, high = getattr(row, f"{quantity}_low"), getattr(row, f"{quantity}_high")
        if quantity == "sens":
            found.append(Constraint(row, sens, low, high))
        elif quantity == "spec":
            found.append(Constraint(row, false_positive, 1 - high, 1 - low))
        elif quantity == "lr_positive":
            found.append(Constraint(row, sens - low * false_positive, 0, np.inf))
            found.append(Constraint(row, sens - high * false_positive, -np.inf, 0))
        else:
            found.append(Constraint(row, sens - low * false_positive, -np.inf, 1 - low))
            found.append(Constraint(row, sens - high * false_positive, 1 - high, np.inf))
    return found


def _weights(
    network: CompiledNetwork, population: Population, row: LiteratureRow
) -> tuple[Floats, Floats]:
    """(C or W,) share of each parent of the finding among the cases, and among the others."""
    mix = np.maximum(population_mix(network, population), 1e-12)
    posterior = infer(network, mix, observed(network, population.given.findings))
    joint = posterior.conditions
    mechanism, _, state = row.target.partition("=")
    value = network.value_index[row.finding, "yes"]
    m = network.mechanism_of[value]
    if state:
        t = network.mechanisms.index(mechanism)
        s = network.state_names[t].index(state)
        share = network.state_given[t, s] * posterior.likelihood[t, s] / posterior.factor[t]
        if t == m:
            states = posterior.mechanisms(network)[m]
            only = np.eye(len(states))[s]
            rest = states * (1 - only)
            return only, rest / rest.sum()
        cases = joint * share
    else:
        cases = np.zeros_like(joint)
        members = [network.condition_index[c] for c in row.target.split("|")]
        cases[members] = joint[members]
    others = np.maximum(joint - cases, 0)
    if m < 0:
        return cases / cases.sum(), others / others.sum()
    given = network.state_given[m] * posterior.likelihood[m][:, None] / posterior.factor[m]
    return given @ cases / cases.sum(), given @ others / others.sum()


def _by_parameter(
    network: CompiledNetwork, value: int, weights: Floats, parameters: Floats
) -> Floats:
    table = network.direct if network.mechanism_of[value] < 0 else network.latent
    columns = table[value]
    return np.array([weights[columns == p].sum() for p in parameters])


def _solve(current: Floats, spread: Floats, constraints: list[Constraint]) -> Floats:
    """Minimise moves (in spreads) plus breaches: variables are theta, |move| and one slack each."""
    n, k = len(current), len(constraints)
    cost = np.concatenate([np.zeros(n), 1 / spread, np.full(k, PRICE)])
    upper, bound = [], []
    eye = np.eye(n)
    for sign in (1.0, -1.0):
        upper.append(np.hstack([sign * eye, -eye, np.zeros((n, k))]))
        bound.append(sign * current)
    for i, c in enumerate(constraints):
        slack = np.eye(k)[i]
        for sign, limit in ((1.0, c.high), (-1.0, c.low)):
            if np.isfinite(limit):
                upper.append(np.concatenate([sign * c.coefficients, np.zeros(n), -slack])[None])
                bound.append(np.array([sign * limit]))
    reach = 1.5 * 1.96 * spread
    limits = [
        *((max(0.001, p - r), min(0.995, p + r)) for p, r in zip(current, reach, strict=True)),
        *((0, None) for _ in range(n + k)),
    ]
    result = linprog(cost, A_ub=np.vstack(upper), b_ub=np.concatenate(bound), bounds=limits)
    return np.asarray(result.x[:n]) if result.success else current


def _write(network: CompiledNetwork, moved: dict[int, tuple[float, list[LiteratureRow]]]) -> None:
    changes: defaultdict[Path, dict[tuple[str, str, str], tuple[float, list[LiteratureRow]]]]
    changes = defaultdict(dict)
    for parameter, change in moved.items():
        record = network.records[parameter]
        if record is not None:
            owner, _, state = record.parent.partition("=")
            for path in _paths(owner, state):
                changes[path][state, record.of, record.value] = change
    for path, cells in changes.items():
        _rewrite(path, cells)


def _paths(owner: str, state: str) -> list[Path]:
    if state:
        return [DATA / "mechanisms" / f"{owner}.csv"]
    return (
        sorted(DATA.glob("background*.csv"))
        if owner == "background"
        else [DATA / "conditions" / f"{owner}.csv"]
    )


def _rewrite(
    path: Path, cells: dict[tuple[str, str, str], tuple[float, list[LiteratureRow]]]
) -> None:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        change = cells.get((row.get("state", ""), row["of"], row["value"]))
        if change is not None:
            _move(row, *change)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _move(row: dict[str, str], value: float, because: list[LiteratureRow]) -> None:
    before = row["probability"]
    row["probability"] = f"{value:.4g}"
    if row["low"]:
        row["low"] = f"{min(float(row['low']), value):.4g}"
        row["high"] = f"{max(float(row['high']), value):.4g}"
    row["grade"] = "derived"
    row["checked"] = "seen" if all(r.checked == "seen" for r in because) else "recalled"
    row["source"] = row["source"] or because[0].source
    ids = " ".join(r.id for r in because)
    row["note"] = f"pooled with {ids} (was {before}); {row['note'].split('pooled with')[0]}".strip(
        "; "
    )


if __name__ == "__main__":
    main()
