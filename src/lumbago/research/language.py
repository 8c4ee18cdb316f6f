"""How well a person's words are understood: precision, recall and errors of negation on annotated texts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import yaml
from rich.console import Console
from rich.table import Table

from lumbago.assessment.intake import answer_value, implications
from lumbago.case import Sex
from lumbago.errors import CaseFileError, UserError
from lumbago.knowledge import load_knowledge
from lumbago.language import Understanding, understand

__all__ = [
    "AnnotatedText",
    "LanguageFigures",
    "closed",
    "measure_language",
    "plain",
    "print_language",
    "read_texts",
]


class AnnotatedText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text and what a careful reader takes from it.

    Attributes:
        findings: What it states: True, False or a category.
        optional: What a fair reader may or may not take from it; counted neither way.
        optional_absent: What it denies without naming it: read as absent it is counted neither way, read as
            present it is wrong.
        unsure: What it raises and leaves open.
        not_findings: What it mentions only as a fear, an old matter or somebody else's.
    """

    id: str
    text: str
    findings: dict[str, bool | str] = {}
    optional: list[str] = []
    optional_absent: list[str] = []
    unsure: list[str] = []
    not_findings: list[str] = []
    age: int | None = None
    sex: Sex | None = None

    def leaves_open(self, finding: str, value: str) -> bool:
        """Whether a fair reader may take this from the text or leave it."""
        denied = self.optional_absent if value == "no" else ()
        return finding in (*self.optional, *self.unsure, *denied)


@dataclass(frozen=True)
class LanguageFigures:
    """Counts over texts, and the mistakes behind them.

    Attributes:
        right: Findings read that a careful reader marks or that follow from the marks.
        wrong: Findings read that no reader marks.
        turned: Findings read with the opposite sign.
        misplaced: Findings read in another category.
        marked: Findings that the reader marks; `found` of them are read or follow from what is.
        danger: Red flags marked as present; `warned` of them are read, if only as a question.
    """

    texts: int
    right: int
    wrong: int
    turned: int
    misplaced: int
    marked: int
    found: int
    danger: int
    warned: int
    mistakes: tuple[str, ...]

    @property
    def read(self) -> int:
        """What was read and is judged."""
        return self.right + self.wrong + self.turned + self.misplaced

    @property
    def precision(self) -> float:
        """Share of what was read that a careful reader marks."""
        return self.right / max(self.read, 1)

    @property
    def recall(self) -> float:
        """Share of what a careful reader marks that was read."""
        return self.found / max(self.marked, 1)

    @property
    def negation_errors(self) -> float:
        """Share of the marked findings that were read which have the opposite sign."""
        return self.turned / max(self.right + self.turned + self.misplaced, 1)

    @property
    def danger_recall(self) -> float:
        """Share of the red flags that are present which were read, if only as a question."""
        return self.warned / max(self.danger, 1)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "texts": self.texts,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "negation_errors": round(self.negation_errors, 4),
            "red_flag_recall": round(self.danger_recall, 4),
            "read": self.read,
            "other_category": self.misplaced,
            "marked": self.marked,
            "red_flags": self.danger,
            "mistakes": list(self.mistakes),
        }


def read_texts(path: str | Path) -> list[AnnotatedText]:
    """Read a YAML file of annotated texts.

    Raises:
        CaseFileError: If it cannot be read, or marks a finding or value that does not exist.
    """
    try:
        raw = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        texts = msgspec.convert(raw, list[AnnotatedText])
        for text in texts:
            for name, value in text.findings.items():
                answer_value(load_knowledge().finding(name), value)
            for name in (*text.optional, *text.optional_absent, *text.unsure, *text.not_findings):
                load_knowledge().finding(name)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise CaseFileError(f"{path}: {' '.join(str(error).split())}") from None
    except UserError as error:
        raise CaseFileError(f"{path}, text {text.id}: {error}") from None
    return texts


def measure_language(
    texts: Iterable[AnnotatedText], read: Callable[[str], Understanding] = understand
) -> LanguageFigures:
    """Read every text and hold it against its marks."""
    count: Counter[str] = Counter()
    mistakes: list[str] = []
    for text in texts:
        count["texts"] += 1
        for kind, label in _compared(text, read(text.text)):
            count[kind] += 1
            if kind in ("wrong", "turned", "misplaced", "missed"):
                mistakes.append(f"{text.id} {kind}: {label}")
    kinds = (
        "texts",
        "right",
        "wrong",
        "turned",
        "misplaced",
        "marked",
        "found",
        "danger",
        "warned",
    )
    return LanguageFigures(**{k: count[k] for k in kinds}, mistakes=tuple(mistakes))


def _compared(text: AnnotatedText, heard: Understanding) -> Iterator[tuple[str, str]]:
    """Kinds of agreement and mistake, each with what it is about."""
    stated = {name: plain(value) for name, value in text.findings.items()}
    marked, read = closed(stated), closed({m.finding: m.value for m in heard.settled()})
    for m in heard.settled():
        label = f"{m.finding}={m.value} <- {m.words!r}"
        if m.finding in marked:
            yield _agreement(m.value, marked[m.finding]), label
        elif not text.leaves_open(m.finding, m.value):
            yield "wrong", label
    asked = {m.finding for m in heard.mentions if m.state == "unsure"}
    for name, value in stated.items():
        yield "marked", name
        yield ("found" if read.get(name) == value else "missed"), f"{name}={value}"
        if value == "yes" and load_knowledge().finding(name).red_flag:
            yield "danger", name
            if read.get(name) == "yes" or name in asked:
                yield "warned", name


def _agreement(value: str, marked: str) -> str:
    if value == marked:
        return "right"
    return "turned" if {value, marked} == {"yes", "no"} else "misplaced"


def closed(values: Mapping[str, str]) -> dict[str, str]:
    """What was said, with what follows from it."""
    return {**dict(implications(load_knowledge(), values)), **values}


def plain(value: bool | str) -> str:
    """A mark as a value: "yes", "no" or a category."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def print_language(named: Sequence[tuple[str, LanguageFigures]]) -> None:
    """Print one line for each file."""
    out = Console(highlight=False, width=150)
    table = Table("texts", "number", "precision", "recall", "negation errors", "red-flag recall")
    for name, f in named:
        shares = (f.precision, f.recall, f.negation_errors, f.danger_recall)
        table.add_row(name, str(f.texts), *(f"{share:.3f}" for share in shares))
    out.print(table)
