"""The report of a page of prevention on paper. Words reach the typesetter as data, never as source."""

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import typst

__all__ = ["prevention_pdf"]

#: Letters in a row without a gap, after which a line may be broken all the same.
LONGEST_RUN = 40
#: The typesetter knows no style of the page: colours of the drawing of a record.
RIDE = (
    "text{font:13px sans-serif;fill:#1e2b2c}.heading{font-weight:700;font-size:16px}.ground{fill:none}"
    ".grid{stroke:#d8cdbd}polyline{fill:none;stroke-width:2.5}.x{stroke:#1d4e89;stroke-dasharray:7 4}"
    ".y{stroke:#b3462a;stroke-dasharray:2 4}.z{stroke:#0f514e}"
)


def prevention_pdf(report: Mapping[str, Any], today: date) -> bytes:
    """A report as a PDF of A4 pages.

    Args:
        report: What `prevent.report.report_of` gives.
        today: The day that stands on it.
    """
    pictures = [_styled(picture) for picture in report["pictures"]]
    day = f"{today.day} {today:%B %Y}"
    data = json.dumps(_breakable(dict(report) | {"date": day}) | {"pictures": pictures})
    return bytes(
        typst.compile(_template(), font_paths=_fonts(), sys_inputs={"data": data}, format="pdf")
    )


@cache
def _template() -> bytes:
    return (files("lumbago.web.summary") / "prevention.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """The fonts that come with the typesetter, then those of the system for other scripts."""
    return typst.Fonts()


def _styled(picture: str) -> str:
    if 'class="ride"' not in picture:
        return picture
    return re.sub(r"(<svg[^>]*>)", rf"\1<style>{RIDE}</style>", picture, count=1)


def _breakable(value: Any) -> Any:
    """The same values, with room for a line break in a name that is too long for a line."""
    if isinstance(value, str):
        return re.sub(rf"(\S{{{LONGEST_RUN}}})(?=\S)", "\\1\u200b", value)
    if isinstance(value, dict):
        return {key: _breakable(part) for key, part in value.items()}
    return [_breakable(part) for part in value] if isinstance(value, list) else value
