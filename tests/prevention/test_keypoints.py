"""Bodies built joint by joint with SciPy's rotations, found again from their points."""

import contextlib
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from lumbago.cli import main
from lumbago.errors import MeasurementError, UserError
from lumbago.prevention.keypoint_names import BLAZEPOSE33, COCO17
from lumbago.prevention.keypoints import angles_from_keypoints
from lumbago.prevention.read_posture import read_posture

X, Y, Z = np.eye(3)  # forward, to the left, up
SIDES = {"left": 1.0, "right": -1.0}


def built(
    *,
    trunk: float = 0.0,
    trunk_side: float = 0.0,
    trunk_twist: float = 0.0,
    neck: float = 0.0,
    arm: float = 0.0,
    abduction: float = 0.0,
    elbow: float = 0.0,
    wrist: float = 0.0,
    knee: float = 0.0,
    turned: float = 0.0,
) -> dict[str, np.ndarray]:
    """Points of one person, `(1, 3)` each, z up; angles in degrees."""

    def turn(degrees: float, axis: np.ndarray) -> Rotation:
        return Rotation.from_rotvec(np.radians(degrees) * axis)

    body = Rotation.from_rotvec(np.radians(trunk * Y - trunk_side * X))
    chest = body * turn(trunk_twist, Z)
    top = body.apply(0.5 * Z)
    points = {"nose": top + chest.apply(turn(neck, Y).apply([0.1, 0, 0.2]))}
    for side, s in SIDES.items():
        hip, shoulder = 0.1 * s * Y, top + chest.apply(0.2 * s * Y)
        swung = Rotation.from_rotvec(np.radians(-arm * Y + s * abduction * X))
        lower = swung * turn(-elbow, Y)
        held = lower * turn(-wrist, Y)
        points |= {
            f"{side}_ear": top + chest.apply(turn(neck, Y).apply([0, 0.07 * s, 0.2])),
            f"{side}_hip": hip,
            f"{side}_shoulder": shoulder,
            f"{side}_elbow": (e := shoulder + chest.apply(swung.apply(-0.3 * Z))),
            f"{side}_wrist": (w := e + chest.apply(lower.apply(-0.25 * Z))),
            f"{side}_index": w + chest.apply(held.apply([0, -0.04 * s, -0.08])),
            f"{side}_pinky": w + chest.apply(held.apply([0, 0.04 * s, -0.08])),
            f"{side}_knee": hip - 0.4 * Z,
            f"{side}_ankle": hip - 0.4 * Z + turn(knee, Y).apply(-0.4 * Z),
        }
    heading = turn(turned, Z)
    return {name: heading.apply(point)[np.newaxis] for name, point in points.items()}


TO_AXES = {
    "z": lambda p: p,
    "y": lambda p: p[:, [1, 2, 0]],
    "-y": lambda p: np.c_[p[:, 0], -p[:, 2], p[:, 1]],
}


@pytest.mark.parametrize("up", ["z", "y", "-y"])
@pytest.mark.parametrize("turned", [0.0, 137.0, -60.0])
def test_angles_that_a_body_was_built_with_are_found(up: str, turned: float) -> None:
    body = built(trunk=40, neck=25, arm=70, elbow=50, wrist=-20, knee=35, turned=turned)
    found = angles_from_keypoints({n: TO_AXES[up](p) for n, p in body.items()}, up=up)
    expected = {
        "trunk_flexion": 40, "trunk_side": 0, "trunk_twist": 0, "neck_flexion": 25, "neck_side": 0,
        "neck_twist": 0, "left_upper_arm_flexion": 70, "right_upper_arm_flexion": 70,
        "left_upper_arm_abduction": 0, "right_upper_arm_abduction": 0, "left_lower_arm_flexion": 50,
        "right_lower_arm_flexion": 50, "left_knee_flexion": 35, "right_knee_flexion": 35,
        "left_wrist_deviation": 0, "right_wrist_deviation": 0,
    }  # fmt: skip
    for name, degrees in expected.items():
        assert found[f"{name}_deg"][0] == pytest.approx(degrees, abs=1e-9), name
    assert abs(found["left_wrist_flexion_deg"][0]) == pytest.approx(20)


ANGLE = st.floats(-75, 75)


@given(trunk=ANGLE, side=st.floats(-40, 40), arm=st.floats(-50, 60), out=st.floats(0, 60))
def test_swings_in_two_planes_are_found(trunk: float, side: float, arm: float, out: float) -> None:
    found = angles_from_keypoints(built(trunk=trunk, trunk_side=side), up="z")
    assert found["trunk_flexion_deg"][0] == pytest.approx(trunk, abs=1e-6)
    assert found["trunk_side_deg"][0] == pytest.approx(side, abs=1e-6)
    found = angles_from_keypoints(built(arm=arm, abduction=out), up="z")
    for half in SIDES:
        assert found[f"{half}_upper_arm_flexion_deg"][0] == pytest.approx(arm, abs=1e-6)
        assert found[f"{half}_upper_arm_abduction_deg"][0] == pytest.approx(out, abs=1e-6)


@given(twist=st.floats(-80, 80), trunk=st.floats(-20, 90))
def test_a_twist_of_the_trunk_is_found_upright_and_bent(twist: float, trunk: float) -> None:
    found = angles_from_keypoints(built(trunk=trunk, trunk_twist=twist), up="z")
    assert found["trunk_flexion_deg"][0] == pytest.approx(trunk, abs=1e-6)
    assert found["neck_twist_deg"][0] == pytest.approx(0, abs=1e-6)
    if abs(trunk) < 1e-9:
        assert found["trunk_twist_deg"][0] == pytest.approx(twist, abs=1e-6)
    elif abs(twist) > 1e-6:  # of a smaller one the sign is lost in rounding
        assert np.sign(found["trunk_twist_deg"][0]) == np.sign(twist)


@pytest.mark.parametrize("out", [100.0, 150.0, 175.0])
def test_an_arm_above_the_shoulder_is_flexed_whichever_way_it_went(out: float) -> None:
    for body in (built(abduction=out), built(arm=out)):
        found = angles_from_keypoints(body, up="z")
        assert found["left_upper_arm_flexion_deg"][0] == pytest.approx(out)


@pytest.mark.parametrize("facing", ["left", "right"])
def test_a_picture_from_the_side_gives_the_flexions_of_the_body(facing: str) -> None:
    body = built(trunk=40, neck=25, arm=70, elbow=50, wrist=20, knee=35)
    flat = {n: p[:, [0, 2]] * [1 if facing == "right" else -1, -1] for n, p in body.items()}
    for said in (facing, None):
        found = angles_from_keypoints(flat, facing=said)
        assert all(name.endswith("flexion_deg") for name in found)
        for name, degrees in (
            ("trunk", 40),
            ("neck", 25),
            ("left_upper_arm", 70),
            ("left_wrist", 20),
        ):
            assert found[f"{name}_flexion_deg"][0] == pytest.approx(degrees, abs=1e-9)


def test_a_side_that_was_not_seen_takes_the_other() -> None:
    body = built(arm=30, elbow=80)
    body["left_wrist"] = body["left_wrist"] * np.nan
    found = angles_from_keypoints(body, up="z")
    assert found["left_lower_arm_flexion_deg"][0] == pytest.approx(80)
    body["right_wrist"] = body["right_wrist"] * np.nan
    assert np.isnan(angles_from_keypoints(body, up="z")["left_lower_arm_flexion_deg"][0])


@pytest.mark.parametrize(
    ("change", "up", "says"),
    [
        (lambda b: {n: p for n, p in b.items() if n != "left_hip"}, "z", "no point left_hip"),
        (lambda b: {n: p * [1, -1, 1] for n, p in b.items()}, "z", "nose is mostly behind"),
        (lambda b: b, "y", "along z, not along y"),
        (lambda b: {n: -p for n, p in b.items()}, "z", "along -z, not along z"),
        (lambda b: b, "x", "up is 'x'"),
        (lambda b: {n: p[:, [0, 2]] for n, p in b.items()}, "z", "up is 'z'"),
    ],
)
def test_axes_that_cannot_be_are_refused(change: object, up: str, says: str) -> None:
    with pytest.raises(MeasurementError, match=says):
        angles_from_keypoints(change(built(trunk=10)), up=up)  # type: ignore[operator]  # a function


FRAMES = [built(trunk=10, arm=20, elbow=80), built(trunk=65, arm=95, elbow=20)]


def as_csv(folder: Path) -> str:
    names = [n for n in FRAMES[0] if n not in ("left_pinky", "right_pinky")]
    head = ",".join(f"{n}_{axis}" for n in names for axis in "xyz")
    rows = [",".join(f"{v:.9f}" for n in names for v in frame[n][0]) for frame in FRAMES]
    path = folder / "points.csv"
    path.write_text("\n".join([f"time_s,load_kg,{head}", f"0,6,{rows[0]}", f"0.5,6,{rows[1]}"]))
    return str(path)


def as_json(folder: Path, kind: str, **extra: object) -> str:
    order = COCO17 if kind == "coco17" else BLAZEPOSE33
    frames: list[object] = []
    for frame in FRAMES:
        places = [frame[n][0].tolist() if n in frame else [0, 0, 0] for n in order]
        if kind == "coco17":
            frames.append({"keypoints": [[*place, 0.9] for place in places]})
        else:
            frames.append(
                [dict(zip("xyz", place, strict=True), visibility=0.9) for place in places]
            )
    path = folder / f"{kind}.json"
    content = {"format": kind, "dimensions": 3, "up": "z", "rate_per_s": 2, "frames": frames}
    path.write_text(json.dumps({**content, **extra}))
    return str(path)


def test_every_format_gives_the_same_postures(tmp_path: Path) -> None:
    csv = read_posture(as_csv(tmp_path), up="z")
    assert csv.load_kg is not None
    assert csv.methods == ("reba", "rula", "owas")
    np.testing.assert_allclose(csv.angles.trunk_flexion, [10, 65], atol=1e-5)
    for kind in ("coco17", "blazepose33"):
        found = read_posture(as_json(tmp_path, kind))
        np.testing.assert_allclose(found.time_s, [0, 0.5])
        np.testing.assert_allclose(found.angles.trunk_flexion, csv.angles.trunk_flexion, atol=1e-5)
        np.testing.assert_allclose(
            found.angles.upper_arm_flexion, csv.angles.upper_arm_flexion, atol=1e-5
        )
    assert "wrist_flexion" in csv.assumed
    assert "wrist_flexion" not in found.assumed


def test_cocos_long_list_of_a_picture(tmp_path: Path) -> None:
    frame = {n: p[0, [0, 2]] * [1, -1] for n, p in FRAMES[0].items()}
    listed = [v for n in COCO17 for v in (*frame.get(n, [0, 0]), 2 if n in frame else 0)]
    path = tmp_path / "coco.json"
    nobody: dict[str, object] = {"keypoints": None}
    content = {"format": "coco17", "dimensions": 2, "rate_per_s": 1}
    path.write_text(json.dumps({**content, "frames": [{"keypoints": listed}, nobody]}))
    found = read_posture(str(path))
    assert found.gaps == 1
    np.testing.assert_allclose(found.angles.trunk_flexion, [10], atol=1e-9)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "is not JSON"),
        ("[]", 'needs "format"'),
        ('{"frames": []}', "has no frame"),
        ('{"frames": [[1]], "format": "openpose"}', "format is 'openpose'; it is coco17 or"),
        ('{"frames": [[1]], "format": "coco17"}', 'needs "dimensions"'),
        ('{"frames": [[[1, 2]]], "format": "coco17", "dimensions": 2}', "frame 1 has 1 points"),
        ('{"frames": [7], "format": "coco17", "dimensions": 2}', "keypoints must be a list"),
        (
            json.dumps({"frames": [[["a", 2]] * 17], "format": "coco17", "dimensions": 2}),
            "not 2 numbers and perhaps",
        ),
        (
            json.dumps({"frames": [None], "format": "coco17", "dimensions": 2}),
            'needs numbers for "time_s"',
        ),
    ],
)
def test_a_file_of_points_that_cannot_be_used(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "p.json"
    path.write_text(text)
    with pytest.raises(MeasurementError, match=says) as caught:
        read_posture(str(path))
    assert str(caught.value).startswith("p.json")


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=3) | st.integers(-3, 3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(frames=st.lists(JUNK, max_size=3), up=JUNK, rate=JUNK, depth=st.sampled_from([2, 3]))
def test_no_json_crashes(
    tmp_path: Path, frames: list[object], up: object, rate: object, depth: int
) -> None:
    content = {"format": "coco17", "dimensions": depth, "up": up, "rate_per_s": rate}
    path = tmp_path / "junk.json"
    path.write_text(json.dumps({**content, "frames": [*frames, [[1, 2, 3]] * 17]}))
    with contextlib.suppress(UserError):
        read_posture(str(path))


def test_the_command_reads_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["posture", as_csv(tmp_path), "--up", "z", "--json"]) == 0
    # Bent 65 (trunk 4, neck 1, legs 1: table A 3) with 6 kg: A 4; arms at 95 with straight elbows: B 5.
    assert json.loads(capsys.readouterr().out)["reba"]["highest"] == 5
    assert main(["posture", as_csv(tmp_path)]) == 2
    assert "say which axis points up" in capsys.readouterr().err
