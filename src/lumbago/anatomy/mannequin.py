"""The drawn human: a posture in joint angles, where its joints are, and its picture.

A `Pose` holds joint angles in degrees; `joints` says where every joint is in metres; `interpolate` goes
from one posture to another; `mirrored` exchanges left and right; `mannequin_svg` draws it. The parts live
in the modules whose names start with `mannequin_`.

Example:
    >>> stoop = posture(hip_flexion=60, knee_flexion=20, lumbar_flexion=40)
    >>> x, y, z = joints(stoop, 1.75)["l5_s1"]
"""

from lumbago.anatomy.mannequin_body import joint_ranges, segments
from lumbago.anatomy.mannequin_kinematics import joints, skeleton
from lumbago.anatomy.mannequin_picture import figure_markup, mannequin_svg, standalone
from lumbago.anatomy.mannequin_pose import Pose, interpolate, mirrored, posture
from lumbago.anatomy.mannequin_view import VIEWS

__all__ = [
    "VIEWS",
    "Pose",
    "figure_markup",
    "interpolate",
    "joint_ranges",
    "joints",
    "mannequin_svg",
    "mirrored",
    "posture",
    "segments",
    "skeleton",
    "standalone",
]
