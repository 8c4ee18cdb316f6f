"""Which longer questionnaires are due: seldom enough not to tire, often enough to show a change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lumbago.progress.diary import Diary
from lumbago.progress.proms import Prom, find_prom

__all__ = ["due"]


@dataclass(frozen=True)
class _Turn:
    """When a questionnaire comes: from which week of the diary, how often, and where it hurts."""

    prom: str
    every_weeks: int
    from_week: int = 0
    regions: tuple[str, ...] = ()


#: Studies of change ask again after about four weeks (childs_2005); mood is asked about once pain has lasted.
#: The rhythm is judgement.
TURNS = (
    _Turn("psfs", 4),
    _Turn("rmdq", 4, regions=("low_back",)),
    _Turn("peg", 4, from_week=6),
    _Turn("groc", 4, from_week=4),
    _Turn("phq2", 12, from_week=6),
    _Turn("gad2", 12, from_week=6),
)
MOST = 2


def due(diary: Diary, today: date) -> tuple[Prom, ...]:
    """At most two questionnaires that are due, those first that have waited longest.

    Only questionnaires whose wording is here are asked; none is before the first check-in.
    """
    return tuple(find_prom(name) for _, name in sorted(_waiting(diary, today))[:MOST])


def _waiting(diary: Diary, today: date) -> Iterator[tuple[date, str]]:
    if not diary.check_ins or diary.about is None:
        return
    begin = diary.check_ins[0].day
    for turn in TURNS:
        if turn.regions and not set(turn.regions) & set(diary.about.regions):
            continue
        asked = [a.day for a in diary.scores(turn.prom) if a.day <= today]
        when = begin + timedelta(weeks=turn.from_week)
        if asked:
            when = max(when, asked[-1] + timedelta(weeks=turn.every_weeks))
        if when <= today:
            yield when, turn.prom
