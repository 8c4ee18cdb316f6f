"""All plans on one page for a reviewer: every condition, every stage, each line with what it rests on.

The plans of one condition share most of their lines, so each line stands once, with a mark under every
stage that holds it: four times before a clinician has looked and four after. Letters stand for lines
that one grade of a strain has and an ungraded one has not.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from importlib.resources import files
from itertools import groupby

import msgspec

from lumbago.care.advice import Medicine, load_advice
from lumbago.care.compose import Advised
from lumbago.care.evidence import Support, supports
from lumbago.care.plan import Plan, plan_for
from lumbago.care.stages import GRADES, STAGES, TIMES, Grade, Stage, Time
from lumbago.care.text import STRENGTHS, TITLES
from lumbago.knowledge import load_knowledge

__all__ = ["plans_report"]

Plans = Mapping[tuple[Time, bool, Grade | None], Plan]

MARK = "●"
SHORT_TIMES = {
    "first_days": "days",
    "weeks_to_6": "to 6",
    "weeks_6_to_12": "6–12",
    "weeks_12_on": "12+",
}


class Row(msgspec.Struct):
    """One line of a condition's table, and the marks under its stages."""

    line: Advised
    marks: dict[tuple[str, bool], str]


def plans_report() -> str:
    """The page as HTML that needs no other file."""
    k = load_knowledge()
    conditions = [c for f in load_advice().families.values() for c in f.conditions]
    links = "".join(f'<a href="#{c}">{escape(k.condition_by_id[c].name)}</a>' for c in conditions)
    parts = "".join(_condition(c) for c in conditions)
    medicines = "".join(_medicine(m) for m in load_advice().medicines.values())
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Plans for review</title><style>{_style()}</style></head><body><h1>Plans for review</h1>"
        f"<p>{len(conditions)} conditions, {len(TIMES)} times since it began, before and after a clinician has "
        f"looked. {MARK} marks the stages that hold a line; letters mark it for a mild (a), moderate (b) or "
        "severe (c) strain only. Beside each line stands what it rests on: what the guideline or trial says, "
        "the effect in plain numbers, and whether the record was read at its source (seen) or is recalled. "
        f"Evidence version {k.version}.</p><nav>{links}</nav>{parts}"
        f"<h2>Medicines: who must not take them</h2>{medicines}</body></html>\n"
    )


def _style() -> str:
    return (files("lumbago.care") / "data" / "report.css").read_text(encoding="utf-8")


def _condition(condition: str) -> str:
    found = load_knowledge().condition_by_id[condition]
    family = load_advice().family_of(condition)
    grades: tuple[Grade | None, ...] = (None, *(GRADES if family.grades else ()))
    plans = {
        (stage.time, stage.seen, grade): plan_for(condition, Stage(stage.time, stage.seen, grade))
        for stage in STAGES
        for grade in grades
    }
    return (
        f'<h2 id="{condition}">{escape(found.name)}</h2><p class="meta">{condition} · usual level: '
        f"{found.disposition.replace('_', ' ')} · family: {escape(family.name)}</p>"
        f"<table><thead>{_head()}</thead><tbody>{''.join(_body(plans))}</tbody></table>"
    )


def _head() -> str:
    times = "".join(
        f'<th class="stage{" after" if s.seen else ""}" scope="col">{SHORT_TIMES[s.time]}</th>'
        for s in STAGES
    )
    groups = "".join(
        f'<th class="looked{after}" colspan="{len(TIMES)}" scope="colgroup">{when} a clinician looks</th>'
        for when, after in (("before", ""), ("after", " after"))
    )
    return (
        f'<tr><th class="text" scope="col" rowspan="2">Line</th>{groups}'
        f'<th scope="col" rowspan="2">Rests on</th></tr><tr>{times}</tr>'
    )


def _body(plans: Plans) -> Iterator[str]:
    rows = _rows(plans)
    order = list(TITLES)
    rows.sort(key=lambda row: order.index(row.line.section))
    width = len(STAGES) + 2
    for section, under in groupby(rows, key=lambda row: row.line.section):
        yield f'<tr class="section"><th colspan="{width}" scope="colgroup">{TITLES[section]}</th></tr>'
        yield from (_row(row) for row in under)
    exercises = "".join(_exercises(plans))
    yield f'<tr class="section"><th colspan="{width}" scope="colgroup">Exercises</th></tr>'
    yield exercises or f'<tr><td colspan="{width}">None at any stage.</td></tr>'


def _rows(plans: Plans) -> list[Row]:
    found: dict[str, Row] = {}
    for (time, seen, grade), plan in plans.items():
        for line in plan.lines:
            row = found.setdefault(line.text, Row(line, {}))
            _mark(row.marks, (time, seen), grade)
    return list(found.values())


def _mark(marks: dict[tuple[str, bool], str], at: tuple[str, bool], grade: Grade | None) -> None:
    """A dot for what every grade has; letters for what only some have (the ungraded plan comes first)."""
    now = marks.get(at, "")
    if grade is None:
        marks[at] = MARK
    elif now != MARK:
        marks[at] = now + "abc"[GRADES.index(grade)]


def _cells(marks: Mapping[tuple[str, bool], str]) -> str:
    return "".join(
        f'<td class="stage{" after" if s.seen else ""}">{marks.get((s.time, s.seen), "")}</td>'
        for s in STAGES
    )


def _row(row: Row) -> str:
    line = row.line
    strength = (
        f'<span class="strength {line.strength}">{line.strength}</span> '
        f'<span class="meta">{STRENGTHS[line.strength]}; {line.checked}</span>'
    )
    disagree = (
        f'<div class="disagree">{escape(line.disagreement)}</div>' if line.disagreement else ""
    )
    items = "".join(_support(s) for s in line.supports)
    listed = f"<ul>{items}</ul>" if items else ""
    medicine = f'<div class="meta">medicine: {line.medicine}</div>' if line.medicine else ""
    return (
        f'<tr><td class="text">{escape(line.text)}{medicine}</td>{_cells(row.marks)}'
        f'<td class="evidence">{strength}{disagree}{listed}</td></tr>'
    )


def _support(s: Support) -> str:
    says = f'<span class="says">{escape(s.says)}</span>: ' if s.says else ""
    about = f"{escape(s.about)}. " if s.about else ""
    effect = f'<span class="effect">{escape(s.effect)}</span> ' if s.effect else ""
    note = f" ({escape(s.note)})" if s.note else ""
    return f"<li>{says}{about}{effect}<em>{escape(s.citation)}</em>{note} [{s.checked}]</li>"


def _exercises(plans: Plans) -> Iterable[str]:
    marks: dict[tuple[str, str], dict[tuple[str, bool], str]] = {}
    for (time, seen, grade), plan in plans.items():
        for chosen in plan.exercises:
            _mark(marks.setdefault((chosen.name, chosen.why), {}), (time, seen), grade)
    for (name, why), at in marks.items():
        yield (
            f'<tr><td class="text">{escape(name)}</td>{_cells(at)}'
            f'<td class="evidence meta">{escape(why)}</td></tr>'
        )


def _medicine(medicine: Medicine) -> str:
    warnings = "".join(
        f'<li><span class="says">{w.level}</span>: {escape(w.text)}'
        + (f' <span class="meta">if {escape(w.when)}</span></li>' if w.when else "</li>")
        for w in medicine.warnings
    )
    rests = "".join(_support(s) for s in supports(medicine.rests_on))
    return (
        f"<h3>{escape(medicine.name)}</h3><p>{escape(medicine.words)}</p><ul>{warnings}</ul>"
        f'<div class="evidence"><ul>{rests}</ul></div>'
    )
