"""Change between two scores, held against measurement error and against what matters to people."""

from dataclasses import dataclass

from lumbago.progress.proms import Prom, find_prom

__all__ = ["Change", "change", "change_of"]

#: Below this, two scores are said to be the same.
NOTHING = 0.05


@dataclass(frozen=True)
class Change:
    """From one score to another.

    Attributes:
        better: Points for the better; below 0 for the worse.
        beyond_error: Whether it is more than measurement error; None if nobody published how large that is.
        important: Whether it is as much as people call a change; None if nobody published how much that is.
        words: All of this in a sentence or two.
    """

    prom: Prom
    before: float
    after: float
    better: float
    beyond_error: bool | None
    important: bool | None
    words: str


def change(name: str, before: float, after: float) -> Change:
    """How much better or worse a score has become, and whether that means something.

    A change matters if it is as large as the published number of points, or as the published share of the first
    score; in either case it must be beyond measurement error where that is known.

    Raises:
        UnknownIdError: If there is no such questionnaire.
    """
    return change_of(find_prom(name), before, after)


def change_of(
    prom: Prom, before: float, after: float, *, error: float | None = None, label: str = ""
) -> Change:
    """The same for a measure at hand.

    Args:
        error: Measurement error, where it is not that of two single scores.
        label: What to call the measure in words, if not by its name.
    """
    better = (before - after) if prom.better == "lower" else (after - before)
    size = abs(better)
    if error is None and prom.detectable:
        error = prom.detectable.value
    beyond = None if error is None else size >= error
    needed = _needed(prom, before)
    important = None if needed is None else size >= needed and beyond is not False
    words = f"{label or prom.name}: {_words(prom, before, after, better)}"
    if size >= NOTHING:
        words += f" {_meaning(beyond, important)}"
    return Change(prom, before, after, better, beyond, important, words)


def _needed(prom: Prom, before: float) -> float | None:
    if prom.important is None:
        return None
    if prom.important_percent is None or not before:
        return prom.important.value
    return min(prom.important.value, prom.important_percent.value / 100 * abs(before))


def _words(prom: Prom, before: float, after: float, better: float) -> str:
    way = f"from {_short(before)} to {_short(after)}"
    if abs(better) < NOTHING:
        return f"{way}, no change."
    return f"{way}, {_count(abs(better), prom.unit)} {'better' if better > 0 else 'worse'}."


def _meaning(beyond: bool | None, important: bool | None) -> str:
    if beyond is False:
        return "That is within what can come and go by chance."
    if important is None:
        return "How large a change must be to matter was not published."
    if not important:
        return "That is more than chance, but less than most people notice."
    if beyond is None:
        return "That is as much as people notice; how much can come by chance was not published."
    return "That is more than chance, and as much as people notice."


def _count(size: float, unit: str) -> str:
    number = _short(size)
    return f"{number} {unit[:-1] if number == '1' and unit.endswith('s') else unit}"


def _short(value: float) -> str:
    return f"{round(value, 1):g}"
