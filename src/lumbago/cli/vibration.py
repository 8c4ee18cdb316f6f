"""`lumbago vibration`."""

import argparse
from typing import TYPE_CHECKING, Any

from lumbago.cli.output import print_json, read_file, write_drawing

if TYPE_CHECKING:
    from lumbago.prevention.vibration import VibrationMeasures
    from lumbago.prevention.vibration_day import DailyExposure

__all__ = ["add_vibration"]

METHOD = "ISO 2631-1:1997 for the health of seated people; values of Directive 2002/44/EC"
LEVELS = {
    "above_limit": "ABOVE THE LIMIT VALUE. Stop or shorten this exposure now, and find out why it is so high.",
    "above_action": "Above the action value: plan to lower it (seat, tyres, speed, surface, breaks), and "
    "offer health checks.",
    "below_action": "Below the action value. Keep it as low as you can: that is not the same as harmless.",
}


def add_vibration(commands: Any) -> None:
    """Add the command."""
    vibration = commands.add_parser(
        "vibration", help="whole-body vibration from 3-axis acceleration on the seat"
    )
    vibration.add_argument(
        "records", nargs="*", help="CSV, WAV or Parquet, one for each task of the day"
    )
    vibration.add_argument(
        "--hours", type=float, action="append", help="hours of each task in the day, in order"
    )
    vibration.add_argument("--unit", choices=("ms2", "g"), help="unit of the samples (m/s2)")
    vibration.add_argument("--rate", type=float, help="samples a second, if the file has no times")
    vibration.add_argument(
        "--full-scale", type=float, metavar="MS2", help="m/s2 at full scale of a WAV file"
    )
    vibration.add_argument(
        "--keep-spikes", action="store_true", help="take lone samples that stand out as real"
    )
    vibration.add_argument(
        "--examples", action="store_true", help="published examples, computed again"
    )
    vibration.add_argument("-o", "--output", metavar="SVG", help="draw the spectrum of the first")
    vibration.add_argument("--json", action="store_true", help="print JSON")
    vibration.set_defaults(run=_vibration)


def _vibration(arguments: argparse.Namespace) -> int:
    if arguments.examples:
        from lumbago.cli.lifting import print_examples

        return print_examples("vibration", arguments.json)
    from importlib.util import find_spec

    from lumbago.errors import MeasurementError
    from lumbago.prevention.signal_files import read_acceleration
    from lumbago.prevention.vibration import measure_vibration
    from lumbago.prevention.vibration_day import daily_exposure
    from lumbago.prevention.vibration_picture import spectrum_svg

    if not arguments.records:
        raise MeasurementError(
            "give a record of acceleration, such as `lumbago vibration ride.csv`"
        )
    if find_spec("scipy") is None:
        raise MeasurementError(
            "vibration needs scipy; install it with pip install lumbago[prevention]"
        )
    measured, notes = [], []
    for place, path in enumerate(arguments.records):
        record = read_acceleration(
            path,
            read_file(path),
            rate_hz=arguments.rate,
            unit=arguments.unit,
            full_scale_ms2=arguments.full_scale,
            keep_spikes=arguments.keep_spikes,
        )
        measured.append(measure_vibration(record.acceleration_ms2, record.rate_hz))
        notes += [f"{path}: {note}" for note in record.notes]
        if arguments.output and place == 0:
            drawing = spectrum_svg(path, record.acceleration_ms2, record.rate_hz)
            write_drawing(arguments.output, drawing)
    day = daily_exposure(measured, arguments.hours)
    if arguments.json:
        print_json(_as_json(arguments.records, measured, day, notes))
        return 0
    _print(arguments.records, measured, day)
    for note in notes:
        print(f"\nNote: {note}")
    print(f"\n{METHOD}.")
    return 0


def _as_json(
    paths: list[str], measured: list["VibrationMeasures"], day: "DailyExposure", notes: list[str]
) -> dict[str, Any]:
    from lumbago.prevention.packaged import evidence

    told = day.to_dict()
    tasks = [
        {"record": path, **task.to_dict(), "minutes_until": minutes}
        for path, task, minutes in zip(paths, measured, told["minutes_until"], strict=True)
    ]
    studies = [study.to_dict() for study in evidence("vibration").values()]
    return {
        "schema": "lumbago/vibration/1",
        "method": METHOD,
        "tasks": tasks,
        "day": told["day"],
        "notes": notes,
        "evidence": studies,
    }


def _print(paths: list[str], measured: list["VibrationMeasures"], day: "DailyExposure") -> None:
    from lumbago.prevention.packaged import evidence
    from lumbago.prevention.vibration_tables import load_vibration

    told, limits = day.to_dict(), load_vibration().limits
    action, limit = limits.action, limits.limit
    if today := told["day"]:
        print(LEVELS[today["level"]])
        print(
            f"A(8) {today['a8_ms2']:.2f} m/s2 (action {action.a8_ms2:g}, limit {limit.a8_ms2:g}); "
            f"daily VDV {today['vdv_ms175']:.1f} m/s^1.75 (action {action.vdv_ms175:g}, "
            f"limit {limit.vdv_ms175:g}); {today['points']:.0f} points\n"
        )
    for path, task, minutes in zip(paths, measured, told["minutes_until"], strict=True):
        _print_task(path, task, minutes)
    print("\nWhat is known of vibration and the back:")
    for study in evidence("vibration").values():
        print(f"- {study.in_words}")


def _print_task(path: str, task: "VibrationMeasures", minutes: dict[str, dict[str, Any]]) -> None:
    print(f"{path}: {task.duration_s / 60:.1f} minutes at {task.rate_hz:.0f} samples a second")
    print("        r.m.s.      VDV     MTVV  crest   (weighted, without k)")
    for name, axis in task.to_dict()["axes"].items():
        mark = "  <- counts" if name == task.governing_axis else ""
        print(
            f"  {name} {axis['rms_ms2']:>9.3f} {axis['vdv_ms175']:>8.2f} {axis['mtvv_ms2']:>8.3f} "
            f"{axis['crest_factor']:>6.1f}{mark}"
        )
    for measure, label in (("a8", "A(8)"), ("vdv", "VDV")):
        times = [_time(minutes[measure][value]) for value in ("action", "limit")]
        print(
            f"  by {label:<4}: the action value after {times[0]}, the limit value after {times[1]}"
        )
    if task.shocks:
        print("  There are shocks or jolts: go by the shorter of these times.")


def _time(minutes: int | None) -> str:
    if minutes is None:
        return "more than a day"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"
