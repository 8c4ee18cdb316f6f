"""A slow and obvious engine: plain floats and loops, straight from the evidence records.

It shares no code with `lumbago.knowledge.compile` or `lumbago.reasoning`; it states the model once
more, so that a slip in the arrays shows as a disagreement.
"""

import math
from collections.abc import Mapping

from lumbago.case import AGE_BANDS, REGIONS, Case
from lumbago.knowledge.base import Knowledge

__all__ = ["Reference"]

#: No probability in a table is below this before its row is made to sum to one.
EDGE = 1e-4
#: No condition has a smaller share of a region, not even one that the region does not list.
ELSEWHERE = 1e-6
#: No relative chance by age and sex is below this.
RAREST = 1e-6

Table = dict[str, float]


class Reference:
    """Exact inference by enumeration of each mechanism's states, one condition at a time."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.given: dict[tuple[str, str], Table] = {}
        for e in knowledge.estimates:
            self.given.setdefault((e.parent, e.of), {})[e.value] = e.probability
        self.shares = {(p.region, p.condition): p for p in knowledge.priors}

    def prior(self, case: Case) -> Table:
        """P(condition) for a person of this age, sex and setting with pain in these regions."""
        named = case.regions or REGIONS
        weights = {r: self.knowledge.region_by_id[r].weight for r in named}
        share = {
            r: scaled({c.id: self._cases(r, c.id, case.setting) for c in self.knowledge.conditions})
            for r in named
        }
        chance = {}
        for c in self.knowledge.conditions:
            mixed = sum(weights[r] * max(share[r][c.id], ELSEWHERE) for r in named)
            chance[c.id] = mixed * self._who(c.id, case)
        return scaled(chance)

    def state_given(self, mechanism: str, condition: str) -> Table:
        """P(state | condition) of a mechanism."""
        m = self.knowledge.mechanism_by_id[mechanism]
        return self._row(condition, "background", mechanism, tuple(m.states), m.default)

    def finding_given(self, finding: str, parent: str) -> Table:
        """P(value | parent); the parent is a condition, or "mechanism=state"."""
        f = self.knowledge.finding_by_id[finding]
        background = "background"
        if f.hangs_on != "condition":
            background = f"{f.hangs_on}={self.knowledge.mechanism_by_id[f.hangs_on].default}"
        return self._row(
            parent, background, finding, f.values, "no" if f.kind == "yes_no" else None
        )

    def posterior(self, case: Case) -> Table:
        """P(condition | findings)."""
        return scaled(self._joint(case))

    def mechanism(self, mechanism: str, case: Case) -> Table:
        """P(state | findings) of one mechanism."""
        joint = self._joint(case)
        found = dict.fromkeys(self.knowledge.mechanism_by_id[mechanism].states, 0.0)
        for condition, weight in joint.items():
            by_state = self._states(mechanism, condition, case)
            for state, value in scaled(by_state).items():
                found[state] += weight * value
        return scaled(found)

    def predictive(self, finding: str, case: Case) -> Table:
        """P(value) of one finding, were it asked now."""
        hangs_on = self.knowledge.finding_by_id[finding].hangs_on
        if hangs_on == "condition":
            believed = self.posterior(case)
        else:
            states = self.mechanism(hangs_on, case)
            believed = {f"{hangs_on}={state}": p for state, p in states.items()}
        found = dict.fromkeys(self.knowledge.finding_by_id[finding].values, 0.0)
        for parent, p in believed.items():
            for value, q in self.finding_given(finding, parent).items():
                found[value] += p * q
        return found

    def _joint(self, case: Case) -> Table:
        """Prior times damped likelihood, scaled so that the largest is one."""
        damping = self.knowledge.model.direct_damping.value
        logs = {}
        for condition, p in self.prior(case).items():
            log = math.log(p) if p > 0 else -math.inf
            for finding, value in case.findings.items():
                if self.knowledge.finding_by_id[finding].hangs_on == "condition":
                    log += damping * math.log(self.finding_given(finding, condition)[value])
            for m in self.knowledge.mechanisms:
                log += math.log(sum(self._states(m.id, condition, case).values()))
            logs[condition] = log
        best = max(logs.values())
        return {condition: math.exp(log - best) for condition, log in logs.items()}

    def _states(self, mechanism: str, condition: str, case: Case) -> Table:
        """P(state | condition) times the damped likelihood of the findings that hang on it."""
        damping = self.knowledge.mechanism_by_id[mechanism].damping.value
        weights = {}
        for state, p in self.state_given(mechanism, condition).items():
            for finding, value in case.findings.items():
                if self.knowledge.finding_by_id[finding].hangs_on == mechanism:
                    p *= self.finding_given(finding, f"{mechanism}={state}")[value] ** damping
            weights[state] = p
        return weights

    def _row(
        self, parent: str, background: str, of: str, values: tuple[str, ...], rest: str | None
    ) -> Table:
        stated = self.given.get((parent, of), self.given[background, of])
        row = {value: stated.get(value, 0.0) for value in values}
        if rest is not None:
            row[rest] = 1.0 - sum(p for value, p in row.items() if value != rest)
        return scaled({value: max(p, EDGE) for value, p in row.items()})

    def _cases(self, region: str, condition: str, setting: str) -> float:
        found = self.shares.get((region, condition))
        return 0.0 if found is None else float(getattr(found, setting))

    def _who(self, condition: str, case: Case) -> float:
        who = self.knowledge.condition_by_id[condition].demographics
        relative = {None: 1.0, "female": 2 * who.female, "male": 2 * (1 - who.female)}[case.sex]
        if case.age is None:
            mix = self.knowledge.model.age_mix
            relative *= sum(mix[band] * who.ages[band] for band in AGE_BANDS)
        else:
            band = next(b for b, (low, high) in AGE_BANDS.items() if low <= case.age <= high)
            relative *= who.ages[band]
        return max(relative, RAREST)


def scaled(weights: Mapping[str, float]) -> Table:
    """The same weights, summing to one."""
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}
