"""Speed beside pyAgrum and pgmpy on the same network, with the answers checked equal.

    python benchmarks/bench.py [cases]

Prints one table. Everything is measured in this run; nothing is quoted.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from lumbago.assessment import assess_case
from lumbago.case import REGIONS, Case
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.compile import CompiledNetwork, Floats, Ints, compiled
from lumbago.reasoning.network import infer, observed
from lumbago.research.batch import posterior_batch
from lumbago.research.bif import ROOT, to_bif, undamped

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the libraries warn of their own deprecations
    import pyagrum
    from pgmpy.inference import VariableElimination
    from pgmpy.readwrite import BIFReader

SEED = 20260101
FINDINGS = 12
EXACT, SINGLE = 1e-6, 1e-4
COLD = ["assess", "--finding", "felt_pop_or_snap=yes", "--region", "calf"]


@dataclass(frozen=True)
class Line:
    """One row of the table: what was measured, how long it took, beside what target."""

    what: str
    figure: str
    target: str = ""


def main(batch_size: int) -> None:
    network, cases = compiled(), random_cases(100)
    lines = [
        *single(undamped(network), cases),
        *whole_assessment(cases),
        *batch(undamped(network), batch_size),
        *cold_start(),
    ]
    table = Table("measured", "figure", "target", title=f"lumbago, {os.cpu_count()} cores")
    for line in lines:
        table.add_row(line.what, line.figure, line.target)
    Console(width=110).print(table)


def random_cases(count: int) -> list[Case]:
    """People with twelve random answers each."""
    rng, findings = Random(SEED), load_knowledge().findings
    return [
        Case(
            rng.randint(18, 90),
            rng.choice(("female", "male")),
            "public",
            (rng.choice(REGIONS),),
            {f.id: rng.choice(f.values) for f in rng.sample(findings, FINDINGS)},
        )
        for _ in range(count)
    ]


def prior_of(network: CompiledNetwork, case: Case) -> Floats:
    return network.prior(case.regions, case.setting, case.age, case.sex)


def median_seconds(run: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


# One posterior


def single(network: CompiledNetwork, cases: list[Case]) -> list[Line]:
    """Ours and theirs on one prior, evidence and posterior only: no reading, no compiling."""
    prior = prior_of(network, cases[0])
    inputs = [observed(network, case.findings) for case in cases]
    ours = [infer(network, prior, values).conditions for values in inputs]
    our_time = median_seconds(lambda: [infer(network, prior, v) for v in inputs], 20) / len(cases)

    engine = agrum_engine(network, prior)
    theirs = [agrum_posterior(engine, case) for case in cases]
    agree(np.array(ours), np.array(theirs), EXACT)
    agrum = median_seconds(lambda: [agrum_posterior(engine, c) for c in cases], 3) / len(cases)

    pgmpy_times = []
    for case, expected in zip(cases[:3], ours, strict=False):
        elimination = pgmpy_engine(network, prior, case)
        agree(expected, pgmpy_posterior(network, elimination, case), EXACT)
        pgmpy_times.append(
            median_seconds(lambda e=elimination, c=case: pgmpy_posterior(network, e, c), 3)
        )
    pgmpy = statistics.median(pgmpy_times)
    return [
        Line("one posterior, lumbago", f"{our_time * 1e3:.3f} ms", "< 0.1 ms"),
        Line("one posterior, pyAgrum LazyPropagation", f"{agrum * 1e3:.3f} ms"),
        Line("one posterior, pgmpy VariableElimination*", f"{pgmpy * 1e3:.1f} ms"),
        Line(
            "times faster than pyAgrum, than pgmpy",
            f"{agrum / our_time:.0f}, {pgmpy / our_time:.0f}",
        ),
    ]


def agrum_engine(network: CompiledNetwork, prior: Floats) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lumbago.bif"
        path.write_text(to_bif(network, prior))
        engine = pyagrum.LazyPropagation(pyagrum.loadBN(str(path)))
    engine.setTargets({ROOT})
    return engine


def agrum_posterior(engine: Any, case: Case) -> Floats:
    engine.setEvidence(dict(case.findings))
    engine.makeInference()
    return engine.posterior(ROOT).toarray()


def pgmpy_engine(network: CompiledNetwork, prior: Floats, case: Case) -> Any:
    """Only the nodes of this case, in pgmpy's favour: its reader is slow on the whole network."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return VariableElimination(
            BIFReader(string=to_bif(network, prior, case.findings)).get_model()
        )


def pgmpy_posterior(network: CompiledNetwork, engine: Any, case: Case) -> Floats:
    answer = engine.query([ROOT], evidence=dict(case.findings), show_progress=False)
    by_name = dict(zip(answer.state_names[ROOT], answer.values, strict=True))
    return np.array([by_name[c] for c in network.conditions])


def agree(ours: Floats, theirs: Floats, tolerance: float) -> None:
    np.testing.assert_allclose(ours, theirs, atol=tolerance)


# One assessment


def whole_assessment(cases: list[Case]) -> list[Line]:
    """Ranking, reasons, intervals, flags and what would change the advice."""
    for case in cases:  # draws of each node are made once per process
        assess_case(case)
    times = [median_seconds(lambda c=case: assess_case(c), 3) for case in cases]
    slowest = np.quantile(times, 0.95)
    return [
        Line(
            "one assessment with reasons and intervals",
            f"{statistics.median(times) * 1e3:.1f} ms",
            "< 20 ms",
        ),
        Line("  slowest twentieth of them", f"{slowest * 1e3:.1f} ms"),
    ]


# Many cases


def batch(network: CompiledNetwork, count: int) -> list[Line]:
    """Random cases of about twelve findings, people of thirty kinds."""
    priors, prior_index, values, starts = random_batch(network, count)
    found = posterior_batch(network, priors, prior_index, values, starts)  # warm-up: compiles
    for i in range(0, count, max(1, count // 200)):
        expected = infer(
            network, priors[prior_index[i]], values[starts[i] : starts[i + 1]]
        ).conditions
        agree(found[i], expected, SINGLE)
    del found
    seconds = median_seconds(
        lambda: posterior_batch(network, priors, prior_index, values, starts), 5
    )
    some = random_cases(300)
    engine = agrum_engine(network, prior_of(network, some[0]))
    agrum = median_seconds(lambda: [agrum_posterior(engine, c) for c in some], 1) / len(some)
    return [
        Line(
            f"batch of {count:,}, {len(values) / count:.1f} findings each",
            f"{seconds:.2f} s",
            "< 1 s",
        ),
        Line("batch, lumbago", f"{count / seconds:,.0f} cases/s", "2,000,000 cases/s"),
        Line("batch, pyAgrum in a loop", f"{1 / agrum:,.0f} cases/s"),
        Line("times faster than pyAgrum", f"{agrum * count / seconds:,.0f}"),
    ]


def random_batch(network: CompiledNetwork, count: int) -> tuple[Floats, Ints, Ints, Ints]:
    rng = np.random.default_rng(SEED)
    sizes = np.array([len(v) for v in network.finding_values])
    first = np.concatenate([[0], np.cumsum(sizes)])
    kinds = [(r, age, sex) for r in REGIONS for age in (25, 45, 70) for sex in ("female", "male")]
    priors = np.array([network.prior((r,), "public", age, sex) for r, age, sex in kinds])
    blocks, lengths = [], []
    for start in range(0, count, 100_000):  # the mask of all cases at once would not fit in memory
        rows = min(100_000, count - start)
        asked = rng.random((rows, len(sizes)), dtype=np.float32) < FINDINGS / len(sizes)
        finding = np.nonzero(asked)[1]
        blocks.append(first[finding] + (rng.random(len(finding)) * sizes[finding]).astype(np.intp))
        lengths.append(asked.sum(axis=1))
    starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))])
    return priors, rng.integers(len(priors), size=count), np.concatenate(blocks), starts


# A cold shell


def cold_start() -> list[Line]:
    command = [sys.executable, "-m", "lumbago", *COLD]
    # Once before, so that the checked evidence is in the user's cache, as on any second use.
    subprocess.run(command, check=True, capture_output=True)
    seconds = median_seconds(lambda: subprocess.run(command, check=True, capture_output=True), 5)
    return [Line(f"cold `lumbago {' '.join(COLD)}`", f"{seconds:.2f} s", "< 0.5 s")]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
