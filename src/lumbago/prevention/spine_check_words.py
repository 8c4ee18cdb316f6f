"""Published and computed figures of the spine as a table of plain text."""

from collections.abc import Iterator, Sequence

from lumbago.prevention.spine_check import STUDIES, Compared, Summary, summarise

__all__ = ["check_words"]

HEAD = f"  {'':<40}{'published':>10}{'computed':>10}{'error':>8}"
HONEST = (
    "No parameter was fitted to these figures, "
    "but they were looked at while the model was made: docs/spine.md."
)


def check_words(rows: Sequence[Compared]) -> str:
    """A table for each study, with the middle error and the rank correlation of the rows that count.

    Args:
        rows: What `compare_spine` gives.
    """
    parts = []
    for study in dict.fromkeys(row.study for row in rows):
        own = [row for row in rows if row.study == study]
        title = STUDIES[study]
        lines = [title[:1].upper() + title[1:], HEAD, *(_line(row) for row in own)]
        parts.append("\n".join([*lines, *(_total(found) for found in summarise(own))]))
    return "\n\n".join([*parts, HONEST])


def _line(row: Compared) -> str:
    return "".join(_cells(row)).rstrip()


def _cells(row: Compared) -> Iterator[str]:
    digits = 0 if row.quantity == "compression_n" else 2
    yield f"  {row.what:<40}{row.published:>10,.{digits}f}"
    yield f"{'-':>10}" if row.computed is None else f"{row.computed:>10,.{digits}f}"
    yield f"{'':>8}" if row.error is None else f"{row.error:>+8.0%}"
    yield f"  {row.why}"


def _total(found: Summary) -> str:
    ranks = found.rank_correlation
    order = "" if ranks is None else f"; rank correlation {ranks:.2f}"
    return f"  middle error {found.median_error:.0%} of {found.rows}{order}"
