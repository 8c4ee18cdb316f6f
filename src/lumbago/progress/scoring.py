"""From answers to a score, by the rule of its measure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lumbago.errors import UserError
from lumbago.progress.proms import Band, Item, Prom, find_prom

__all__ = ["Answer", "PromError", "Score", "score"]

Answer = int | float | bool | None
TYPED = "score"


class PromError(UserError):
    """An answer to a questionnaire that cannot be, or too many that are missing."""


@dataclass(frozen=True)
class Score:
    """The score of one questionnaire.

    Attributes:
        value: In the unit and range of the measure.
        subscales: Sums that are reported beside it, by id.
        band: What a score like this is called; empty where nothing was published or it cannot be said.
        next_step: What to do, if the score calls for something.
        missing: Items without an answer, for which the rule of the measure allows.
        notes: What to know about this score.
    """

    prom: Prom
    value: float
    subscales: Mapping[str, float]
    band: str
    next_step: str
    missing: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def percent(self) -> float:
        """The score as a percentage of the way from its lowest to its highest value."""
        return 100 * (self.value - self.prom.low) / (self.prom.high - self.prom.low)

    def to_dict(self) -> dict[str, Any]:
        """The score as plain values (schema `lumbago/prom-score/1`)."""
        return {
            "schema": "lumbago/prom-score/1",
            "prom": self.prom.id,
            "name": self.prom.name,
            "value": self.value,
            "unit": self.prom.unit,
            "range": [self.prom.low, self.prom.high],
            "better": self.prom.better,
            "percent": round(self.percent, 1),
            "subscales": dict(self.subscales),
            "band": self.band,
            "next_step": self.next_step,
            "missing": list(self.missing),
            "notes": list(self.notes),
            "loinc": self.prom.loinc,
            "source": self.prom.source,
        }


def score(name: str, answers: Mapping[str, Answer]) -> Score:
    """Score one questionnaire.

    Args:
        name: Id of the measure, such as "rmdq" or "phq-2".
        answers: Item id to its answer (a number, or True for ticked); None or left out is missing.
            Or `{"score": 34}` for a score that was worked out elsewhere, with its subscales by id.

    Returns:
        The score, its band and what it calls for.

    Raises:
        UnknownIdError: If there is no such measure.
        PromError: If an answer cannot be or too many are missing; lists every fault.

    Source:
        The rule of each measure with its source: `docs/questionnaires.md`.
    """
    prom = find_prom(name)
    if not isinstance(answers, Mapping):
        raise PromError(
            f"{prom.name}: give answers by item, such as {_example(prom)}; got {answers!r}"
        )
    if TYPED in answers:
        return _typed(prom, answers)
    if prom.typed_only:
        raise PromError(
            f'{prom.name}: {prom.rule_words}, such as {{"score": {(prom.low + prom.high) / 2:g}}}'
        )
    return _from_items(prom, _checked(prom, answers))


def _typed(prom: Prom, answers: Mapping[str, Answer]) -> Score:
    known = {s.id: (0.0, float(sum(_item(prom, i).most for i in s.items))) for s in prom.subscales}
    limits = {TYPED: (prom.low, prom.high), **known}
    faults = [f"there is no {key!r} beside a typed score" for key in answers if key not in limits]
    values: dict[str, float] = {}
    for key, (low, high) in limits.items():
        given = answers.get(key)
        if given is None:
            continue
        if not _is_number(given) or not low <= given <= high:
            faults.append(f"{key} must be a number from {low:g} to {high:g}; got {given!r}")
        else:
            values[key] = float(given)
    if TYPED not in values and not faults:
        faults.append(f"score is missing; give a number from {prom.low:g} to {prom.high:g}")
    _refuse(prom, faults)
    total = values.pop(TYPED)
    return _scored(prom, total, values, (), ("The score was typed in.",))


def _checked(prom: Prom, answers: Mapping[str, Answer]) -> dict[str, int]:
    """The answers that were given, each known to be possible."""
    faults, given = [], {}
    for key in answers:
        if all(key != item.id for item in prom.items):
            faults.append(f"there is no item {key!r}; the items are {_names(prom)}")
    for item in prom.items:
        answer = answers.get(item.id)
        if answer is None:
            continue
        fault = _answer_fault(item, answer)
        if fault:
            faults.append(fault)
        else:
            given[item.id] = int(answer)
    _refuse(prom, faults)
    return given


def _answer_fault(item: Item, answer: Answer) -> str:
    if isinstance(answer, bool) and (item.low, item.high) == (0, 1):
        return ""
    allowed = item.allowed or range(item.low, item.high + 1)
    if _is_number(answer) and answer in allowed:
        return ""
    choices = (
        "one of " + ", ".join(map(str, item.allowed))
        if item.allowed
        else f"a whole number from {item.low} to {item.high}"
    )
    return f"item {item.id} takes {choices}; got {answer!r}"


def _from_items(prom: Prom, given: Mapping[str, int]) -> Score:
    missing = tuple(item.id for item in prom.items if item.id not in given)
    fewest = prom.fewest if prom.fewest is not None else len(prom.items) - prom.missing
    if len(given) < fewest:
        _refuse(prom, [_too_few(prom, missing, fewest)])
    points = {i: _item(prom, i).points(answer) for i, answer in given.items()}
    subscales = {
        s.id: float(sum(points[i] for i in s.items))
        for s in prom.subscales
        if all(i in points for i in s.items)
    }
    notes: tuple[str, ...] = ()
    if missing and prom.fewest is None and not prom.blank_is_zero:
        notes = (f"{_count(len(missing))} left out: {prom.missing_words}.",)
    return _scored(prom, _total(prom, points), subscales, missing, notes)


def _total(prom: Prom, points: Mapping[str, int]) -> float:
    gained = sum(points.values())
    if prom.rule == "mean":
        return gained / len(points)
    if prom.rule == "percent":
        return 100 * gained / sum(_item(prom, i).most for i in points)
    if prom.blank_is_zero or len(points) == len(prom.items):
        return float(gained)
    return gained * len(prom.items) / len(points)


def _scored(
    prom: Prom,
    value: float,
    subscales: Mapping[str, float],
    missing: tuple[str, ...],
    notes: tuple[str, ...],
) -> Score:
    band = _band(prom, value, subscales)
    steps = [band.next_step] if band and band.next_step else []
    extra = []
    for subscale in prom.subscales:
        reached = subscales.get(subscale.id)
        if reached is None or subscale.from_score is None or reached < subscale.from_score:
            continue
        if subscale.words.endswith("."):
            steps.append(subscale.words)
        else:
            extra.append(f"{subscale.name}: {subscale.words}")
    if prom.bands and band is None:
        extra.append("The score of its subscale decides which band this is; type it in as well.")
    return Score(
        prom=prom,
        value=round(value, 4),
        subscales=subscales,
        band=band.name if band else "",
        next_step=" ".join(dict.fromkeys(steps)),
        missing=missing,
        notes=(*notes, *extra),
    )


def _band(prom: Prom, value: float, subscales: Mapping[str, float]) -> Band | None:
    """The last band that a score reaches; None if a subscale that is not known decides."""
    found = None
    for band in prom.bands:
        if band.from_score is not None and value < band.from_score:
            continue
        for name, least in band.subscale.items():
            # A part is never more than the whole: a low total settles it without the subscale.
            if name not in subscales and value >= least:
                return None
        if all(subscales.get(name, 0) >= least for name, least in band.subscale.items()):
            found = band
    return found


def _item(prom: Prom, name: str) -> Item:
    return next(item for item in prom.items if item.id == name)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def _refuse(prom: Prom, faults: list[str]) -> None:
    if faults:
        raise PromError(f"{prom.name}: " + "; ".join(faults))


def _too_few(prom: Prom, missing: tuple[str, ...], fewest: int) -> str:
    every = len(prom.items)
    need = f"at least {fewest} of {every} items" if fewest < every else f"all {every} items"
    which = ", ".join(missing[:6]) + (" and more" if len(missing) > 6 else "")
    return f"answer {need}; missing: {which}"


def _names(prom: Prom) -> str:
    return ", ".join(item.id for item in prom.items)


def _count(number: int) -> str:
    return "1 item was" if number == 1 else f"{number} items were"


def _example(prom: Prom) -> str:
    return '{"score": 5}' if prom.typed_only else f'{{"{prom.items[0].id}": {prom.items[0].low}}}'
