"""Draw and print how soon each order of questions settles the advice: `make questions`."""

from pathlib import Path
from statistics import median
from time import perf_counter

import matplotlib.pyplot as plt
from rich.console import Console
from rich.table import Table

from lumbago.assessment import Interview
from lumbago.case import Case
from lumbago.research.evaluate import read_cases, truth_of
from lumbago.research.order import Curve, curves

CASES = sorted(Path(__file__).parents[1].glob("evaluation/cases/*.yaml"))
PICTURE = Path(__file__).parents[1] / "docs" / "images" / "questions.svg"
MOST, EVERY = 60, 2
#: Least distance between two labels, in cases of 100.
APART = 6
STYLES = {
    "interview": ("#b23a2e", "-"),
    "commonest first": ("#3b6ea5", "--"),
    "random": ("#777777", ":"),
}


def main() -> None:
    """Measure every second development case, print the curves, draw them."""
    truths = [truth_of(case) for path in CASES for case in read_cases(path)][::EVERY]
    found = curves(truths, MOST)
    table = Table("order", *(f"after {n}" for n in range(0, MOST + 1, 10)), "for 90 in 100")
    for curve in found:
        shares = [f"{curve.share[n]:.2f}" for n in range(0, MOST + 1, 10)]
        table.add_row(curve.name, *shares, str(curve.needed(0.9) or f"over {MOST}"))
    Console().print(table)
    draw(found)
    print(f"choosing the next page: {next_page(truths):.1f} ms (median)")


def next_page(truths: list[Case]) -> float:
    """Median milliseconds to choose a page of questions, over whole interviews."""
    times = []
    for truth in truths:
        interview = Interview(age=truth.age, sex=truth.sex, region=truth.regions)
        while True:
            _ = interview.intake
            start = perf_counter()
            page = interview.ask()
            times.append(1000 * (perf_counter() - start))
            if page is None:
                break
            interview = interview.answer({q.id: truth.findings.get(q.id) for q in page.questions})
    return median(times)


def draw(found: list[Curve]) -> None:
    """Write the picture."""
    plt.rcParams |= {"font.family": "sans-serif", "font.size": 11, "svg.hashsalt": "lumbago"}
    figure, axes = plt.subplots(figsize=(7.2, 4.2), layout="constrained")
    height = 0.0
    for curve in sorted(found, key=lambda curve: curve.share[-1]):
        colour, line = STYLES[curve.name]
        axes.plot(100 * curve.share, line, color=colour, linewidth=2.2)
        height = max(100 * curve.share[-1], height + APART)
        axes.text(MOST + 1, height, curve.name, color=colour, va="center")
    axes.set(xlim=(0, MOST), ylim=(0, 100), xlabel="questions asked")
    axes.set_title("Cases in 100 that already have their final advice", loc="left", fontsize=12)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#e5e0da")
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE, metadata={"Date": None})


if __name__ == "__main__":
    main()
