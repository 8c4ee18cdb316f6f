"""Everything of a person out of the database into a file, and back."""

import csv
import io
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from lumbago.anatomy.figure import figure_markup, standalone
from lumbago.assessment import Interview
from lumbago.errors import UserError
from lumbago.web import record, sharing, visits
from lumbago.web.archive import Archive, ArchivedCheck, ArchivedEntry, ArchiveError, pack, unpack
from lumbago.web.contents import checked
from lumbago.web.models import Entry, Kind, Visit
from lumbago.web.people import account_of
from lumbago.web.record import MOST_ENTRIES, Own
from lumbago.web.tracking import diary

__all__ = ["archive_of", "exported", "imported"]

#: A spreadsheet takes a cell that begins like this for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
README = """This is everything that lumbago has stored about you.

record.json     all of it, in the form lumbago/record/1; “Import” on the page of your record takes it back
*.csv           the same as tables, one for each kind, for reading
seen_by.csv     who else has looked at your record, and when
pictures/       your pain over time, and the body charts of checks that you kept

What you recorded comes back unchanged. Who may read your record is not in the file: only you give that.
"""


def archive_of(request: HttpRequest) -> Archive:
    """Everything that whoever asks has recorded, oldest first."""
    own = record.mine(request)
    entries = [
        ArchivedEntry(e.key, e.kind, e.made, dict(e.content), e.replaces)
        for e in _after_what_they_replace(record.history(own))
    ]
    kept = visits.kept(request).order_by("created", "pk")
    checks = [
        ArchivedCheck(v.pk, v.created, v.changed, json.loads(v.interview), v.alarm) for v in kept
    ]
    return Archive("lumbago/record/1", entries, checks)


def exported(request: HttpRequest) -> bytes:
    """A zip of everything."""
    archive = archive_of(request)
    tables = {f"{kind}.csv": _table(archive.entries, kind) for kind in Kind}
    looked = sharing.accesses(record.mine(request)).order_by("at", "pk")
    seen = _csv(["at", "who", "what"], ([a.at.isoformat(), a.who, a.what] for a in looked))
    pictures = {**dict(_body_charts(archive.checks)), **_course_chart(record.mine(request))}
    return pack(archive, {"README.txt": README.encode(), **tables, "seen_by.csv": seen, **pictures})


def imported(request: HttpRequest, sent: bytes) -> int:
    """Take a record back; how many entries and checks were not there yet.

    Raises:
        UserError: If the file cannot be taken; nothing is stored then.
    """
    archive = unpack(sent)
    own = record.mine(request)
    for number, entry in enumerate(archive.entries, start=1):
        try:
            checked(entry.kind, entry.content)
        except UserError as error:
            raise ArchiveError(f"record.json, entry {number}: {error}") from None
    with transaction.atomic():
        new = _take_entries(own, archive.entries)
        taken = [_take_check(own, request, check) for check in archive.checks]
    checks = [number for number in taken if number is not None]
    visits.remember(request, checks)
    return new + len(checks)


def _after_what_they_replace(stored: Iterable[record.Stored]) -> Iterator[record.Stored]:
    """Oldest first, but nothing before what it replaces, even if a clock was turned back between."""
    waiting, given = list(stored), set[uuid.UUID]()
    while waiting:
        ready = [s for s in waiting if s.replaces is None or s.replaces in given]
        yield from ready
        given |= {s.key for s in ready}
        waiting = [s for s in waiting if s.key not in given]


def _take_entries(own: Own, entries: Iterable[ArchivedEntry]) -> int:
    """Add the entries that are not there. Where both copies went on since, the file's comes on top."""
    rows = {r.key: r for r in Entry.objects.filter(person=own.person).select_related("replaces")}
    after = {row.replaces.key: row for row in rows.values() if row.replaces is not None}
    plans = [row for row in rows.values() if row.kind == Kind.PLAN and row.replaces is None]
    new = 0
    for entry in entries:
        if entry.key in rows:
            continue
        if len(rows) >= MOST_ENTRIES:
            raise ArchiveError(f"Together that would be more than {MOST_ENTRIES:,} entries.")
        before = rows[entry.replaces] if entry.replaces else None
        if before is None and entry.kind == Kind.PLAN and plans:
            before = plans[0]
        while before is not None and before.key in after:
            before = after[before.key]
        row = rows[entry.key] = _take(own, entry, before)
        if before is not None:
            after[before.key] = row
        elif entry.kind == Kind.PLAN:
            plans.append(row)
        new += 1
    return new


def _take(own: Own, entry: ArchivedEntry, before: Entry | None) -> Entry:
    return Entry.objects.create(
        person=own.person,
        key=entry.key,
        kind=entry.kind,
        content=json.dumps(entry.content, sort_keys=True, ensure_ascii=False),
        made=entry.made,
        replaces=before,
    )


def _take_check(own: Own, request: HttpRequest, check: ArchivedCheck) -> str | None:
    """Store a kept check and give its number; None if it is there."""
    if visits.of_browser(request).filter(pk=check.key).exists():
        return None
    taken = Visit.objects.filter(pk=check.key).exists()  # by somebody else
    visit = Visit.objects.create(
        pk=uuid.uuid4() if taken else check.key,
        interview=json.dumps(check.interview, sort_keys=True),
        alarm=check.alarm[:20],
        kept=True,
        person=own.person if account_of(request) else None,
    )
    Visit.objects.filter(pk=visit.pk).update(created=check.created, changed=check.changed)
    return str(visit.pk)


def _table(entries: Iterable[ArchivedEntry], kind: Kind) -> bytes:
    """Entries of one kind as a table with a column for each field."""
    of_kind = [entry for entry in entries if entry.kind == kind]
    fields = list(dict.fromkeys(name for entry in of_kind for name in entry.content))
    rows = (
        [
            e.made.isoformat(),
            str(e.key),
            str(e.replaces or ""),
            *(_cell(e.content, f) for f in fields),
        ]
        for e in of_kind
    )
    return _csv(["made", "key", "replaces", *fields], rows)


def _cell(content: Mapping[str, Any], field: str) -> str:
    value = content.get(field, "")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def _csv(heads: list[str], rows: Iterable[list[str]]) -> bytes:
    out = io.StringIO()
    written = csv.writer(out)
    written.writerow(heads)
    written.writerows(rows)
    return out.getvalue().encode("utf-8-sig")  # spreadsheets read it as UTF-8 by that


def _course_chart(own: Own) -> dict[str, bytes]:
    """The pain over time, as it stood at the last check-in: the same record gives the same picture."""
    kept = diary(own)
    if not kept.check_ins:
        return {}
    from lumbago.progress.chart import course_chart  # matplotlib is loaded only where it draws

    return {"pictures/pain.svg": course_chart(kept, kept.check_ins[-1].day).encode()}


def _body_charts(checks: Iterable[ArchivedCheck]) -> Iterator[tuple[str, bytes]]:
    """The body chart of each check that has one."""
    for number, check in enumerate(checks, start=1):
        try:
            drawing = Interview.from_dict(check.interview).drawing
        except (UserError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            continue  # of another version: its answers are in record.json all the same
        if drawing is not None:
            picture = standalone(figure_markup(drawing=drawing, title="Where it hurts"))
            yield f"pictures/{check.created:%Y-%m-%d}-{number}.svg", picture.encode()
