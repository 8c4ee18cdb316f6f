"""The printed report of each page: what went in, by which method and edition, what came out, and what helps.

The contents travel with the page as one signed line and come back when the report is asked for. So a report
needs neither script nor a second upload, and the server keeps nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core import signing

from lumbago.errors import MeasurementError

__all__ = ["packed", "report_of", "unpacked"]

SALT = "lumbago.prevent.report"
EXACT = "Each change is worked out with the whole equation. The line marks the goal, an index of 1."
Report = dict[str, Any]
RANKS = "It ranks work; it does not say who will get back pain."


def packed(page: str, shown: Mapping[str, Any]) -> str:
    """The report of a page as one signed line for a hidden field."""
    return signing.dumps(report_of(page, shown), salt=SALT, compress=True)


def unpacked(line: str) -> Report:
    """The report that came back.

    Raises:
        MeasurementError: If it was changed on its way.
    """
    try:
        found: Report = signing.loads(line, salt=SALT)
    except signing.BadSignature:
        raise MeasurementError(
            "the report cannot be read; work it out again, then save it"
        ) from None
    return found


def report_of(page: str, shown: Mapping[str, Any]) -> Report:
    """What a report says.

    Args:
        page: `lift`, `job`, `desk`, `ride` or `run`.
        shown: What the page shows.
    """
    return {"page": page, "inputs": [list(pair) for pair in shown["inputs"]]} | PAGES[page](shown)


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], **more: Any) -> Report:
    """A table; `bars` are lengths of 100 beside its rows, `note` stands under it."""
    return {"title": title, "head": list(head), "rows": [list(row) for row in rows]} | more


def _lines(title: str, lines: Sequence[str], **more: Any) -> Report:
    return {"title": title, "lines": list(lines)} | more


def _lift(shown: Mapping[str, Any]) -> Report:
    back = shown["back"]
    changes = [
        ("As it is now", shown["index"]),
        *((_capital(c["what"]), c["index"]) for c in shown["changes"]),
    ]
    bars = [float(shown["now_bar"]), *(float(c["bar"]) for c in shown["changes"])]
    up_to = "The method allows no load here." if shown["too_much"] else (
        f"{shown['load']} {shown['mass']} now; up to {shown['limit']} {shown['mass']} would meet the goal of 1."
    )  # fmt: skip
    return {
        "name": "Check a lift",
        "tone": shown["level"],
        "figure": shown["index"],
        "of": "lifting index",
        "headline": _capital(shown["band"].name),
        "words": f"{up_to} {shown['band'].meaning}",
        "pictures": [back["picture"]],
        "parts": [
            _table("What would help most", ("One change", "Index"), changes, bars=bars,
                   goal=float(shown["goal"]), note=EXACT),
            _pressed(back),
            _table(
                "How it is worked out",
                ("", *(name for name, _ in shown["factors"]), "Limit"),
                [
                    (f"At the {end['where']}", *(values[place] for _, values in shown["factors"]),
                     f"{end['limit']} {shown['mass']}")
                    for place, end in enumerate(shown["ends"])
                ],
                note=f"The limit is {shown['constant']} {shown['mass']} times the six factors. "
                "The index is the load divided by the limit.",
            ),
        ],
        "method": "Revised NIOSH lifting equation (1991), after the applications manual, revised 9/2021.",
        "sources": [shown["source"], *dict.fromkeys(limit["source"] for limit in back["limits"])],
        "not_for": f"{RANKS} It does not cover: {'; '.join(shown['not_covered'])}.",
    }  # fmt: skip


def _pressed(back: Mapping[str, Any]) -> Report:
    title = "What presses the lower back"
    if not back["reached"]:
        return _lines(
            title, ["No usual posture of this person reaches that far, so no force is worked out."]
        )
    return _lines(
        title,
        [f"{_capital(one['place'])} {one['newton']} N: {one['words']}." for one in back["limits"]],
        text=f"About {back['newton']} N on the lowest disc as the load leaves its place, likely between "
        f"{back['low']} and {back['high']} N (95 of 100 draws). The trunk leans {back['lean']}°.",
        note="A still model of the spine: it knows no jerk and no speed. The limits are for planning work, not "
        "a border of harm. A spine is strong and gets used to load.",
    )


def _job(shown: Mapping[str, Any]) -> Report:
    tasks = shown["tasks"]
    parts = [
        _table("The tasks", ("Task", "Alone", "Adds"), [(t["name"], t["alone"], t["adds"]) for t in tasks],
               bars=[float(t["bar"]) for t in tasks]),
    ]  # fmt: skip
    if shown["changes"]:
        rows = [
            ("As it is now", shown["now"]),
            *((_capital(c["what"]), c["index"]) for c in shown["changes"]),
        ]
        parts.append(_table(f"Change “{shown['first']}” first", ("One change", "Its index alone"), rows,
                            note="It adds most to the job."))  # fmt: skip
    if wear := shown["wear"]:
        parts.append(
            _table(
                "Wear of a day (LiFFT)",
                ("Task", "Share"),
                [(t["name"], t["percent"]) for t in wear["shares"]],
                bars=[float(t["bar"]) for t in wear["shares"]],
                text=f"Of jobs that wear the back like this, about {wear['percent']} were among those with "
                f"many back injuries ({wear['band']}). It says nothing of one person.",
            )
        )
    return {
        "name": "Check a job",
        "tone": shown["level"],
        "figure": shown["index"],
        "of": "composite lifting index",
        "headline": _capital(shown["band"].name),
        "words": f"{shown['band'].meaning} The goal is 1.",
        "pictures": [shown["picture"]],
        "caption": f"“{shown['first']}”, the task to change first",
        "parts": parts,
        "method": "Composite lifting index of the revised NIOSH lifting equation (1991), manual revised 9/2021"
        + ("; LiFFT." if wear else "."),
        "sources": [shown["source"], *([shown["wear_source"]] if wear else [])],
        "not_for": RANKS,
    }


def _desk(shown: Mapping[str, Any]) -> Report:
    return {
        "name": "My desk",
        "tone": "plain",
        "figure": "",
        "of": "",
        "headline": "Heights to start from",
        "words": "Set them, then change what does not feel right. The best posture is one that you change "
        "often.",
        "pictures": [shown["sitting"], shown["standing"]],
        "parts": [
            _table("The heights", ("What", "Height"), shown["rows"], note=" ".join(shown["notes"])),
            _lines("What to do", shown["advice"]),
            _lines("What studies found", shown["studies"]),
        ],
        "method": shown["source"],
        "sources": [shown["body_source"]],
        "not_for": "Not for wheelchairs, children, driving, or work that needs force.",
    }


def _ride(shown: Mapping[str, Any]) -> Report:
    limits = shown["limits"]
    of = (
        ("A(8) of the day, m/s²", shown["a8"])
        if shown["a8"]
        else ("VDV of the day, m/s¹·⁷⁵", shown["vdv"])
    )
    missing = [
        f"{what} is without {names}."
        for what, names in (("A(8)", shown["missing_a8"]), ("VDV", shown["missing_vdv"]))
        if names
    ]
    return {
        "name": "Vibration",
        "tone": shown["tone"],
        "figure": of[1],
        "of": of[0],
        "headline": shown["title"],
        "words": shown["words"],
        "pictures": [record["spectrum"] for record in shown["records"]],
        "wide": True,
        "parts": [
            _table("The day", ("Measure", "Here", "Action value", "Limit value"), [
                ("A(8), m/s²", shown["a8"] or "not known", *_both(limits, "a8_ms2")),
                ("VDV, m/s¹·⁷⁵", shown["vdv"] or "not known", *_both(limits, "vdv_ms175")),
            ], note=" ".join(missing)),
            _table("Exposures", ("Exposure", "Minutes", "A(8) alone", "VDV alone"),
                   [(p["name"], p["minutes"], p["a8"], p["vdv"]) for p in shown["parts"]]),
            _table("How long until one alone reaches a value",
                   ("Exposure", "Measure", "Action value", "Limit value"), shown["until"],
                   note="There are shocks or jolts: go by the shorter time." if shown["shocks"] else ""),
            _lines("What studies found", shown["studies"]),
        ],
        "method": f"{shown['source']}.",
        "sources": [],
        "not_for": "These values of the law are not a border of harm. Not for hand-arm vibration, or people "
        "who stand or lie.",
    }  # fmt: skip


def _both(limits: Mapping[str, Any], name: str) -> tuple[str, str]:
    """The action and the limit value of one measure."""
    return str(getattr(limits["action"], name)), str(getattr(limits["limit"], name))


def _run(shown: Mapping[str, Any]) -> Report:
    cap, plan = shown["cap"], shown["plan"]
    parts = []
    if shown["next"]:
        parts.append(_lines("The next run", [f"{shown['next']['far']}: {shown['next']['words']}"]))
    jumps = [f"{s['day']:%-d %B %Y}, {s['far']}. {s['words']}" for s in shown["spikes"]]
    none = ["None: no run was more than 10% longer than the longest of the 30 days before it."]
    parts.append(_lines("Runs that were a jump", jumps or none))
    weeks = shown["weeks"]
    parts.append(
        _table("Week by week", ("From", "Runs", "Distance", "Longest"),
               [(f"{w['monday']:%-d %b}", str(w["runs"]), w["far"], w["longest"]) for w in weeks],
               bars=[float(w["bar"]) for w in weeks])
    )  # fmt: skip
    if plan and plan["weeks"]:
        parts.append(
            _table(f"A way to {plan['goal']}", ("By", "Long run", "In the week"),
                   [(f"{w['day']:%-d %b %Y}", w["long"], f"about {w['week']}") for w in plan["weeks"]],
                   bars=[float(w["bar"]) for w in plan["weeks"]],
                   note="One long run a week, none a jump. If pain lasts or makes you limp, stay at the week "
                   "before, or rest and ask a clinician.")
        )  # fmt: skip
    return {
        "name": "My running",
        "tone": "plain",
        "figure": cap or "",
        "of": "for the next run, or less" if cap else "",
        "headline": "Keep the next run to this, or less" if cap else "Begin with a short, easy run",
        "words": f"That is 10% more than the longest run of the last 30 days, {shown['longest']}."
        if cap
        else "There is no run in the last 30 days.",
        "pictures": [],
        "parts": [*parts, _lines("What studies found", shown["studies"], text=shown["honest"])],
        "method": "Each run beside the longest of the 30 days before it.",
        "sources": [shown["source"]],
        "not_for": "Not for other sports, speed, hills, or running in spite of pain.",
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


PAGES = {"lift": _lift, "job": _job, "desk": _desk, "ride": _ride, "run": _run}
