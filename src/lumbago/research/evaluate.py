"""Accuracy and safety on a file of cases, each figure with a bootstrap interval, each miss with reasons."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec
import numpy as np
import yaml
from rich.console import Console
from rich.table import Table

from lumbago.assessment import Assessment, Interview, assess
from lumbago.assessment.intake import take_in
from lumbago.case import Case, Region, Setting, Sex
from lumbago.errors import CaseFileError
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.compile import compiled
from lumbago.knowledge.schema import DISPOSITIONS
from lumbago.research.simulate import everything, simulate

__all__ = [
    "Evaluation",
    "EvaluationCase",
    "Outcome",
    "evaluate",
    "print_evaluation",
    "read_cases",
    "truth_of",
]

Use = Literal["both", "findings", "text", "interview"]
EMERGENCIES = ("ambulance", "emergency")
RESAMPLES = 1000
SEED = 7


class EvaluationCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One case with its right answer. `gold` may name conditions, aliases or groups."""

    id: str
    gold: list[str]
    gold_disposition: str | list[str]
    source: str
    text: str | None = None
    age: int | None = None
    sex: Sex | None = None
    setting: Setting = "public"
    region: Region | list[Region] | None = None
    findings: dict[str, bool | str] = {}

    @property
    def levels(self) -> list[int]:
        """Acceptable levels of care, 0 = ambulance."""
        named = self.gold_disposition
        return sorted(DISPOSITIONS.index(d) for d in ([named] if isinstance(named, str) else named))


@dataclass(frozen=True)
class Asked:
    """How much an interview asked, and how much a fixed questionnaire would have."""

    pages: int
    questions: int
    everything: int


@dataclass(frozen=True)
class Outcome:
    """What the product answered for one case, held against its gold."""

    case: EvaluationCase
    rank: int | None
    probability: float
    top: float
    level: int
    best: tuple[tuple[str, float], ...]
    rules: tuple[str, ...]
    asked: Asked | None = None

    @property
    def is_emergency(self) -> bool:
        """Whether every acceptable level is an emergency."""
        return max(self.case.levels) <= 1

    @property
    def under(self) -> bool:
        """Less urgent than any acceptable level."""
        return self.level > max(self.case.levels)

    @property
    def over(self) -> bool:
        """More urgent than any acceptable level."""
        return self.level < min(self.case.levels)


@dataclass(frozen=True)
class Evaluation:
    """All outcomes and the figures drawn from them: name -> (value, low, high, n)."""

    outcomes: tuple[Outcome, ...]
    figures: Mapping[str, tuple[float, float, float, int]]
    over_by_level: Mapping[str, Mapping[str, int]]
    calibration: tuple[tuple[float, float, int], ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "figures": {
                name: {"value": v, "interval": [low, high], "n": n}
                for name, (v, low, high, n) in self.figures.items()
            },
            "levels_given_by_level_needed": {k: dict(v) for k, v in self.over_by_level.items()},
            "calibration": [
                {"mean_probability": p, "share_right": s, "n": n} for p, s, n in self.calibration
            ],
            "misses": [_miss(o) for o in self.outcomes if _is_miss(o)],
        }


def read_cases(path: str | Path) -> list[EvaluationCase]:
    """Read a YAML file of cases.

    Raises:
        CaseFileError: If it cannot be read; names the file, the case and what is wrong.
    """
    try:
        raw = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CaseFileError(
            f"{path}: cannot be read as YAML: {' '.join(str(error).split())}"
        ) from None
    if not isinstance(raw, list):
        raise CaseFileError(f"{path}: must be a list of cases, each starting with '- id: ...'")
    return [_read_case(path, number, item) for number, item in enumerate(raw, start=1)]


def _read_case(path: str | Path, number: int, item: Any) -> EvaluationCase:
    label = item.get("id", number) if isinstance(item, dict) else number
    knowledge = load_knowledge()
    try:
        case = msgspec.convert(item, EvaluationCase)
        levels = case.levels
    except (msgspec.ValidationError, ValueError) as error:
        raise CaseFileError(f"{path}, case {label}: {error}") from None
    if not levels:
        raise CaseFileError(f"{path}, case {label}: gold_disposition is empty")
    for gold in case.gold:
        if gold not in knowledge.condition_by_id and gold not in knowledge.group_by_id:
            raise CaseFileError(f"{path}, case {label}: no condition or group is called {gold!r}")
    return case


def evaluate(*paths: str | Path, use: Use = "both") -> Evaluation:
    """Assess every case and measure.

    Args:
        paths: YAML files of cases.
        use: What to give the product: the case's text, its findings, or both; or its text and then
            an interview that the findings answer. Age and sex are always given; the region only
            with findings.

    Raises:
        CaseFileError: If a file cannot be read.
    """
    if use not in get_args(Use):
        raise CaseFileError(f"use must be one of {', '.join(get_args(Use))}; got {use!r}")
    cases = [case for path in paths for case in read_cases(path)]
    if use == "text":
        cases = [c for c in cases if c.text]
    if use == "interview":
        return _measure([_interviewed(case) for case in cases])
    return _measure([_outcome(case, _assess(case, use)) for case in cases])


def _interviewed(case: EvaluationCase) -> Outcome:
    truth = truth_of(case)
    done = simulate(Interview(case.text, age=case.age, sex=case.sex, setting=case.setting), truth)
    asked = Asked(done.pages, done.questions, everything(truth))
    return replace(_outcome(case, done.assessment), asked=asked)


def truth_of(case: EvaluationCase) -> Case:
    """What the person of a case would answer: its findings, and what they imply."""
    return take_in(
        load_knowledge(),
        text=None,
        age=case.age,
        sex=case.sex,
        setting=case.setting,
        region=case.region,
        findings=case.findings,
    ).case


def _assess(case: EvaluationCase, use: Use) -> Assessment:
    return assess(
        case.text if use != "findings" else None,
        age=case.age,
        sex=case.sex,
        setting=case.setting,
        region=case.region if use != "text" else None,
        findings=case.findings if use != "text" else None,
    )


def _outcome(case: EvaluationCase, answer: Assessment) -> Outcome:
    right = _right_conditions(case.gold)
    listed = answer.differential
    rank = next((i for i, d in enumerate(listed, start=1) if d["condition"] in right), None)
    return Outcome(
        case=case,
        rank=rank,
        probability=sum(d["probability"] for d in listed if d["condition"] in right),
        top=listed[0]["probability"] if listed else 0.0,
        level=DISPOSITIONS.index(answer.disposition["level"]),
        best=tuple((d["condition"], d["probability"]) for d in listed[:3]),
        rules=tuple(answer.disposition["rules"]),
    )


def _right_conditions(gold: Sequence[str]) -> set[str]:
    knowledge = load_knowledge()
    right: set[str] = set()
    for name in gold:
        if name in knowledge.group_by_id:
            right |= {c.id for c in knowledge.conditions if c.group == name}
        else:
            right.add(knowledge.condition_by_id[name].id)
    return right


def _measure(outcomes: Sequence[Outcome]) -> Evaluation:
    ranked = [o for o in outcomes if o.case.gold]
    emergencies = [o for o in outcomes if o.is_emergency]
    others = [o for o in outcomes if min(o.case.levels) > 1]
    floor = 0.5 / (len(compiled().conditions) * 10)
    measures: dict[str, tuple[Sequence[Outcome], Callable[[Outcome], float]]] = {
        "top 1": (ranked, lambda o: o.rank == 1),
        "top 3": (ranked, lambda o: o.rank is not None and o.rank <= 3),
        "top 5": (ranked, lambda o: o.rank is not None and o.rank <= 5),
        "triage right": (outcomes, lambda o: not o.under and not o.over),
        "under-triage (any level below gold)": (outcomes, lambda o: o.under),
        "over-triage (any level above gold)": (outcomes, lambda o: o.over),
        "emergency sent below urgent": (emergencies, lambda o: o.level > 2),
        "non-emergency sent to emergency": (others, lambda o: o.level <= 1),
        "log score": (ranked, lambda o: -float(np.log(max(o.probability, floor)))),
        "mean probability of first cause": (ranked, lambda o: o.top),
    }
    rng = np.random.default_rng(SEED)
    asked = [o.asked for o in outcomes if o.asked is not None]
    return Evaluation(
        outcomes=tuple(outcomes),
        figures={name: _figure([f(o) for o in who], rng) for name, (who, f) in measures.items()}
        | _burden(asked, rng),
        over_by_level=_crossed(outcomes),
        calibration=_calibration(ranked),
    )


def _figure(values: Sequence[float], rng: np.random.Generator) -> tuple[float, float, float, int]:
    """Mean with the central 95% of a bootstrap over cases."""
    if not values:
        return (float("nan"),) * 3 + (0,)
    array = np.asarray(values, dtype=float)
    means = array[rng.integers(0, len(array), (RESAMPLES, len(array)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return round(array.mean(), 4), round(low, 4), round(high, 4), len(array)


def _burden(
    asked: Sequence[Asked], rng: np.random.Generator
) -> dict[str, tuple[float, float, float, int]]:
    """How much was asked: the median and 95th percentile over cases, each with its interval."""
    found = {}
    for name in ("pages", "questions", "everything") if asked else ():
        counts = np.array([getattr(a, name) for a in asked], dtype=float)
        drawn = counts[rng.integers(0, len(counts), (RESAMPLES, len(counts)))]
        for label, share in (("median", 0.5), ("95th percentile", 0.95)):
            low, high = np.quantile(np.quantile(drawn, share, axis=1), [0.025, 0.975])
            title = f"{'fixed questionnaire' if name == 'everything' else name} asked, {label}"
            found[title] = (float(np.quantile(counts, share)), low, high, len(counts))
    return found


def _crossed(outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    table = {need: dict.fromkeys(DISPOSITIONS, 0) for need in DISPOSITIONS}
    for o in outcomes:
        table[DISPOSITIONS[o.case.levels[0]]][DISPOSITIONS[o.level]] += 1
    return table


def _calibration(outcomes: Sequence[Outcome]) -> tuple[tuple[float, float, int], ...]:
    """In fifths of the first cause's probability: mean probability, share right, cases."""
    edges = np.linspace(0, 1, 6)
    found = []
    for low, high in itertools.pairwise(edges):
        inside = [o for o in outcomes if low < o.top <= high]
        if inside:
            mean = float(np.mean([o.top for o in inside]))
            right = float(np.mean([o.rank == 1 for o in inside]))
            found.append((round(mean, 3), round(right, 3), len(inside)))
    return tuple(found)


def _is_miss(o: Outcome) -> bool:
    return o.under or o.over or (bool(o.case.gold) and (o.rank is None or o.rank > 3))


def _miss(o: Outcome) -> dict[str, Any]:
    return {
        "id": o.case.id,
        "gold": o.case.gold,
        "rank": o.rank,
        "probability": round(o.probability, 4),
        "best": [list(b) for b in o.best],
        "needs": [DISPOSITIONS[level] for level in o.case.levels],
        "given": DISPOSITIONS[o.level],
        "rules": list(o.rules),
    }


def print_evaluation(result: Evaluation) -> None:
    """Print the figures, the table of levels, calibration, and a line for each miss."""
    out = Console(highlight=False, width=150)
    figures = Table("figure", "value", "95% interval", "cases")
    for name, (value, low, high, n) in result.figures.items():
        figures.add_row(name, f"{value:.3f}", f"{low:.3f} to {high:.3f}", str(n))
    out.print(figures)
    crossed = Table("needed \\ given", *DISPOSITIONS)
    for need, row in result.over_by_level.items():
        crossed.add_row(need, *(str(row[d]) for d in DISPOSITIONS))
    out.print(crossed)
    calibration = Table("probability of first cause", "share right", "cases")
    for mean, right, n in result.calibration:
        calibration.add_row(f"{mean:.2f}", f"{right:.2f}", str(n))
    out.print(calibration)
    for o in result.outcomes:
        if _is_miss(o):
            miss = _miss(o)
            best = ", ".join(f"{name} {p:.2f}" for name, p in miss["best"])
            out.print(
                f"{miss['id']}: wanted {'/'.join(miss['gold']) or 'out of scope'} "
                f"(rank {miss['rank']}), got {best}; "
                f"needs {'/'.join(miss['needs'])}, given {miss['given']}"
                + (f" by {', '.join(miss['rules'][:4])}" if miss["rules"] else ""),
                soft_wrap=True,
            )
