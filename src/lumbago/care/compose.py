"""The lines and medicines of a plan: what the advice holds, sifted for one situation."""

import re
from collections.abc import Collection, Iterable, Iterator

import msgspec

from lumbago.care.advice import Line, Section, load_advice
from lumbago.care.advice_checks import PLACEHOLDER
from lumbago.care.article_lines import belongs, is_at_once, tells_to_book, visit_words
from lumbago.care.evidence import Strength, Support, records, supports, weigh, worst_checked
from lumbago.care.situation import Situation
from lumbago.case import Case
from lumbago.knowledge.care import Course
from lumbago.knowledge.expression import parse
from lumbago.learn.articles import Article, Statement, load_articles
from lumbago.reasoning.flags import evaluate

__all__ = ["Advised", "MedicineNote", "compose", "medicines"]

#: What an urgent plan holds: getting care, waiting for it well, and what it will be.
URGENT_SECTIONS: tuple[Section, ...] = ("until_then", "not_meanwhile", "treatment", "help_now")
#: The block of lines for whatever is urgent.
ALWAYS_URGENT = "urgent"
#: How a statement begins that follows another in its article; in a plan it stands alone.
_OTHERWISE = re.compile(r"^Otherwise,? (\w)")

#: A medicine of which this is said is not offered, so that nothing can rule it out. One that is not
#: shown to help may be tried all the same.
_NOT_OFFERED: tuple[Strength, ...] = ("against",)


class Advised(msgspec.Struct, frozen=True):
    """One thing that a plan says, how strongly, and what it rests on."""

    section: Section
    text: str
    strength: Strength
    checked: str
    supports: tuple[Support, ...] = ()
    disagreement: str = ""
    medicine: str = ""

    @property
    def effects(self) -> list[str]:
        """The sizes of effects in plain numbers."""
        return [s.effect for s in self.supports if s.effect]


class MedicineNote(msgspec.Struct, frozen=True):
    """A medicine that the plan speaks of: who must not take it or must ask first.

    `never` and `ask` hold everybody's warnings, `for_you` those that the person's answers meet.
    """

    id: str
    name: str
    words: str
    never: tuple[str, ...]
    ask: tuple[str, ...]
    for_you: tuple[str, ...]
    supports: tuple[Support, ...]


def compose(situation: Situation) -> list[Advised]:
    """All lines of a plan."""
    found = [_advised(line) for line in _lines(situation)]
    said = {(line.section, s.source) for line in found for s in line.supports}
    booked = any(line.section == "look_again" and tells_to_book(line.text) for line in found)
    for number, condition in enumerate(_told_of(situation)):
        for line in _from_article(load_articles()[condition], situation, booked=booked):
            # The treatment of two feared conditions, one after the other, would read like one.
            if (number == 0 or line.section == "help_now") and not _told_already(line, said):
                found.append(line)
    distinct = {line.text: line for line in reversed(found)}  # the family's own words go first
    return list(reversed(distinct.values()))


def _told_already(line: Advised, said: Collection[tuple[Section, str]]) -> bool:
    """Whether the family's own lines of a section rest on the same studies."""
    return bool(line.supports) and all((line.section, s.source) in said for s in line.supports)


def _lines(situation: Situation) -> Iterator[Line]:
    advice = load_advice()
    if situation.urgent:
        families = {advice.family_of(c).id: advice.family_of(c) for c in situation.feared}
        lines = [line for family in families.values() for line in advice.lines(family)]
        for line in (*lines, *advice.blocks[ALWAYS_URGENT].lines):
            if line.section in URGENT_SECTIONS and situation.meets(line):
                yield line
        return
    for line in advice.lines(situation.family):
        if situation.meets(line) and not _forbidden(line, situation.case):
            yield line


def _forbidden(line: Line, case: Case) -> bool:
    """A medicine that is offered, and that something the person told rules out."""
    if line.section != "medicines" or not line.medicine or _strength(line) in _NOT_OFFERED:
        return False
    return any(
        warned.level == "never" and warned.when and evaluate(parse(warned.when), case) is True
        for warned in load_advice().medicines[line.medicine].warnings
    )


def _strength(line: Line) -> Strength:
    return weigh(supports(line.rests_on))


def _advised(line: Line) -> Advised:
    found, strength = supports(line.rests_on), _strength(line)
    return Advised(
        section=line.section,
        text=_filled(line.text),
        strength=strength,
        checked=worst_checked(found),
        supports=found,
        disagreement=_disagreement(found) if strength == "disputed" else "",
        medicine=line.medicine,
    )


def _filled(text: str) -> str:
    """The text with the values of courses in place of their names; `/7` turns days into weeks."""

    def value(match: re.Match[str]) -> str:
        course = records()[match[1]]
        assert isinstance(course, Course)
        number = float(getattr(course, match[2] or "value"))
        return f"{round(number / 7) if match[3] else round(number):d}"

    return PLACEHOLDER.sub(value, text)


def _disagreement(found: Iterable[Support]) -> str:
    said = [f"{s.citation.split(',')[0]}: {s.says}" for s in found if s.kind == "treatment"]
    return f"Guidelines and studies disagree ({'; '.join(dict.fromkeys(said))})."


def _told_of(situation: Situation) -> list[str]:
    """Conditions whose articles speak in the plan: what is feared, or the likeliest of the family."""
    if situation.urgent:
        return list(situation.feared)
    return [situation.causes[0].condition]


def _from_article(article: Article, situation: Situation, *, booked: bool) -> Iterator[Advised]:
    own = () if situation.urgent else situation.family.own
    stage, urgent = situation.counted_stage, situation.urgent

    def now(statements: Iterable[Statement]) -> list[Statement]:
        return [s for s in statements if belongs(article.condition, s.text, stage, urgent=urgent)]

    for statement in now(article.get_help):
        words = visit_words(statement.text, stage, booked=booked)
        if is_at_once(statement.text):
            yield _stated("help_now", statement, words)
        elif words and not urgent:
            yield _stated("look_again", statement, words)
    if "treatment" not in own:
        yield from (_stated("treatment", s) for s in now(article.treatment))
    if "outlook" not in own and not urgent:
        yield from (_stated("expect", s) for s in now(article.outlook))


def _stated(section: Section, statement: Statement, words: str = "") -> Advised:
    found = supports(statement.sources)
    text = _OTHERWISE.sub(lambda match: match[1].upper(), words or statement.text)
    return Advised(section, text, weigh(found), statement.checked, found)


def medicines(lines: Iterable[Advised], case: Case) -> tuple[MedicineNote, ...]:
    """The medicines that lines leave open or offer, with whom they do not suit."""
    known = load_advice().medicines
    named = dict.fromkeys(
        line.medicine
        for line in lines
        if line.medicine and line.section == "medicines" and line.strength not in _NOT_OFFERED
    )
    return tuple(
        MedicineNote(
            id=name,
            name=known[name].name,
            words=known[name].words,
            never=tuple(w.text for w in known[name].warnings if w.level == "never"),
            ask=tuple(w.text for w in known[name].warnings if w.level == "ask"),
            for_you=tuple(
                w.text
                for w in known[name].warnings
                if w.when and evaluate(parse(w.when), case) is True
            ),
            supports=supports(known[name].rests_on),
        )
        for name in named
    )
