"""`lumbago prom` and `lumbago track`."""

import argparse
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from lumbago.case import REGIONS
from lumbago.cli.output import print_json, read_file, write_drawing
from lumbago.errors import UserError

if TYPE_CHECKING:
    from lumbago.progress import About, CheckIn, Diary, Outlook, Prom, Score
    from lumbago.progress.proms import Band as PromBand

__all__ = ["add_prom", "add_track"]


def add_prom(commands: Any) -> None:
    """Add the commands."""
    prom = commands.add_parser("prom", help="questionnaires: list, show, score")
    actions = prom.add_subparsers(required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="every questionnaire, and whether its wording is here")
    show = actions.add_parser("show", help="one questionnaire: its questions, rule and terms")
    show.add_argument("name", help="such as rmdq or phq2")
    scored = actions.add_parser("score", help="score the answers of a file")
    scored.add_argument("name", help="such as rmdq or phq2")
    scored.add_argument("answers", help='JSON file: {"1": 3, ...} by item, or {"score": 34}')
    for name, action in (("list", listed), ("show", show), ("score", scored)):
        action.add_argument("--json", action="store_true", help="print JSON")
        action.set_defaults(run=_prom, action=name)


def add_track(commands: Any) -> None:
    """Add the command."""
    track = commands.add_parser("track", help="a diary of recovery, and how it compares")
    track.add_argument("file", help="the diary; it is made with the first check-in")
    track.add_argument(
        "--check-in",
        nargs=2,
        metavar=("PAIN", "STOPS"),
        help="add today: pain, and how much it stops you, each from 0 to 10",
    )
    _add_details(track)
    _add_about(track)
    track.add_argument(
        "--answers", nargs=2, metavar=("NAME", "FILE"), help="score a questionnaire and add it"
    )
    track.add_argument("--merge", metavar="FILE", help="add what another copy of the diary has")
    track.add_argument("--signs", action="store_true", help="list the danger signs to look out for")
    track.add_argument("--chart", metavar="FILE", help="write a drawing (SVG) of the course")
    track.add_argument("--table", action="store_true", help="show the weeks as a table")
    track.add_argument("--json", action="store_true", help="print JSON")
    track.set_defaults(run=_track)


def _add_details(track: Any) -> None:
    track.add_argument(
        "--day", metavar="DATE", help="the day it is about, such as 2026-01-31 (today)"
    )
    track.add_argument("--did", metavar="WORDS", help="what you did")
    track.add_argument("--exercise", action="append", default=[], metavar="NAME")
    track.add_argument("--during", type=int, metavar="PAIN", help="pain while exercising, 0 to 10")
    track.add_argument("--after", type=int, metavar="PAIN", help="worst pain in the day after")
    track.add_argument("--effort", type=int, metavar="EFFORT", help="how hard it was, 0 to 10")
    track.add_argument("--medicine", action="append", default=[], metavar="NAME")
    track.add_argument("--note", metavar="WORDS", help="anything else")
    track.add_argument("--flare", action="store_true", help="you are in a flare")
    track.add_argument(
        "--sign", action="append", default=[], metavar="ID", help="a new danger sign; see --signs"
    )


def _add_about(track: Any) -> None:
    track.add_argument("--began", metavar="DATE", help="the day on which the pain began")
    track.add_argument("--condition", metavar="ID", help="the likeliest cause, if one is known")
    track.add_argument("--course", metavar="ID", help="the expected course to compare with")
    track.add_argument("--age", type=int, help="whole years")
    track.add_argument("--sex", choices=("female", "male"))
    track.add_argument("--region", choices=REGIONS, action="append", help="where it hurts")
    track.add_argument(
        "--assessed",
        action="store_true",
        help="the danger signs were judged: by a clinician, or by going through the questions again",
    )


def _prom(arguments: argparse.Namespace) -> int:
    from lumbago.progress import find_prom, load_proms, score

    if arguments.action == "list":
        return _list_proms(load_proms(), as_json=arguments.json)
    if arguments.action == "show":
        return _show_prom(find_prom(arguments.name), as_json=arguments.json)
    found = score(arguments.name, _answers(arguments.answers))
    if arguments.json:
        print_json(found.to_dict())
    else:
        _print_score(found)
    return 0


def _list_proms(proms: "tuple[Prom, ...]", *, as_json: bool) -> int:
    if as_json:
        print_json(
            [{"id": p.id, "name": p.name, "measures": p.measures, "asked": p.asked} for p in proms]
        )
        return 0
    for prom in proms:
        here = "questions here" if prom.asked else "score only"
        print(f"  {prom.id:<11}{here:<16}{prom.name}: {prom.measures}")
    return 0


def _show_prom(prom: "Prom", *, as_json: bool) -> int:
    import msgspec

    if as_json:
        print_json(msgspec.to_builtins(prom))
        return 0
    print(f"{prom.name}: {prom.measures}")
    print(f"From {prom.low:g} to {prom.high:g}; {prom.better} is better. Score: {prom.rule_words}.")
    if prom.missing_words:
        print(f"Answers left out: {prom.missing_words}.")
    if prom.asked:
        print(f"\n{prom.instructions}" if prom.instructions else "")
        for item in prom.items:
            print(f"  {item.id}: {item.text}{_choices(item.low, item.high, item.labels)}")
    elif prom.items:
        print("Items by number: " + ", ".join(f"{i.id} ({i.low} to {i.high})" for i in prom.items))
    for band in prom.bands:
        print(f"  {_band_start(band)}{band.name}")
    print(f"\nTerms: {prom.licence.words} ({prom.licence.checked})")
    if prom.licence.credit:
        print(prom.licence.credit)
    return 0


def _band_start(band: "PromBand") -> str:
    for name, least in band.subscale.items():
        return f"with {name} from {least:g}: "
    return "" if band.from_score is None else f"from {band.from_score:g}: "


def _choices(low: int, high: int, labels: tuple[str, ...]) -> str:
    if not labels:
        return ""
    if len(labels) == 2:
        return f" ({low}: {labels[0]}; {high}: {labels[1]})"
    return " (" + "; ".join(f"{low + n}: {label}" for n, label in enumerate(labels)) + ")"


def _print_score(found: "Score") -> None:
    band = f": {found.band}" if found.band else ""
    print(f"{found.prom.name}: {found.value:.4g} of {found.prom.high:g}{band}")
    for name, value in found.subscales.items():
        print(f"  {name}: {value:g}")
    for words in (*found.notes, found.next_step):
        if words:
            print(words)


def _answers(path: str) -> Any:
    import json

    try:
        return json.loads(read_file(path))
    except ValueError as error:
        raise UserError(f'{path}: is not JSON such as {{"1": 3}}: {error}') from None


def _track(arguments: argparse.Namespace) -> int:
    from lumbago.progress import outlook
    from lumbago.progress.diary_file import change_file, load_file

    now = datetime.now().astimezone()
    if _changes(arguments):
        diary = change_file(arguments.file, lambda held: _changed(held, arguments, now))
    else:
        diary = load_file(arguments.file)
    if arguments.signs:
        return _print_signs(diary, arguments)
    if not diary.check_ins:
        raise UserError(
            f"{arguments.file} has no check-in yet; add one with --check-in 5 4 --began 2026-01-31"
        )
    found = outlook(diary, now.date())
    if arguments.chart:
        from lumbago.progress.chart import course_chart

        write_drawing(arguments.chart, course_chart(diary, now.date()))
    if arguments.json:
        print_json({**found.to_dict(), "weekly": _weeks(diary, found)})
    else:
        _print_outlook(diary, found, with_table=arguments.table)
    return 0


def _changes(arguments: argparse.Namespace) -> bool:
    about = (
        arguments.began,
        arguments.condition,
        arguments.course,
        arguments.region,
        arguments.age,
        arguments.sex,
        arguments.assessed,
    )
    return bool(arguments.check_in or arguments.answers or arguments.merge or any(about))


def _changed(held: "Diary", arguments: argparse.Namespace, now: datetime) -> "Diary":
    from lumbago.progress import read_diary

    if arguments.merge:
        held = held.joined(read_diary(read_file(arguments.merge), arguments.merge))
    about = _about(held, arguments, now)
    if about is not None:
        held = held.starting(about)
    if arguments.check_in:
        held = held.adding(_check_in(arguments, now))
    if arguments.answers:
        name, path = arguments.answers
        held = held.answering(name, _answers(path), day=_day(arguments.day, now), at=now)
    return held


def _about(held: "Diary", arguments: argparse.Namespace, now: datetime) -> "About | None":
    """What is tracked, if this run says something of it; what it leaves out stays as it was."""
    import msgspec

    from lumbago.progress import About

    given = {
        "condition": arguments.condition,
        "course": arguments.course,
        "age": arguments.age,
        "sex": arguments.sex,
        "regions": tuple(arguments.region) if arguments.region else None,
        "began": _date(arguments.began) if arguments.began else None,
        "assessed": now if arguments.assessed else None,
    }
    said = {name: value for name, value in given.items() if value is not None}
    if not said and held.about is not None:
        return None
    if held.about is not None:
        return msgspec.structs.replace(held.about, at=now, **said)
    if "began" not in said:
        raise UserError("say on which day the pain began, such as --began 2026-01-31")
    return About(at=now, **said)


def _check_in(arguments: argparse.Namespace, now: datetime) -> "CheckIn":
    from lumbago.progress import CheckIn

    pain, stops = (_rating(words) for words in arguments.check_in)
    return CheckIn(
        at=now,
        day=_day(arguments.day, now),
        pain=pain,
        stops=stops,
        done=arguments.did or "",
        exercises=tuple(arguments.exercise),
        pain_during=arguments.during,
        pain_after=arguments.after,
        effort=arguments.effort,
        medicines=tuple(arguments.medicine),
        notes=arguments.note or "",
        flare=arguments.flare,
        danger_signs=tuple(arguments.sign),
    )


def _rating(words: str) -> int:
    if not words.isdecimal():
        raise UserError(f"a rating is a whole number from 0 to 10; got {words!r}")
    return int(words)


def _day(words: str | None, now: datetime) -> date:
    return now.date() if words is None else _date(words)


def _date(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise UserError(f"a day is written such as 2026-01-31; got {words!r}") from None


def _print_signs(diary: "Diary", arguments: argparse.Namespace) -> int:
    from lumbago.case import Case
    from lumbago.progress import danger_signs

    case = diary.about.case if diary.about else Case(regions=tuple(arguments.region or ()))
    for finding in danger_signs(case):
        print(f"  {finding.id:<34}{finding.name}")
    return 0


def _print_outlook(diary: "Diary", found: "Outlook", *, with_table: bool) -> None:
    from lumbago.progress.danger import HELP_TODAY
    from lumbago.progress.weekly import weekly

    for message in found.messages:
        print(message.words + "\n")
    if found.danger is not None and found.danger.level in HELP_TODAY:
        return  # nothing else may draw the eye away from it
    if with_table:
        print("  week   usual pain   expected")
        for week in weekly(diary, found.standing.course, found.today):
            own = "-" if week.usual is None else f"{week.usual:.1f}"
            band = "-" if week.low is None else f"{week.low:.1f} to {week.high:.1f}"
            marks = ("  flare" if week.flare else "") + (
                "  danger sign" if week.danger_signs else ""
            )
            print(f"  {week.number:>4}   {own:>10}   {band}{marks}")
        print()
    for reason in found.standing.reasons[1:]:
        print(reason)


def _weeks(diary: "Diary", found: "Outlook") -> list[dict[str, Any]]:
    from lumbago.progress.weekly import weekly

    return [
        {
            "week": week.number,
            "from": week.first.isoformat(),
            "usual": week.usual,
            "check_ins": week.count,
            "expected": None if week.low is None else [week.low, week.high],
            "flare": week.flare,
            "danger_signs": list(week.danger_signs),
        }
        for week in weekly(diary, found.standing.course, found.today)
    ]
