"""Numbers as they are shown: a figure, its limits, and a bar on a scale."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["PER_1000", "RATIO", "SHARE", "Bar", "Scale", "Value", "own_scale", "plain", "share"]

#: Normal deviate of a 95% interval.
Z = 1.96


@dataclass(frozen=True)
class Scale:
    """A line from `low` to `high` on which figures are drawn, in tens if `log`; `mark` is a rule on it."""

    low: float
    high: float
    log: bool = False
    mark: float | None = None

    def at(self, value: float) -> float:
        """Where a value lies, 0 to 100; what is off the scale lies at its end."""
        low, high, here = self.low, self.high, min(max(value, self.low), self.high)
        if self.log:
            low, high, here = math.log(low), math.log(high), math.log(here)
        return 100 * (here - low) / (high - low)


SHARE = Scale(0, 1)
PER_1000 = Scale(0.001, 1000, log=True)
RATIO = Scale(0.01, 100, log=True, mark=1)


@dataclass(frozen=True)
class Bar:
    """Where an interval starts, how wide it is, where the figure lies; all 0 to 100.

    `beside` is where the network's own figure lies, `mark` where a rule on the scale does.
    """

    start: float
    wide: float
    at: float | None = None
    beside: float | None = None
    mark: float | None = None


@dataclass(frozen=True)
class Value:
    """One figure with its limits.

    Attributes:
        label: What it is, where a row has several.
        exact: The figure as it stands in the evidence.
        low: Lower limit, if there is one.
        limits: What the limits are, in words.
        unit: "%" if the figures are shares, shown in hundredths; else a word to follow them.
        beside: What the network computes for the same quantity.
        inside: Whether that lies within the limits.
    """

    exact: float | None
    label: str = ""
    low: float | None = None
    high: float | None = None
    limits: str = "95% interval"
    unit: str = "%"
    scale: Scale | None = SHARE
    beside: float | None = None
    inside: bool | None = None

    def shown(self, figure: float | None) -> str:
        """A figure in the unit of this one; nothing for none."""
        if figure is None:
            return ""
        if self.unit == "%":
            return share(figure)
        return f"{plain(figure)} {self.unit}".strip()

    @property
    def text(self) -> str:
        """The figure itself."""
        return self.shown(self.exact)

    @property
    def low_text(self) -> str:
        """The lower limit, without the unit, which follows the upper one."""
        return self.shown(self.low).removesuffix(f" {self.unit}")

    @property
    def high_text(self) -> str:
        """The upper limit."""
        return self.shown(self.high)

    @property
    def beside_text(self) -> str:
        """What the network computes."""
        if self.beside is None or self.unit == "%":
            return self.shown(self.beside)
        return f"{self.beside:.3g}"

    @property
    def bar(self) -> Bar | None:
        """The interval drawn on the scale; None if there is no scale."""
        known = [f for f in (self.low, self.exact, self.high) if f is not None]
        if self.scale is None or not known:
            return None
        at = self.scale.at
        mark = None if self.scale.mark is None else at(self.scale.mark)
        # Without limits the bar shows the size of the figure itself, from nothing on.
        start = at(0) if len(known) == 1 and not self.scale.log else at(known[0])
        return Bar(
            start=start,
            wide=max(at(known[-1]) - start, 0.6),
            at=None if self.exact is None else at(self.exact),
            beside=None if self.beside is None else at(self.beside),
            mark=mark,
        )


def share(probability: float) -> str:
    """A probability in hundredths with three figures, such as 55%, 36.6% or 0.12%."""
    text = f"{100 * probability:.3g}"
    if text == "100" and probability < 1:
        text = f"{100 * probability:.4g}"
    return f"{text}%"


def plain(figure: float) -> str:
    """A figure as it stands in the evidence, such as 1,184 or 0.0612."""
    return f"{figure:,.6g}"


def wilson(probability: float, n: float) -> tuple[float, float]:
    """95% interval of a share seen in `n` people (Wilson 1927)."""
    middle = (probability + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * math.sqrt(probability * (1 - probability) / n + (Z / (2 * n)) ** 2)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def own_scale(figures: Iterable[float | None], *, mark: float | None = None) -> Scale:
    """A scale for figures that share no other, with some room at both ends."""
    known = [f for f in (*figures, mark) if f is not None]
    low, high = min(known), max(known)
    room = 0.08 * (high - low) or 1.0
    return Scale(low - room, high + room, mark=mark)
