"""Read the evidence files into records, and list every fault at once with its file and row."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
import yaml

from lumbago.errors import EvidenceError
from lumbago.knowledge.base import Knowledge
from lumbago.knowledge.care import Care, Claim, Course, Service, Topic, Treatment
from lumbago.knowledge.checks import cross_faults
from lumbago.knowledge.files import data_version
from lumbago.knowledge.lexicon import Cues, Indexed, Lexicon, Wording
from lumbago.knowledge.phrases import alternatives, phrase_needs
from lumbago.knowledge.schema import (
    Condition,
    Disposition,
    Estimate,
    Finding,
    Group,
    Identified,
    LiteratureRow,
    Mechanism,
    Model,
    Population,
    Prior,
    QuestionGroup,
    RegionOfPain,
    Rule,
    Source,
    TextbookPicture,
)

__all__ = ["read_knowledge"]

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
T = TypeVar("T")
N = TypeVar("N", bound=Identified)


def read_knowledge(contents: dict[str, bytes]) -> Knowledge:
    """Read and check all evidence.

    Args:
        contents: Bytes of each file by its path under `data/`.

    Raises:
        EvidenceError: If anything is wrong; lists every fault.
    """
    reader = _Reader(contents)
    knowledge = reader.knowledge()
    faults = reader.faults or cross_faults(knowledge)
    if faults:
        raise EvidenceError(faults)
    return knowledge


class _Reader:
    """Reads files into records and collects the faults that it meets."""

    def __init__(self, contents: dict[str, bytes]) -> None:
        self.contents = contents
        self.faults: list[str] = []

    def knowledge(self) -> Knowledge:
        model = self._single("model.yaml", Model)
        return Knowledge(
            version=data_version(self.contents),
            conditions=self._each("conditions/", Condition),
            groups=_by_id(self._listed("groups", Group)),
            regions=_by_id(self._listed("regions", RegionOfPain)),
            mechanisms=self._each("mechanisms/", Mechanism),
            findings=_by_id(self._listed("findings/", Finding)),
            questions=self._listed("questions", QuestionGroup),
            estimates=list(self._estimates()),
            priors=list(self._priors()),
            rules=_by_id(self._listed("rules/", Rule)),
            textbook=self._listed("textbook", TextbookPicture),
            sources=self._table("sources/", Source),
            dispositions=self._listed("dispositions", Disposition),
            populations=_by_id(self._listed("populations", Population)),
            literature=self._table("literature/", LiteratureRow),
            model=model,
            lexicon_record=msgspec.Raw(msgspec.json.encode(self._lexicon())),
            care_record=msgspec.Raw(msgspec.json.encode(self._care())),
        )

    def _care(self) -> Care:
        return Care(
            topics=_by_id(self._listed("topics", Topic)),
            treatments=self._table("treatments", Treatment),
            courses=self._table("courses", Course),
            claims=self._table("claims", Claim),
            services=_by_id(self._listed("services", Service)),
        )

    def _lexicon(self) -> Lexicon:
        words, wordings = self._single("lexicon/words.yaml", dict[str, str]), self._wordings()
        cues = self._single("lexicon/cues.yaml", Cues)
        return Lexicon(words=words, wordings=wordings, cues=cues, index=index(wordings, words))

    def _paths(self, prefix: str, suffix: str) -> list[str]:
        return [p for p in self.contents if p.startswith(prefix) and p.endswith(suffix)]

    def _yaml(self, path: str) -> Any:
        try:
            return yaml.load(self.contents[path], Loader)
        except yaml.YAMLError as error:
            self.faults.append(f"{path}: not valid YAML: {' '.join(str(error).split())}")
            return None

    def _convert(self, raw: Any, kind: type[T], where: str, *, strict: bool = True) -> T | None:
        try:
            return msgspec.convert(raw, kind, strict=strict)
        except msgspec.ValidationError as error:
            self.faults.append(f"{where}: {error}")
            return None

    def _single(self, path: str, kind: type[T]) -> T:
        record = self._convert(self._yaml(path), kind, path)
        if record is None:
            raise EvidenceError(self.faults)
        return record

    def _each(self, prefix: str, kind: type[T]) -> list[T]:
        found = (
            self._convert(self._yaml(path), kind, path) for path in self._paths(prefix, ".yaml")
        )
        return [record for record in found if record is not None]

    def _listed(self, prefix: str, kind: type[T]) -> list[T]:
        found: list[T] = []
        for path in self._paths(prefix, ".yaml"):
            raw = self._yaml(path)
            for number, item in enumerate(raw if isinstance(raw, list) else [raw], start=1):
                label = item.get("id", number) if isinstance(item, dict) else number
                record = self._convert(item, kind, f"{path} item {label}")
                if record is not None:
                    found.append(record)
        return found

    def _wordings(self) -> list[Wording]:
        found: list[Wording] = []
        for path in self._paths("lexicon/findings/", ".yaml"):
            for number, item in enumerate(self._yaml(path) or [], start=1):
                record = self._convert(item, Wording, f"{path} item {number}")
                if record is not None:
                    found.append(record)
        return found

    def _rows(self, path: str) -> Iterator[tuple[str, dict[str, str]]]:
        text = self.contents[path].decode()
        for number, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
            where = f"{path} row {number}"
            if None in row or None in row.values():
                self.faults.append(f"{where}: has more or fewer cells than the header")
                continue
            yield where, {key: cell.strip() for key, cell in row.items() if cell.strip()}

    def _table(self, prefix: str, kind: type[N]) -> list[N]:
        found = [
            self._convert(row, kind, where, strict=False)
            for path in self._paths(prefix, ".csv")
            for where, row in self._rows(path)
        ]
        return sorted((r for r in found if r is not None), key=lambda r: r.id)

    def _estimates(self) -> Iterator[Estimate]:
        for path in (
            *self._paths("conditions/", ".csv"),
            *self._paths("mechanisms/", ".csv"),
            *self._paths("background", ".csv"),
        ):
            owner = path.rsplit("/", 1)[-1].removesuffix(".csv")
            for where, row in self._rows(path):
                record = self._convert(row, Estimate, where, strict=False)
                if record is not None:
                    self.faults.extend(f"{where}: {fault}" for fault in estimate_faults(record))
                    yield msgspec.structs.replace(record, parent=_parent(path, owner, record))

    def _priors(self) -> Iterator[Prior]:
        for path in self._paths("priors/", ".csv"):
            region = path.removeprefix("priors/").removesuffix(".csv")
            for where, row in self._rows(path):
                record = self._convert(row, Prior, where, strict=False)
                if record is not None:
                    yield msgspec.structs.replace(record, region=region)


def index(wordings: Sequence[Wording], words: Mapping[str, str]) -> list[Indexed]:
    """Every alternative of every phrase, with what a text must contain for it."""
    return [
        Indexed(number, part, [sorted(need) for need in phrase_needs(part, words)])
        for number, wording in enumerate(wordings)
        for phrase in wording.phrases
        for part in alternatives(phrase)
    ]


def _by_id(records: list[N]) -> list[N]:
    return sorted(records, key=lambda record: record.id)


def _parent(path: str, owner: str, record: Estimate) -> str:
    if path.startswith("mechanisms/"):
        return f"{owner}={record.state}"
    return owner if path.startswith("conditions/") else "background"


def estimate_faults(record: Estimate) -> Iterator[str]:
    """What is wrong with one number, by itself."""
    if not 0 < record.probability < 1:
        yield f"probability must lie between 0 and 1, not {record.probability}"
    low, high = record.low, record.high
    if (record.n is None) == (low is None or high is None):
        yield "give either n, or both low and high"
    if low is not None and high is not None and not low <= record.probability <= high:
        yield f"probability {record.probability} lies outside {low} to {high}"
    if record.grade != "elicited" and not record.source:
        yield f"a {record.grade} number needs a source"
    if record.grade == "elicited" and not record.note:
        yield "an elicited number needs its reason in note"
