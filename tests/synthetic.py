"""Small random evidence, unlike the packaged one wherever the schema allows it.

Conditions may be missing from a region (prior zero), records may be missing (background), choices
may not sum to exactly one, numbers may lie at the edge, and any mechanism may be damped.
"""

from random import Random

import msgspec

from lumbago.case import AGE_BANDS, REGIONS, SETTINGS, Case
from lumbago.knowledge.base import Knowledge
from lumbago.knowledge.lexicon import Cues, Lexicon
from lumbago.knowledge.schema import (
    DISPOSITIONS,
    Condition,
    Damping,
    Demographics,
    Disposition,
    Estimate,
    Finding,
    HalfHeard,
    InterviewSettings,
    Mechanism,
    Model,
    Prior,
    RegionOfPain,
)

__all__ = ["random_case", "random_knowledge"]

_ELICITED = {"grade": "elicited", "checked": "elicited"}


def random_knowledge(seed: int) -> Knowledge:
    """A few conditions, mechanisms of two to four states, yes/no and choice findings."""
    rng = Random(seed)
    conditions = [f"condition_{i}" for i in range(rng.randint(2, 6))]
    mechanisms = [_mechanism(rng, f"mechanism_{i}") for i in range(rng.randint(1, 3))]
    findings = [_finding(rng, f"finding_{i}", mechanisms) for i in range(rng.randint(3, 10))]
    estimates = []
    for mechanism in mechanisms:
        values = list(mechanism.states)[1:]
        estimates += _rows(rng, mechanism.id, values, "background", conditions, rest=True)
    for finding in findings:
        values = ["yes"] if finding.kind == "yes_no" else list(finding.values)
        rest = finding.kind == "yes_no"
        if finding.hangs_on == "condition":
            estimates += _rows(rng, finding.id, values, "background", conditions, rest=rest)
        else:
            mechanism = next(m for m in mechanisms if m.id == finding.hangs_on)
            first, *others = (f"{mechanism.id}={state}" for state in mechanism.states)
            estimates += _rows(rng, finding.id, values, first, others, rest=rest)
    return Knowledge(
        version="synthetic",
        conditions=[_record(rng, c) for c in conditions],
        groups=[],
        regions=[RegionOfPain(id=r, name=r, weight=rng.uniform(0.1, 3), sites=[]) for r in REGIONS],
        mechanisms=mechanisms,
        findings=findings,
        questions=[],
        estimates=estimates,
        priors=[p for c in conditions for p in _priors(rng, c, always=c == conditions[0])],
        rules=[],
        textbook=[],
        sources=[],
        dispositions=[Disposition(id=d, headline="", place="", time="") for d in DISPOSITIONS],
        populations=[],
        literature=[],
        model=_model(rng),
        care_record=msgspec.Raw(b"{}"),
        lexicon_record=msgspec.Raw(
            msgspec.json.encode(
                Lexicon(
                    words={},
                    wordings=[],
                    cues=Cues(**{f.name: [] for f in msgspec.structs.fields(Cues)}),
                    index=[],
                )
            )
        ),
    )


def random_case(
    rng: Random, knowledge: Knowledge, *, most: int, regions: tuple[str, ...] = REGIONS
) -> Case:
    """A person with up to `most` random answers; age, sex and region are sometimes unknown."""
    chosen = rng.sample(knowledge.findings, min(rng.randint(0, most), len(knowledge.findings)))
    return Case(
        age=rng.choice([None, rng.randint(0, 120)]),
        sex=rng.choice([None, "female", "male"]),
        setting=rng.choice(SETTINGS),
        regions=tuple(rng.sample(regions, rng.randint(0, 2))),
        findings={f.id: rng.choice(f.values) for f in chosen},
    )


def _record(rng: Random, name: str) -> Condition:
    return Condition(
        id=name,
        name=name,
        clinical_name=name,
        description="",
        icd10=[],
        regions=list(REGIONS),
        disposition=rng.choice(DISPOSITIONS),
        must_not_miss=False,
        demographics=Demographics(
            ages={band: rng.choice([0.0, rng.uniform(0.1, 3)]) for band in AGE_BANDS},
            female=rng.choice([0.0, 1.0, rng.random()]),
            **_ELICITED,
        ),
        sources=[],
    )


def _mechanism(rng: Random, name: str) -> Mechanism:
    return Mechanism(
        id=name,
        name=name,
        description="",
        states={f"state_{s}": "" for s in range(rng.randint(2, 4))},
        damping=Damping(value=rng.choice([1.0, rng.uniform(0.3, 1)]), reason="test"),
    )


def _finding(rng: Random, name: str, mechanisms: list[Mechanism]) -> Finding:
    choice = rng.random() < 0.4
    return Finding(
        id=name,
        name=name,
        question="",
        why="",
        kind="choice" if choice else "yes_no",
        who="person",
        regions=["all"],
        hangs_on=rng.choice(["condition", *(m.id for m in mechanisms)]),
        categories={f"category_{i}": "" for i in range(rng.randint(2, 4))} if choice else {},
    )


def _rows(
    rng: Random, of: str, values: list[str], background: str, parents: list[str], *, rest: bool
) -> list[Estimate]:
    """The background row, and rows of some of the parents; `rest` leaves room for a remainder."""
    given = [background, *(p for p in parents if rng.random() < 0.7)]
    return [e for parent in given for e in _row(rng, of, values, parent, rest=rest)]


def _row(rng: Random, of: str, values: list[str], parent: str, *, rest: bool) -> list[Estimate]:
    weights = [rng.choice([1e-6, 1e-3, rng.random()]) for _ in values]
    total = sum(weights) + (rng.choice([1e-6, rng.random()]) if rest else 0.0)
    kept = [v for v in values if not rest or rng.random() < 0.9] or values[:1]
    return [
        Estimate(
            of=of,
            value=value,
            probability=weight / total,
            n=rng.uniform(5, 500),
            parent=parent,
            **_ELICITED,
        )
        for value, weight in zip(values, weights, strict=True)
        if value in kept
    ]


def _priors(rng: Random, condition: str, *, always: bool) -> list[Prior]:
    return [
        Prior(
            condition=condition,
            region=region,
            spread=rng.uniform(1, 3),
            **{s: rng.uniform(0.1, 50) for s in SETTINGS},
            **_ELICITED,
        )
        for region in REGIONS
        if always or rng.random() < 0.7
    ]


def _model(rng: Random) -> Model:
    return Model(
        losses={
            need: {given: float(abs(i - j)) for j, given in enumerate(DISPOSITIONS)}
            for i, need in enumerate(DISPOSITIONS)
        },
        direct_damping=Damping(value=rng.choice([1.0, rng.uniform(0.3, 1)]), reason="test"),
        age_mix={band: 1 / len(AGE_BANDS) for band in AGE_BANDS},
        draws=50,
        seed=rng.randint(0, 1000),
        half_heard=HalfHeard(0.3, "urgent"),
        interview=InterviewSettings(
            information=1.0,
            burden={"person": 0.1, "helper": 0.3, "clinician": 0.1, "test": 0.3},
            fatigue=0.1,
            together=4,
            safety_together=6,
        ),
    )
