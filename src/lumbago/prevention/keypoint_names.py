"""Names and orders of the points that pose estimators find on a body, and which axis points up."""

__all__ = ["BLAZEPOSE33", "COCO17", "FORMATS", "NEEDED", "SIDES", "UPS"]

SIDES = ("left", "right")
# Orders as their makers document them: COCO 2017 keypoints; MediaPipe pose landmarks.
COCO17 = (
    "nose",
    *(f"{side}_{part}" for part in ("eye", "ear", "shoulder", "elbow", "wrist") for side in SIDES),
    *(f"{side}_{part}" for part in ("hip", "knee", "ankle") for side in SIDES),
)
BLAZEPOSE33 = (
    "nose",
    *(f"{side}_eye{part}" for side in SIDES for part in ("_inner", "", "_outer")),
    *(f"{side}_ear" for side in SIDES),
    *(f"mouth_{side}" for side in SIDES),
    *(f"{side}_{part}" for part in ("shoulder", "elbow", "wrist") for side in SIDES),
    *(f"{side}_{part}" for part in ("pinky", "index", "thumb") for side in SIDES),
    *(f"{side}_{part}" for part in ("hip", "knee", "ankle") for side in SIDES),
    *(f"{side}_{part}" for part in ("heel", "foot_index") for side in SIDES),
)
FORMATS = {"coco17": COCO17, "blazepose33": BLAZEPOSE33}
NEEDED = tuple(f"{side}_{part}" for part in ("hip", "shoulder", "elbow") for side in SIDES)
UPS = {"-y": (1, -1.0), "y": (1, 1.0), "z": (2, 1.0)}
