"""Running load: distance by week, single runs that jump, and a plan to a longer run that does not jump.

A run is compared with the longest run of the 30 days before it. In 5,205 runners the rate of overuse
injuries was higher after runs more than 10% longer than that (data/running.yaml). The change from week to
week had no relation to injury there, and the acute:chronic workload ratio an inverse one, so neither is
scored here; `evidence("running")` says what is known of them.

Hazard ratios compare groups of runners who chose their runs themselves. They are not one person's risk, the
injuries are of every kind, and a trial in which beginners added at most 10% a week found no fewer of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lumbago.errors import MeasurementError
from lumbago.prevention.packaged import Evidence, evidence
from lumbago.prevention.running_spikes import load_running, longest_before, spike_of

__all__ = ["Run", "RunningLoad", "Spike", "Week", "judge_next", "running_load"]


@dataclass(frozen=True)
class Run:
    """One run: when it began, and how far it went."""

    start: datetime
    distance_km: float


@dataclass(frozen=True)
class Spike:
    """One run beside the longest of the days before; without one of those there is nothing to compare.

    `young` says that the log begins less than 30 days before it, so that longer runs may be missing.
    """

    start: datetime
    distance_km: float
    longest_before_km: float | None
    name: str | None
    young: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times as long as the longest of the days before."""
        return self.distance_km / self.longest_before_km if self.longest_before_km else None

    @property
    def study(self) -> Evidence | None:
        """What was found about such runs, if it is a spike."""
        classes = {c.name: c.evidence for c in load_running().spikes}
        return evidence("running").get(classes.get(self.name or "", ""))

    def to_dict(self) -> dict[str, Any]:
        """The run as plain values."""
        study = self.study
        return {
            "date": self.start.date().isoformat(),
            "km": round(self.distance_km, 2),
            "longest_before_km": _rounded(self.longest_before_km),
            "ratio": _rounded(self.ratio),
            "spike": self.name,
            "log_too_young": self.young,
            "hazard_ratio": study.value if study else None,
            "interval": [study.low, study.high] if study else None,
        }


@dataclass(frozen=True)
class Week:
    """A week from its Monday: distance, runs, and the longest of them."""

    monday: date
    distance_km: float
    runs: int
    longest_km: float


@dataclass(frozen=True)
class RunningLoad:
    """A log of runs, week by week and run by run, and the longest run that is no spike today."""

    weeks: tuple[Week, ...]
    runs: tuple[Spike, ...]
    longest_km: float | None
    next_most_km: float | None

    @property
    def spikes(self) -> tuple[Spike, ...]:
        """The runs that jumped, the latest first."""
        return tuple(r for r in reversed(self.runs) if r.name not in (None, "none"))

    @property
    def other_runs_km(self) -> float:
        """What the runs beside the longest came to, a week, over the last four whole weeks."""
        whole = self.weeks[:-1][-4:]
        return sum(w.distance_km - w.longest_km for w in whole) / len(whole) if whole else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The log as plain values."""
        return {
            "weeks": [
                {
                    "monday": w.monday.isoformat(),
                    "km": round(w.distance_km, 2),
                    "runs": w.runs,
                    "longest_km": round(w.longest_km, 2),
                }
                for w in self.weeks
            ],
            "runs": [r.to_dict() for r in self.runs],
            "spikes": [r.to_dict() for r in self.spikes],
            "longest_30_days_km": _rounded(self.longest_km),
            "next_most_km": _rounded(self.next_most_km),
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def running_load(runs: Sequence[Run], today: date) -> RunningLoad:
    """Judge a log.

    Args:
        runs: Runs in any order, none after today.
        today: The day to look back from.

    Raises:
        MeasurementError: If there is no run, or one lies ahead.
    """
    if not runs:
        raise MeasurementError(
            "there is no run in the log; it needs at least one with a date and a distance"
        )
    ordered = sorted(runs, key=lambda run: run.start)
    if ordered[-1].start.date() > today:
        raise MeasurementError(
            f"a run is dated {ordered[-1].start.date()}, which is after today, {today}; mend its date"
        )
    origin = ordered[0].start
    days = [(run.start - origin) / timedelta(days=1) for run in ordered]
    before = longest_before(days, [run.distance_km for run in ordered])
    judged = tuple(
        _judge(run, longest, young=day < load_running().window_days)
        for run, longest, day in zip(ordered, before, days, strict=True)
    )
    since = datetime.combine(today, datetime.min.time()) - timedelta(
        days=load_running().window_days
    )
    recent = [run.distance_km for run in ordered if run.start >= since]
    longest = max(recent, default=None)
    most = None if longest is None else longest * load_running().cap_ratio
    return RunningLoad(_weeks(ordered, today), judged, longest, most)


def judge_next(load: RunningLoad, distance_km: float, day: date) -> Spike:
    """A run that is planned, beside the longest of the last 30 days.

    Raises:
        MeasurementError: If the distance cannot be a run's.
    """
    limits = load_running().record
    if not limits.least_km <= distance_km <= limits.most_km:
        raise MeasurementError(
            f"the next run is {distance_km:g} km; it must be between {limits.least_km:g} and "
            f"{limits.most_km:g} km"
        )
    start = datetime.combine(day, datetime.min.time())
    age = start - load.runs[0].start
    young = age < timedelta(days=load_running().window_days)
    return _judge(Run(start, distance_km), load.longest_km or 0.0, young=young)


def _judge(run: Run, longest_km: float, *, young: bool) -> Spike:
    if not longest_km > 0:
        return Spike(run.start, run.distance_km, None, None, young)
    name = spike_of(run.distance_km / longest_km)
    return Spike(run.start, run.distance_km, longest_km, name, young)


def _weeks(runs: Sequence[Run], today: date) -> tuple[Week, ...]:
    held: dict[date, list[float]] = {}
    for run in runs:
        held.setdefault(_monday(run.start.date()), []).append(run.distance_km)
    monday = _monday(runs[0].start.date())
    weeks = []
    while monday <= today:
        far = held.get(monday, [])
        weeks.append(Week(monday, sum(far), len(far), max(far, default=0.0)))
        monday += timedelta(days=7)
    return tuple(weeks)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
