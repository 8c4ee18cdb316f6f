"""Compile the evidence into arrays that the engine reasons with.

Every distribution in the evidence (one per node and parent) becomes a *row* of parameters. Tables
of the network hold parameter numbers, not probabilities, so that a background number shared by
eighty conditions is one parameter, is drawn once per draw, and is traced to one record.

Axes: P parameters, C conditions, M mechanisms, S mechanism states (all mechanisms end to end),
V finding values (all findings end to end), W the widest mechanism's number of states.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from lumbago.case import AGE_BANDS, REGIONS, SETTINGS
from lumbago.knowledge.base import Knowledge
from lumbago.knowledge.cache import load_knowledge
from lumbago.knowledge.schema import DISPOSITIONS, Condition, Estimate

__all__ = ["CompiledNetwork", "compile_network", "compiled"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

#: Share of a condition in regions whose prior does not list it: people misplace their pain.
ELSEWHERE = 1e-6
#: Probabilities stay this far from 0 and 1: no finding that a person reports is proof.
EDGE = 1e-4


@dataclass(frozen=True, eq=False)
class CompiledNetwork:
    """The network as arrays. Built by `compile_network`; never changed.

    Attributes:
        theta: (P,) mean of each parameter.
        concentration: (P,) Dirichlet concentration behind each parameter's row.
        row: (P,) number of the row that each parameter belongs to; rows are contiguous.
        first_parameter: (nodes + 1,) where each node's parameters start on axis P; nodes are the
            mechanisms, then the findings.
        node_of: (V,) node of each value's finding.
        records: (P,) the record each parameter came from; None for a remainder ("no", default state).
        direct: (V, C) parameter of P(value | condition); 0 where the finding hangs on a mechanism.
        latent: (V, W) parameter of P(value | state) over the own mechanism's states; 0 elsewhere.
        states: (S, C) parameter of P(state | condition).
        mechanism_of: (V,) mechanism on which the value's finding hangs, or -1.
        first_state: (M + 1,) where each mechanism's states start on axis S.
        damping: (M,) power on each mechanism's joint likelihood.
        direct_damping: Power on the likelihood of each direct finding.
        shares: (regions, settings, C) cases by region and setting.
        share_spread: (regions, C) log-standard deviation of each share.
        ages: (age bands, C) relative chance by age band.
        female: (C,) share of women.
        losses: (needed level, given level) loss table.
        level: (C,) number of the usual level of care, 0 = ambulance.
    """

    version: str
    conditions: tuple[str, ...]
    mechanisms: tuple[str, ...]
    state_names: tuple[tuple[str, ...], ...]
    findings: tuple[str, ...]
    finding_values: tuple[tuple[str, ...], ...]
    theta: Floats
    concentration: Floats
    row: Ints
    first_parameter: Ints
    node_of: Ints
    records: tuple[Estimate | None, ...]
    direct: Ints
    latent: Ints
    states: Ints
    mechanism_of: Ints
    first_state: Ints
    damping: Floats
    direct_damping: float
    shares: Floats
    share_spread: Floats
    ages: Floats
    female: Floats
    age_mix: Floats
    region_weights: Floats
    losses: Floats
    level: Ints
    seed: int
    value_index: Mapping[tuple[str, str], int] = field(repr=False)

    @cached_property
    def condition_index(self) -> dict[str, int]:
        """Position of each condition on axis C."""
        return {name: i for i, name in enumerate(self.conditions)}

    @cached_property
    def values(self) -> list[tuple[str, str]]:
        """Finding and value at each position of axis V."""
        return list(self.value_index)

    @cached_property
    def log_direct(self) -> Floats:
        """(V, C) damped log P(value | condition); 0 where the finding hangs on a mechanism."""
        logs = self.direct_damping * np.log(self.theta[self.direct])
        logs[self.mechanism_of >= 0] = 0.0
        return logs

    @cached_property
    def log_latent(self) -> Floats:
        """(V, W) damped log P(value | state); 0 for direct findings and missing states."""
        power = np.where(self.mechanism_of >= 0, self.damping[self.mechanism_of], 0.0)
        return power[:, None] * np.log(self.theta[self.latent])

    @cached_property
    def state_given(self) -> Floats:
        """(M, W, C) P(state | condition), zero beyond a mechanism's last state."""
        width = self.latent.shape[1]
        table = np.zeros((len(self.mechanisms), width, len(self.conditions)))
        for m, (start, stop) in enumerate(
            zip(self.first_state[:-1], self.first_state[1:], strict=True)
        ):
            table[m, : stop - start] = self.theta[self.states[start:stop]]
        return table

    @cached_property
    def published_row(self) -> NDArray[np.bool_]:
        """(rows,) whether a row of parameters rests on a published or derived number."""
        graded = np.array([r is not None and r.grade != "elicited" for r in self.records])
        return np.bincount(self.row, weights=graded) > 0

    def prior(
        self,
        regions: Iterable[str],
        setting: str,
        age: int | None,
        sex: str | None,
        noise: Callable[[int], Floats] | None = None,
    ) -> Floats:
        """Prior probability of each condition.

        Regions are mixed by weight, all of them if none is given. Age or sex that is not known is
        averaged over the people who have such pain.

        Args:
            noise: Gives the (C, K) factors on the shares of a region, by its number; None leaves the
                shares as they are.

        Returns:
            (C,), or (C, K) with noise. Sums to one over C.
        """
        named = [REGIONS.index(r) for r in regions] or list(range(len(REGIONS)))
        weights = self.region_weights[named] / self.region_weights[named].sum()
        share = self.shares[named, SETTINGS.index(setting)]
        who = self.who(age, sex)
        if noise is None:
            prior = (weights @ share) * who
        else:
            prior = sum(
                (w * s * who)[:, None] * noise(r)
                for w, s, r in zip(weights, share, named, strict=True)
            )
        normalised: Floats = prior / prior.sum(axis=0)
        return normalised

    def who(self, age: int | None, sex: str | None) -> Floats:
        """(C,) relative chance of each condition for a person of this age and sex."""
        by_sex = {"female": 2 * self.female, "male": 2 * (1 - self.female)}.get(
            sex or "", np.ones_like(self.female)
        )
        if age is None:
            by_age = self.age_mix @ self.ages
        else:
            band = next(i for i, (_, high) in enumerate(AGE_BANDS.values()) if age <= high)
            by_age = self.ages[band]
        relative: Floats = np.maximum(by_age * by_sex, 1e-6)
        return relative


class _Rows:
    """Parameters gathered row by row, in plain lists: thousands of rows of two or three numbers."""

    def __init__(self) -> None:
        self.means: list[float] = [1.0]  # parameter 0 stands for "says nothing": probability one
        self.records: list[Estimate | None] = [None]
        self.lengths: list[int] = [1]
        self.sizes: list[float] = [np.inf]

    def add(self, values: tuple[str, ...], given: list[Estimate], rest: str | None) -> range:
        """Add one distribution over `values`; `rest` takes what the records leave over."""
        by_value = {e.value: e for e in given}
        records = [by_value.get(v) for v in values]
        means = [0.0 if e is None else e.probability for e in records]
        if rest is not None:
            means[values.index(rest)] = 1.0 - sum(means)
        first = len(self.means)
        self.means += means
        self.records += records
        self.lengths.append(len(values))
        self.sizes.append(min(map(effective_size, given)))
        return range(first, first + len(values))

    def theta(self) -> Floats:
        """(P,) probabilities, away from 0 and 1; each row sums to one."""
        means = np.maximum(self.means, EDGE)
        starts = np.cumsum([0, *self.lengths[:-1]])
        normalised: Floats = means / np.add.reduceat(means, starts)[self.row()]
        return normalised

    def row(self) -> Ints:
        """(P,) number of the row of each parameter."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)


def effective_size(estimate: Estimate) -> float:
    """People behind an estimate: `n`, or the Beta size whose variance matches its interval."""
    if estimate.n is not None:
        return min(max(estimate.n, 2.0), 5000.0)
    if estimate.low is None or estimate.high is None:
        return 2.0
    p = estimate.probability
    deviation = max(estimate.high - estimate.low, 1e-3) / 3.92
    return min(max(p * (1 - p) / deviation**2 - 1, 2.0), 5000.0)


def compile_network(knowledge: Knowledge) -> CompiledNetwork:
    """Compile checked evidence into arrays."""
    given: defaultdict[tuple[str, str], list[Estimate]] = defaultdict(list)
    for estimate in knowledge.estimates:
        given[estimate.parent, estimate.of].append(estimate)
    rows = _Rows()
    conditions = [c.id for c in knowledge.conditions]
    mechanisms = {m.id: m for m in knowledge.mechanisms}
    position = {name: i for i, name in enumerate(mechanisms)}
    state_names = tuple(tuple(m.states) for m in knowledge.mechanisms)
    width = max(len(names) for names in state_names)
    states: list[list[int]] = []
    first_parameter: list[int] = []
    for m in knowledge.mechanisms:
        first_parameter.append(len(rows.means))
        per_condition = _table(rows, given, m.id, tuple(m.states), m.default, conditions)
        states.extend(per_condition)

    # Findings of one mechanism lie together, so that a batch meets each mechanism once per case.
    findings = sorted(knowledge.findings, key=lambda f: position.get(f.hangs_on, -1))
    values = [(f.id, v) for f in findings for v in f.values]
    value_index = {key: i for i, key in enumerate(values)}
    direct = np.zeros((len(values), len(conditions)), dtype=np.intp)
    latent = np.zeros((len(values), width), dtype=np.intp)
    mechanism_of = np.full(len(values), -1, dtype=np.intp)
    node_of = np.zeros(len(values), dtype=np.intp)
    for f in knowledge.findings:
        node = len(first_parameter)
        first_parameter.append(len(rows.means))
        block = slice(value_index[f.id, f.values[0]], value_index[f.id, f.values[-1]] + 1)
        node_of[block] = node
        rest = "no" if f.kind == "yes_no" else None
        if f.hangs_on == "condition":
            direct[block] = _table(rows, given, f.id, f.values, rest, conditions)
        else:
            m = mechanisms[f.hangs_on]
            parents = [f"{m.id}={state}" for state in m.states]
            table = _table(rows, given, f.id, f.values, rest, parents, background=parents[0])
            latent[block, : len(parents)] = table
            mechanism_of[block] = position[m.id]

    return CompiledNetwork(
        version=knowledge.version,
        conditions=tuple(conditions),
        mechanisms=tuple(mechanisms),
        state_names=state_names,
        findings=tuple(f.id for f in findings),
        finding_values=tuple(f.values for f in findings),
        theta=rows.theta(),
        concentration=np.array(rows.sizes)[rows.row()],
        row=rows.row(),
        first_parameter=np.array([*first_parameter, len(rows.means)]),
        node_of=node_of,
        records=tuple(rows.records),
        direct=direct,
        latent=latent,
        states=np.array(states),
        mechanism_of=mechanism_of,
        first_state=np.cumsum([0] + [len(names) for names in state_names]),
        damping=np.array([m.damping.value for m in knowledge.mechanisms]),
        direct_damping=knowledge.model.direct_damping.value,
        shares=_shares(knowledge, conditions),
        share_spread=_share_spread(knowledge, conditions),
        ages=np.array([[c.demographics.ages[b] for c in knowledge.conditions] for b in AGE_BANDS]),
        female=np.array([c.demographics.female for c in knowledge.conditions]),
        age_mix=np.array([knowledge.model.age_mix[b] for b in AGE_BANDS]),
        region_weights=np.array([knowledge.region_by_id[r].weight for r in REGIONS]),
        losses=np.array(
            [[knowledge.model.losses[n][g] for g in DISPOSITIONS] for n in DISPOSITIONS]
        ),
        level=np.array([_level(c) for c in knowledge.conditions]),
        seed=knowledge.model.seed,
        value_index=value_index,
    )


def _table(
    rows: _Rows,
    given: Mapping[tuple[str, str], list[Estimate]],
    of: str,
    values: tuple[str, ...],
    rest: str | None,
    parents: list[str],
    background: str = "background",
) -> list[list[int]]:
    """(values, parents) parameters of one node; parents that say nothing share the background."""
    shared = rows.add(values, given[background, of], rest)
    columns = [
        rows.add(values, given[parent, of], rest)
        if parent != background and (parent, of) in given
        else shared
        for parent in parents
    ]
    return [list(line) for line in zip(*columns, strict=True)]


def _level(condition: Condition) -> int:
    return DISPOSITIONS.index(condition.disposition)


def _shares(knowledge: Knowledge, conditions: list[str]) -> Floats:
    shares = np.zeros((len(REGIONS), len(SETTINGS), len(conditions)))
    for p in knowledge.priors:
        column = conditions.index(p.condition)
        shares[REGIONS.index(p.region), :, column] = [getattr(p, s) for s in SETTINGS]
    normalised: Floats = np.maximum(shares / shares.sum(axis=2, keepdims=True), ELSEWHERE)
    return normalised


def _share_spread(knowledge: Knowledge, conditions: list[str]) -> Floats:
    spread = np.zeros((len(REGIONS), len(conditions)))
    for p in knowledge.priors:
        spread[REGIONS.index(p.region), conditions.index(p.condition)] = np.log(p.spread) / 1.96
    return spread


@cache
def compiled() -> CompiledNetwork:
    """The packaged evidence, compiled once per process."""
    return compile_network(load_knowledge())
