"""The body: its zones and their drawing, nerves, joints, muscles and organs, and where each is felt."""

from lumbago.anatomy.atlas import Atlas, load_atlas
from lumbago.anatomy.drawing import Drawing, Mark

__all__ = ["Atlas", "Drawing", "Mark", "load_atlas"]
