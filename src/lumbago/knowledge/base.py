"""The evidence base in memory: every record, checked, with ways to look it up."""

from functools import cached_property

import msgspec

from lumbago.errors import UnknownIdError
from lumbago.knowledge.care import Care, Service
from lumbago.knowledge.lexicon import Lexicon
from lumbago.knowledge.schema import (
    Condition,
    Disposition,
    Estimate,
    Finding,
    Group,
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

__all__ = ["Knowledge"]


class Knowledge(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All evidence. Records are sorted by id; `version` is a digest of the files they came from.

    The lexicon is half of all bytes and only words need it, so it stays encoded until it is asked for;
    so does the evidence on care, which no assessment reasons with.
    """

    version: str
    conditions: list[Condition]
    groups: list[Group]
    regions: list[RegionOfPain]
    mechanisms: list[Mechanism]
    findings: list[Finding]
    questions: list[QuestionGroup]
    estimates: list[Estimate]
    priors: list[Prior]
    rules: list[Rule]
    textbook: list[TextbookPicture]
    sources: list[Source]
    dispositions: list[Disposition]
    populations: list[Population]
    literature: list[LiteratureRow]
    model: Model
    lexicon_record: msgspec.Raw
    care_record: msgspec.Raw

    @cached_property
    def lexicon(self) -> Lexicon:
        """How people speak of findings."""
        return msgspec.json.decode(self.lexicon_record, type=Lexicon)

    @cached_property
    def care(self) -> Care:
        """What helps, how pain goes on, what people believe, and whom to call."""
        return msgspec.json.decode(self.care_record, type=Care)

    @property
    def services(self) -> list[Service]:
        """Whom to call, by country."""
        return self.care.services

    @cached_property
    def condition_by_id(self) -> dict[str, Condition]:
        """Conditions by id and by alias."""
        aliases = {alias: c for c in self.conditions for alias in c.aliases}
        return aliases | {c.id: c for c in self.conditions}

    @cached_property
    def finding_by_id(self) -> dict[str, Finding]:
        """Findings by id."""
        return {f.id: f for f in self.findings}

    @cached_property
    def implied_by(self) -> dict[str, list[str]]:
        """Findings that imply a finding, by its id."""
        found: dict[str, list[str]] = {}
        for finding in self.findings:
            for implied in finding.implies:
                found.setdefault(implied, []).append(finding.id)
        return found

    @cached_property
    def excluded_by(self) -> dict[str, list[str]]:
        """Findings that cannot be beside a finding, by its id."""
        found: dict[str, list[str]] = {}
        for finding in self.findings:
            for other in finding.excludes:
                found.setdefault(finding.id, []).append(other)
                found.setdefault(other, []).append(finding.id)
        return found

    @cached_property
    def following(self) -> list[Finding]:
        """Findings that follow from several others."""
        return [finding for finding in self.findings if finding.follows_from]

    @cached_property
    def mechanism_by_id(self) -> dict[str, Mechanism]:
        """Mechanisms by id."""
        return {m.id: m for m in self.mechanisms}

    @cached_property
    def group_by_id(self) -> dict[str, Group]:
        """Groups by id."""
        return {g.id: g for g in self.groups}

    @cached_property
    def region_by_id(self) -> dict[str, RegionOfPain]:
        """Regions by id."""
        return {r.id: r for r in self.regions}

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """Sources by id."""
        return {s.id: s for s in self.sources}

    @cached_property
    def disposition_by_id(self) -> dict[str, Disposition]:
        """Levels of care by id."""
        return {d.id: d for d in self.dispositions}

    @cached_property
    def rule_by_id(self) -> dict[str, Rule]:
        """Rules by id."""
        return {r.id: r for r in self.rules}

    @cached_property
    def question_group_of(self) -> dict[str, QuestionGroup]:
        """Question group by finding id; a finding that is asked alone is missing."""
        return {name: group for group in self.questions for name in group.findings}

    def finding(self, finding_id: str) -> Finding:
        """The finding with this id.

        Raises:
            UnknownIdError: If there is none; suggests the nearest id.
        """
        found = self.finding_by_id.get(finding_id)
        if found is None:
            import difflib  # only needed to mend a typing slip

            near = difflib.get_close_matches(finding_id, self.finding_by_id, n=1)
            hint = f"did you mean {near[0]}?" if near else "see `lumbago evidence search WORDS`"
            raise UnknownIdError(f"there is no finding {finding_id!r}; {hint}")
        return found
