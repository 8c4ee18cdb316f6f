"""What a day of vibration comes to, drawn beside the values of the law."""

from dataclasses import dataclass

from lumbago.prevention.vibration_parts import VibrationDay
from lumbago.prevention.vibration_tables import load_vibration

__all__ = ["Gauge", "gauges"]

#: Of the limit value: how far a gauge reaches when less than that is shown.
REACH = 1.25


@dataclass(frozen=True)
class Gauge:
    """One measure of a day, None where it is not known, and the two values it is held against."""

    name: str
    unit: str
    value: float | None
    digits: int
    action: float
    limit: float

    @property
    def shown(self) -> str:
        """The value as it is read."""
        return "not known" if self.value is None else f"{self.value:.{self.digits}f}"

    @property
    def tone(self) -> str:
        """Of the bar: below the action value, below the limit value, or above it."""
        value = self.value or 0.0
        return "danger" if value >= self.limit else "warn" if value >= self.action else "good"

    @property
    def bar(self) -> str:
        """How long the bar is, of 100."""
        return self._of_100(self.value or 0.0)

    @property
    def action_at(self) -> str:
        """Where the mark of the action value stands, of 100."""
        return self._of_100(self.action)

    @property
    def limit_at(self) -> str:
        """Where the mark of the limit value stands, of 100."""
        return self._of_100(self.limit)

    def _of_100(self, value: float) -> str:
        return f"{100 * value / max(REACH * self.limit, self.value or 0.0):.1f}"


def gauges(day: VibrationDay) -> list[Gauge]:
    """A(8) and VDV of a day beside the action and the limit value."""
    action, limit = load_vibration().limits.action, load_vibration().limits.limit
    a8, vdv = (None if axes is None else float(axes.max()) for axes in (day.a8_ms2, day.vdv_ms175))
    return [
        Gauge("A(8)", "m/s²", a8, 2, action.a8_ms2, limit.a8_ms2),
        Gauge("VDV", "m/s¹·⁷⁵", vdv, 1, action.vdv_ms175, limit.vdv_ms175),
    ]
