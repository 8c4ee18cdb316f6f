"""`lumbago running`."""

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from lumbago.cli.output import print_json, read_file, write_drawing

if TYPE_CHECKING:
    from lumbago.prevention.running import RunningLoad, Spike
    from lumbago.prevention.running_plan import RunningPlan

__all__ = ["add_running"]

WEEKS_SHOWN, SPIKES_SHOWN = 8, 5
HONESTY = (
    "These ratios compare groups of runners; they do not say whether you will be hurt. The weekly change and "
    "the acute:chronic workload ratio did not tell who got hurt, so they are not scored."
)


def add_running(commands: Any) -> None:
    """Add the command."""
    running = commands.add_parser(
        "running", help="weekly distance, runs that jump, and a plan to a longer run"
    )
    running.add_argument("logs", nargs="+", help="GPX, TCX, FIT or CSV (columns date and km)")
    running.add_argument("--next", type=float, metavar="KM", help="judge a run that is planned")
    running.add_argument("--goal", type=float, metavar="KM", help="plan a way to a run this long")
    running.add_argument("--by", type=_date, metavar="DATE", help="day of the goal")
    running.add_argument("--today", type=_date, metavar="DATE", help="look back from this day")
    running.add_argument("--unit", choices=("km", "m", "mi"), help="unit of distances in a CSV")
    running.add_argument(
        "-o", "--output", metavar="SVG", help="draw the weeks of the log, or the plan to a goal"
    )
    running.add_argument("--json", action="store_true", help="print JSON")
    running.set_defaults(run=_running)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2026-03-28") from None


def _running(arguments: argparse.Namespace) -> int:
    from lumbago.errors import MeasurementError
    from lumbago.prevention.packaged import evidence
    from lumbago.prevention.running import judge_next, running_load
    from lumbago.prevention.running_files import read_runs
    from lumbago.prevention.running_picture import plan_svg, weeks_svg
    from lumbago.prevention.running_plan import plan_to_goal
    from lumbago.prevention.running_spikes import load_running

    today = arguments.today or date.today()
    runs, notes = [], []
    for path in arguments.logs:
        found, said = read_runs(path, read_file(path), arguments.unit)
        runs += found
        notes += said
    load = running_load(runs, today)
    planned = None if arguments.next is None else judge_next(load, arguments.next, today)
    plan = None
    if arguments.goal is not None:
        if load.longest_km is None:
            raise MeasurementError(
                "there is no run in the last 30 days to plan from; begin with a short, easy one"
            )
        plan = plan_to_goal(
            load.longest_km,
            arguments.goal,
            today,
            by=arguments.by,
            other_runs_km=load.other_runs_km,
        )
    if arguments.output:
        write_drawing(arguments.output, weeks_svg(load) if plan is None else plan_svg(plan))
    if arguments.json:
        print_json(
            {
                "schema": "lumbago/running/1",
                "method": load_running().source,
                "today": today.isoformat(),
                **load.to_dict(),
                "next": planned.to_dict() if planned else None,
                "plan": plan.to_dict() if plan else None,
                "notes": notes,
                "evidence": [study.to_dict() for study in evidence("running").values()],
            }
        )
        return 0
    _print(load, planned, plan)
    for note in notes:
        print(f"Note: {note}")
    print(f"\n{HONESTY}\n{load_running().source}.")
    return 0


def _print(load: "RunningLoad", planned: "Spike | None", plan: "RunningPlan | None") -> None:
    if planned:
        print(_verdict(planned) + "\n")
    if load.longest_km is None or load.next_most_km is None:
        print("No run in the last 30 days. Begin with a short, easy run.")
    else:
        print(
            f"Longest run of the last 30 days: {load.longest_km:.1f} km. "
            f"Keep your next run to {load.next_most_km:.1f} km or less."
        )
    print("\nWeek from     runs    km   longest")
    for week in load.weeks[-WEEKS_SHOWN:]:
        print(f"  {week.monday}  {week.runs:>4} {week.distance_km:>6.1f} {week.longest_km:>8.1f}")
    if load.spikes:
        print("\nRuns that jumped, the latest first:")
        for spike in load.spikes[:SPIKES_SHOWN]:
            print(f"  {spike.start.date()}  {_verdict(spike)}")
    if plan:
        _print_plan(plan)


def _verdict(spike: "Spike") -> str:
    if spike.ratio is None:
        return (
            f"{spike.distance_km:.1f} km: there is no run in the 30 days before to compare it with."
        )
    more = f"{spike.distance_km:.1f} km is {abs(spike.ratio - 1):.0%} "
    more += "more" if spike.ratio >= 1 else "less"
    more += f" than the longest of the 30 days before ({spike.longest_before_km:.1f} km)"
    study = spike.study
    if study is None:
        return f"{more}: no spike."
    words = (
        f"{more}: a {spike.name} spike. Such runs went with {study.value:g} times the rate of overuse "
        f"injuries ({study.low:g} to {study.high:g})."
    )
    return words + (
        " But the log is young, and longer runs before it would count." if spike.young else ""
    )


def _print_plan(plan: "RunningPlan") -> None:
    if not plan.weeks:
        print(f"\nYou have run {plan.goal_km:g} km or more in the last 30 days: that is no jump.")
        return
    print(f"\nA way to {plan.goal_km:g} km in which no run jumps (one long run a week):")
    for week in plan.weeks:
        print(
            f"  {week.day}   long run {week.long_run_km:>5.1f} km   "
            f"about {week.week_km:.0f} km in the week"
        )
    if plan.in_time is False:
        print(
            f"  Your date is too near: by then {plan.by_then_km:.1f} km can be reached without a jump. "
            f"{plan.goal_km:g} km can be reached by {plan.reached_on}."
        )
    print(
        "  If pain lasts or makes you limp, stay at the week before, or rest and ask a clinician."
    )
