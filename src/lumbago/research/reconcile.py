"""Pool the published figures into the numbers of the network.

Run as `python -m lumbago.research.reconcile`; it rewrites the evidence files that it changes. In order:

1. A published sensitivity of a direct finding in a condition that has no number of its own for it
   becomes that number.
2. For each condition and mechanism, P(state | condition) is pooled as below, given the findings.
3. For each finding, with case-mixes and mechanisms held, every published sensitivity and specificity
   is a linear function of the finding's probabilities, and every bound on a likelihood ratio is a
   linear inequality. The pooled numbers are those that break published intervals least and, among
   these, stay nearest to what was written, in units of each number's own spread: a linear programme,
   solved exactly by HiGHS.

No number moves by more than a few of its standard deviations, and the states of a mechanism keep the
order that was written (a severe loss stays at least as telling as a mild one). A number that moves
becomes `derived` and names the rows that moved it. Disagreeing studies both stay in the evidence;
what cannot be met is listed by `lumbago evidence check`. Afterwards that check shows consistency, not
validity.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import linprog

from lumbago.knowledge import Knowledge
from lumbago.knowledge.compile import CompiledNetwork, Floats, Ints, compile_network
from lumbago.knowledge.files import data_files
from lumbago.knowledge.read import read_knowledge
from lumbago.knowledge.schema import LiteratureRow, Population
from lumbago.reasoning.network import infer, observed
from lumbago.research.literature import population_mix, quantities, undamped

__all__ = ["main"]

DATA = Path(__file__).parents[1] / "knowledge" / "data"
#: Price of a unit of probability outside a published interval, in spreads of the numbers moved.
PRICE = 400.0
#: How far a number may move, in its own standard deviations. What everybody answers hardly moves:
#: the specificity of a filtered cohort is not copied into first contact.
REACH_OF_CONDITION = 6.0  # P(finding | condition): concerns that condition alone
REACH_OF_STATE = 3.0  # P(finding | state): shared by every condition with that mechanism
REACH_OF_MECHANISM = 2.0  # P(state | condition)
REACH_OF_BACKGROUND = 1.0
#: States other than the default hold at most this much together.
MOST_STATES = 0.98
#: Moves smaller than this are left alone.
SMALLEST_MOVE = 0.003
COLUMNS = ["of", "value", "probability", "low", "high", "n", "grade", "source", "checked"]
COLUMNS += ["population", "setting", "note"]

#: Where a number stands: file, state (mechanism files only), node, value.
Cell = tuple[Path, str, str, str]
Rows = list[LiteratureRow]


@dataclass(frozen=True)
class Constraint:
    """`low <= coefficients @ numbers <= high` for one published quantity."""

    row: LiteratureRow
    coefficients: Floats
    low: float
    high: float


def main() -> None:
    """Reconcile everything and write what changed."""
    knowledge, _ = _load()
    print(f"{_adopt(knowledge)} published numbers adopted")
    for step in (_pool_states, _pool_findings):
        knowledge, network = _load()
        print(f"{_write(step(knowledge, network))} numbers moved")


def _load() -> tuple[Knowledge, CompiledNetwork]:
    """The files as they stand now, which change between steps."""
    knowledge = read_knowledge({path: entry.read_bytes() for path, entry in data_files().items()})
    return knowledge, undamped(compile_network(knowledge))


def _compared(knowledge: Knowledge) -> Rows:
    return [row for row in knowledge.literature if row.use == "compare"]


def _adopt(knowledge: Knowledge) -> int:
    """Give conditions the published numbers of direct findings for which they have none."""
    own = {(e.parent, e.of) for e in knowledge.estimates}
    populations = {p.id: p for p in knowledge.populations}
    count = 0
    for row in _compared(knowledge):
        finding, population = knowledge.finding(row.finding), populations[row.population]
        plain = finding.hangs_on == "condition" and finding.kind == "yes_no" and row.value == "yes"
        shared = population.given.findings or population.given.any_of
        if not plain or shared or "=" in row.target or "sens" not in quantities(row):
            continue
        for name in row.target.split("|"):
            condition = knowledge.condition_by_id[name].id
            if (condition, finding.id) not in own:
                own.add((condition, finding.id))
                _append(DATA / "conditions" / f"{condition}.csv", row, population)
                count += 1
    return count


def _append(path: Path, row: LiteratureRow, population: Population) -> None:
    cells = {
        "of": row.finding,
        "value": row.value,
        "probability": f"{np.clip(row.sens or 0.0, 0.002, 0.995):.4g}",
        "low": f"{max(row.sens_low or 0.0, 0.001):.4g}",
        "high": f"{min(row.sens_high or 1.0, 0.999):.4g}",
        "grade": "published",
        "source": row.source,
        "checked": row.checked,
        "population": population.description,
        "setting": population.setting,
        "note": f"literature row {row.id}",
    }
    with path.open("a", newline="", encoding="utf-8") as file:
        csv.DictWriter(file, COLUMNS, lineterminator="\n").writerow(cells)


def _pool_findings(
    knowledge: Knowledge, network: CompiledNetwork
) -> dict[Cell, tuple[float, Rows]]:
    """New values of P(finding = yes | parent), finding by finding."""
    by_finding: defaultdict[str, Rows] = defaultdict(list)
    for row in _compared(knowledge):
        if knowledge.finding(row.finding).kind == "yes_no":
            by_finding[row.finding].append(row)
    populations = {p.id: p for p in knowledge.populations}
    moved: dict[Cell, tuple[float, Rows]] = {}
    for finding, rows in by_finding.items():
        value = network.value_index[finding, "yes"]
        column = (network.direct if network.mechanism_of[value] < 0 else network.latent)[value]
        parameters = np.unique(column[column > 0])
        constraints = [
            c
            for row in rows
            for c in _finding_constraints(
                network, populations[row.population], row, column, parameters
            )
        ]
        ordered = network.mechanism_of[value] >= 0
        moved |= _moves(network, parameters, constraints, rows, ordered=bool(ordered))
    return moved


def _pool_states(knowledge: Knowledge, network: CompiledNetwork) -> dict[Cell, tuple[float, Rows]]:
    """New values of P(state | condition), condition by condition and mechanism by mechanism."""
    grouped: defaultdict[tuple[str, str], Rows] = defaultdict(list)
    for row in _compared(knowledge):
        finding = knowledge.finding(row.finding)
        if finding.hangs_on != "condition" and "|" not in row.target and "=" not in row.target:
            grouped[knowledge.condition_by_id[row.target].id, finding.hangs_on].append(row)
    populations = {p.id: p for p in knowledge.populations}
    moved: dict[Cell, tuple[float, Rows]] = {}
    for (condition, mechanism), rows in grouped.items():
        m, c = network.mechanisms.index(mechanism), network.condition_index[condition]
        column = network.states[network.first_state[m] : network.first_state[m + 1], c]
        parents = {r.parent for r in (network.records[p] for p in column) if r is not None}
        if parents != {condition}:
            continue
        simple = [
            row
            for row in rows
            if "sens" in quantities(row) and not populations[row.population].given.any_of
        ]
        constraints = []
        for row in simple:
            value = network.value_index[row.finding, row.value]
            given = network.theta[network.latent[value, : len(column)]]
            # The default state takes what the others leave, so it is not a variable.
            low, high = row.sens_low or 0.0, row.sens_high or 1.0
            constraints.append(
                Constraint(row, given[1:] - given[0], low - given[0], high - given[0])
            )
        moved |= _moves(network, column[1:], constraints, simple, total=MOST_STATES)
    return moved


def _finding_constraints(
    network: CompiledNetwork,
    population: Population,
    row: LiteratureRow,
    column: Ints,
    parameters: Ints,
) -> list[Constraint]:
    if population.given.any_of or row.finding in population.given.findings:
        return []
    cases, others = _parents(network, population, row)
    sens = np.array([cases[column == p].sum() for p in parameters])
    false_positive = np.array([others[column == p].sum() for p in parameters])
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


def _parents(
    network: CompiledNetwork, population: Population, row: LiteratureRow
) -> tuple[Floats, Floats]:
    """(C or W,) share of each parent of the finding among the cases, and among the others."""
    mix = np.maximum(population_mix(network, population), 1e-12)
    posterior = infer(network, mix, observed(network, population.given.findings))
    joint = posterior.conditions
    m = network.mechanism_of[network.value_index[row.finding, "yes"]]
    mechanism, _, state = row.target.partition("=")
    if state:
        t = network.mechanisms.index(mechanism)
        s = network.state_names[t].index(state)
        if t == m:
            states = posterior.mechanisms(network)[m]
            only = np.eye(len(states))[s]
            return only, _shares(states * (1 - only))
        share = network.state_given[t, s] * posterior.likelihood[t, s] / posterior.factor[t]
        cases = joint * share
    else:
        cases = np.zeros_like(joint)
        members = [network.condition_index[c] for c in row.target.split("|")]
        cases[members] = joint[members]
    others = np.maximum(joint - cases, 0)
    if m < 0:
        return _shares(cases), _shares(others)
    given = network.state_given[m] * posterior.likelihood[m][:, None] / posterior.factor[m]
    return given @ _shares(cases), given @ _shares(others)


def _shares(weights: Floats) -> Floats:
    shares: Floats = weights / weights.sum()
    return shares


def _moves(
    network: CompiledNetwork,
    parameters: Ints,
    constraints: list[Constraint],
    rows: Rows,
    *,
    total: float = np.inf,
    ordered: bool = False,
) -> dict[Cell, tuple[float, Rows]]:
    """Parameters that the constraints move, by where they stand in the files."""
    if not constraints:
        return {}
    current, size = network.theta[parameters], network.concentration[parameters]
    spread = np.sqrt(current * (1 - current) / (size + 1))
    reach = spread * [_reach(network, p) for p in parameters]
    pooled = _solve(current, spread, reach, constraints, total, ordered=ordered)
    found: dict[Cell, tuple[float, Rows]] = {}
    for p, old, new in zip(parameters, current, pooled, strict=True):
        record = network.records[p]
        if record is not None and abs(new - old) > SMALLEST_MOVE:
            owner, _, state = record.parent.partition("=")
            for path in _paths(owner, state):
                found[path, state, record.of, record.value] = (float(new), rows)
    return found


def _reach(network: CompiledNetwork, parameter: int) -> float:
    record = network.records[parameter]
    if record is None or record.parent == "background":
        return REACH_OF_BACKGROUND
    owner, _, state = record.parent.partition("=")
    if record.of in network.mechanisms:
        return REACH_OF_MECHANISM
    if not state:
        return REACH_OF_CONDITION
    default = network.state_names[network.mechanisms.index(owner)][0] == state
    return REACH_OF_BACKGROUND if default else REACH_OF_STATE


def _solve(
    current: Floats,
    spread: Floats,
    reach: Floats,
    constraints: list[Constraint],
    total: float,
    *,
    ordered: bool,
) -> Floats:
    """Minimise moves (in spreads) plus breaches: variables are numbers, |moves| and slacks."""
    n, k = len(current), len(constraints)
    cost = np.concatenate([np.zeros(n), 1 / spread, np.full(k, PRICE)])
    eye, none = np.eye(n), np.zeros((n, k))
    upper = [np.hstack([eye, -eye, none]), np.hstack([-eye, -eye, none])]
    bound = [current, -current]
    for i, c in enumerate(constraints):
        slack = np.eye(k)[i]
        for sign, limit in ((1.0, c.high), (-1.0, c.low)):
            if np.isfinite(limit):
                upper.append(np.concatenate([sign * c.coefficients, np.zeros(n), -slack])[None])
                bound.append(np.array([sign * limit]))
    if np.isfinite(total):
        upper.append(np.concatenate([np.ones(n), np.zeros(n + k)])[None])
        bound.append(np.array([max(total, current.sum())]))
    if ordered:  # each number stays below the next larger one
        place = np.argsort(current, kind="stable")
        steps = np.hstack([eye[place[:-1]] - eye[place[1:]], np.zeros((n - 1, n + k))])
        upper.append(steps)
        bound.append(np.zeros(n - 1))
    limits = [
        *((max(0.001, p - r), min(0.995, p + r)) for p, r in zip(current, reach, strict=True)),
        *((0.0, None) for _ in range(n + k)),
    ]
    result = linprog(cost, A_ub=np.vstack(upper), b_ub=np.concatenate(bound), bounds=limits)
    return np.asarray(result.x[:n]) if result.success else current


def _paths(owner: str, state: str) -> list[Path]:
    if state:
        return [DATA / "mechanisms" / f"{owner}.csv"]
    if owner == "background":
        return sorted(DATA.glob("background*.csv"))
    return [DATA / "conditions" / f"{owner}.csv"]


def _write(moved: dict[Cell, tuple[float, Rows]]) -> int:
    by_path: defaultdict[Path, dict[tuple[str, str, str], tuple[float, Rows]]] = defaultdict(dict)
    for (path, *place), change in moved.items():
        by_path[path][place[0], place[1], place[2]] = change
    count = 0
    for path, cells in by_path.items():
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            key = (row.get("state", ""), row["of"], row["value"])
            if key in cells:
                _move(row, *cells[key])
                count += 1
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return count


def _move(row: dict[str, str], value: float, because: Rows) -> None:
    before = row["probability"]
    row["probability"] = f"{value:.4g}"
    if row["low"]:
        row["low"] = f"{min(float(row['low']), value):.4g}"
        row["high"] = f"{max(float(row['high']), value):.4g}"
    row["grade"] = "derived"
    row["checked"] = "seen" if all(r.checked == "seen" for r in because) else "recalled"
    row["source"] = row["source"] or because[0].source
    first = row["note"].split("; pooled with")[0]
    row["note"] = f"{first}; pooled with {' '.join(r.id for r in because)} (was {before})"


if __name__ == "__main__":
    main()
