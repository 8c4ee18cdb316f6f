"""Outcome measures (PROMs) as data: items where their wording is free, ranges, rules, bands, terms."""

from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec

from lumbago.errors import UnknownIdError
from lumbago.knowledge import load_knowledge
from lumbago.progress.records import Checked, Quoted, Record, read_list, refuse, unknown_sources

__all__ = ["Band", "Item", "Licence", "Prom", "Subscale", "find_prom", "load_proms", "prom_faults"]


class Item(Record, frozen=True):
    """One question: the answers that it takes, and how an answer becomes points.

    Attributes:
        text: Wording, only where it is free to use.
        labels: Words for each answer, in the order of `allowed` or from `low` up.
        allowed: The only answers, where not every whole number of the range is one.
        reverse: Points are `low + high - answer`.
        cuts: Points are the number of these cuts that the answer reaches.
        factor: Points are the answer times this.
    """

    id: str
    low: int
    high: int
    text: str = ""
    labels: tuple[str, ...] = ()
    allowed: tuple[int, ...] = ()
    reverse: bool = False
    cuts: tuple[int, ...] = ()
    factor: int = 1

    @property
    def most(self) -> int:
        """The most points that the item can give."""
        return max(self.points(answer) for answer in (self.low, self.high))

    def points(self, answer: int) -> int:
        """Points for an answer."""
        if self.cuts:
            return sum(answer >= cut for cut in self.cuts)
        return self.factor * (self.low + self.high - answer if self.reverse else answer)


class Subscale(Record, frozen=True):
    """A sum of some of the items that is reported beside the total."""

    id: str
    name: str
    items: tuple[str, ...]
    from_score: float | None = None
    words: str = ""
    source: str | None = None


class Band(Record, frozen=True):
    """What a score is called from `from_score` up (`subscale` then also from its own value).

    The first band has no `from_score`: it begins where the range does.

    `next_step` is a kind word on what to do, for a screen that is positive.
    """

    name: str
    from_score: float | None = None
    subscale: dict[str, float] = msgspec.field(default_factory=dict)
    next_step: str = ""


class Licence(Record, frozen=True):
    """Whether the wording may be used: `free`, or `permission` (then only scores are kept here).

    `credit` names its authors, to be shown wherever its wording is.
    """

    kind: Literal["free", "permission"]
    words: str
    source: str
    checked: Checked
    credit: str = ""


class Prom(Record, frozen=True):
    """An outcome measure.

    Attributes:
        rule: How points become the score: their sum, their mean, or a percentage of what can be had.
        missing: Most items that may be left out. `blank_is_zero`: a statement that is not ticked is a no.
        detectable: Smallest change beyond measurement error. `important`: smallest that matters to people.
        important_percent: The same as a share of the first score.
        typed_only: The score is worked out elsewhere (an official table) and typed in.
        loinc: Code of the score; empty unless read at loinc.org or in a published table.
    """

    id: str
    name: str
    measures: str
    low: float
    high: float
    better: Literal["lower", "higher"]
    rule: Literal["sum", "mean", "percent"]
    rule_words: str
    source: str
    checked: Checked
    licence: Licence
    unit: str = "points"
    items: tuple[Item, ...] = ()
    instructions: str = ""
    fewest: int | None = None
    missing: int = 0
    missing_words: str = ""
    missing_checked: Checked = "seen"
    blank_is_zero: bool = False
    typed_only: bool = False
    subscales: tuple[Subscale, ...] = ()
    bands: tuple[Band, ...] = ()
    bands_source: str | None = None
    bands_checked: Checked | None = None
    detectable: Quoted | None = None
    important: Quoted | None = None
    important_percent: Quoted | None = None
    loinc: str = ""
    loinc_url: str = ""
    note: str = ""

    @property
    def asked(self) -> bool:
        """Whether the wording of its questions is here."""
        return bool(self.items) and all(item.text for item in self.items)


@cache
def load_proms() -> tuple[Prom, ...]:
    """The packaged outcome measures, sorted by id.

    Raises:
        EvidenceError: If the file has a fault; lists every one.
    """
    proms = read_list("proms.yaml", Prom)
    refuse(prom_faults(proms))
    return proms


def find_prom(name: str) -> Prom:
    """One measure by its id, in any case and with or without hyphens.

    Raises:
        UnknownIdError: If there is none; names those there are.
    """
    wanted = name.lower().replace("-", "").replace("_", "").replace(" ", "")
    for prom in load_proms():
        if prom.id.replace("_", "") == wanted:
            return prom
    known = ", ".join(prom.id for prom in load_proms())
    raise UnknownIdError(f"there is no questionnaire {name!r}; there are {known}")


def prom_faults(proms: tuple[Prom, ...]) -> Iterator[str]:
    """Every fault in the measures, and between them and the sources."""
    ids = [prom.id for prom in proms]
    if ids != sorted(set(ids)):
        yield "proms.yaml: sort by id, each once"
    for prom in proms:
        where = f"proms.yaml: {prom.id}"
        yield from _item_faults(where, prom)
        yield from _band_faults(where, prom)
        yield from unknown_sources(where, _sources(prom), load_knowledge().source_by_id)
        if prom.licence.kind == "permission" and any(item.text for item in prom.items):
            yield f"{where}: its wording needs permission, so items have no text"
        if prom.asked and not prom.licence.credit:
            yield f"{where}: its wording is here, so its authors are named in credit"
        if bool(prom.loinc) != bool(prom.loinc_url):
            yield f"{where}: a LOINC code needs the address where it was read"


def _item_faults(where: str, prom: Prom) -> Iterator[str]:
    names = [item.id for item in prom.items]
    if len(set(names)) < len(names):
        yield f"{where}: an item comes twice"
    if prom.typed_only == bool(prom.items):
        yield f"{where}: give items, or say typed_only"
    for item in prom.items:
        if not item.low < item.high:
            yield f"{where}: item {item.id}: low must be below high"
        count = len(item.allowed) or item.high - item.low + 1
        if item.labels and len(item.labels) not in (2, count):
            yield f"{where}: item {item.id}: give a label for each answer, or for both ends"
    for subscale in prom.subscales:
        for name in subscale.items:
            if name not in names:
                yield f"{where}: subscale {subscale.id}: unknown item {name}"


def _band_faults(where: str, prom: Prom) -> Iterator[str]:
    limits = [b.from_score for b in prom.bands if b.from_score is not None]
    if limits != sorted(limits):
        yield f"{where}: bands go from low to high"
    if prom.bands and (prom.bands_source is None or prom.bands_checked is None):
        yield f"{where}: bands need bands_source and bands_checked"
    known = {subscale.id for subscale in prom.subscales}
    for band in prom.bands:
        if set(band.subscale) - known:
            yield f"{where}: band {band.name}: unknown subscale"


def _sources(prom: Prom) -> Iterator[str | None]:
    yield from (prom.source, prom.licence.source, prom.bands_source)
    yield from (s.source for s in prom.subscales)
    for quoted in (prom.detectable, prom.important, prom.important_percent):
        yield quoted.source if quoted else None
