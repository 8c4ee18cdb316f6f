"""The SVG that matplotlib writes, made fit for a page: words as text, colours by name, no inline style."""

import io
import re
from html import escape
from typing import Any

__all__ = ["ALARM", "BAND", "FAINT", "INK", "OWN", "PAPER", "finished_svg", "plain_svg"]

#: What matplotlib paints with, and the names that a style sheet gives to it: for light, and for dark.
INKS = {
    "#010101": ("ink", "#212b32", "#f0f4f5"),
    "#020202": ("faint", "#5f6f7a", "#aeb7bd"),
    "#030303": ("band", "#7d8f9c", "#8b98a3"),
    "#040404": ("own", "#005eb8", "#6fb1ff"),
    "#050505": ("alarm", "#b10e1e", "#ff8f8f"),
    "#fefefe": ("paper", "#ffffff", "#16191c"),
}
INK, FAINT, BAND, OWN, ALARM, PAPER = INKS


def plain_svg(figure: Any) -> str:
    """A figure of matplotlib as SVG text."""
    import matplotlib as mpl

    # Text stays text, and the same diary gives the same bytes: no date, no random ids.
    with mpl.rc_context(
        {"svg.fonttype": "none", "svg.hashsalt": "lumbago", "font.family": "sans-serif"}
    ):
        buffer = io.StringIO()
        figure.savefig(
            buffer, format="svg", facecolor=PAPER, metadata={"Date": None, "Creator": None}
        )
    return buffer.getvalue()


def finished_svg(svg: str, *, title: str, words: str) -> str:
    """The drawing with its title and its description in words, following a light or dark setting.

    Args:
        svg: What `plain_svg` wrote, painted with the inks of this module.
        words: The same in words, for people who cannot see it.
    """
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r'<style type="text/css">.*?</style>', "", body, flags=re.DOTALL)
    body = re.sub(r' style="([^"]*)"', _as_attributes, body)
    for paint, (name, light, _) in INKS.items():
        body = body.replace(paint, f"var(--{name}, {light})")
    opening = body.index(">")
    about = ' class="course" role="img" aria-labelledby="course-title course-words">'
    return (
        f'{body[:opening]}{about}\n<title id="course-title">{escape(title)}</title>\n'
        f'<desc id="course-words">{escape(words)}</desc>\n<style>{_style()}</style>{body[opening + 1 :]}'
    )


def _as_attributes(found: re.Match[str]) -> str:
    """A style as attributes, which a strict content policy lets through; `font` is a shorthand and is split."""
    parts = []
    for declaration in filter(None, (d.strip() for d in found[1].split(";"))):
        name, _, value = declaration.partition(":")
        if name == "font":
            size = re.search(r"([\d.]+)px", value)
            parts += [f'font-size="{size[1]}px"'] if size else []
            parts += ['font-weight="bold"'] if "bold" in value or "700" in value else []
            parts.append('font-family="system-ui, sans-serif"')
        else:
            parts.append(f'{name}="{value.strip()}"')
    return " " + " ".join(parts) if parts else ""


def _style() -> str:
    light = " ".join(f"--{name}: {colour};" for name, colour, _ in INKS.values())
    dark = " ".join(f"--{name}: {colour};" for name, _, colour in INKS.values())
    return f".course {{ {light} }} @media (prefers-color-scheme: dark) {{ .course {{ {dark} }} }}"
