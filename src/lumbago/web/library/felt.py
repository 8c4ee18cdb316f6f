"""The body with what is felt where."""

from collections.abc import Mapping

from lumbago.anatomy.atlas import View, load_atlas
from lumbago.anatomy.figure import felt_markup

__all__ = ["felt_figure"]

VIEWS: tuple[View, ...] = ("front", "back")


def felt_figure(felt: Mapping[str, float], title: str) -> str:
    """The sides of the body on which anything is felt, shaded by how often; empty if nowhere."""
    zones = load_atlas().zone_by_id
    views = [view for view in VIEWS if any(zones[z].view == view for z in felt)]
    return felt_markup(felt, views=views, title=title) if views else ""
