"""The spine model against OpenSim: the same bones and muscles, its own mechanics, SciPy's own optimum.

Needs `pip install opensim scipy`; left out where they are not installed.
"""

from typing import Any

import numpy as np
import pytest

from lumbago.prevention.spine import LEVELS, Person, named_posture
from lumbago.prevention.spine_bones import attachments, place_bones
from lumbago.prevention.spine_data import BONES, levels, muscles, parameter
from lumbago.prevention.spine_draws import draw
from lumbago.prevention.spine_forces import solve
from lumbago.prevention.spine_weights import weigh

osim = pytest.importorskip("opensim")
optimize = pytest.importorskip("scipy.optimize")

PERSON = Person("male", 175.0, 75.0)


class Peer:
    """The spine built in OpenSim, in one posture, with the weights of a person and what the hands hold."""

    def __init__(self, name: str, load_kg: float) -> None:
        angles = named_posture(name).angles.arrays()
        self.trunk, self.lumbar = (float(angles[k][0]) for k in ("trunk_deg", "lumbar_deg"))
        self.draws = draw(1)
        bones = place_bones(angles["trunk_deg"], angles["lumbar_deg"], np.zeros(1), 1.0)
        self.weights = weigh(bones, angles, PERSON, self.draws, np.array([load_kg]), "both")
        self.turn, self.shift = bones.turn[0], bones.shift[0]
        self.model = osim.Model()
        self.model.setGravity(osim.Vec3(0, -9.81, 0))
        self._add_bones()
        self._add_muscles()
        self.state = self.model.initSystem()
        self.model.equilibrateMuscles(self.state)
        for joint, level in zip(self.joints, levels(), strict=True):
            bend = -np.radians(level.flexion_share * self.lumbar)
            joint.getCoordinate().setValue(self.state, bend)
        self.model.realizePosition(self.state)

    def _add_bones(self) -> None:
        centres = [np.array([v.forward_mm, v.up_mm, 0]) / 1000 for v in levels()]
        self.origins = [np.zeros(3), *centres]
        pelvis = osim.Body("pelvis", 1.0, osim.Vec3(0), osim.Inertia(0.1, 0.1, 0.1))
        self.model.addBody(pelvis)
        tilt = osim.Vec3(0, 0, -np.radians(self.trunk - self.lumbar))
        ground = self.model.getGround()
        place = osim.Vec3(*self.shift[0].tolist())
        self.model.addJoint(
            osim.WeldJoint("seat", ground, place, tilt, pelvis, osim.Vec3(0), osim.Vec3(0))
        )
        self.bodies, self.joints = [pelvis], []
        for number, name in enumerate(BONES[1:], start=1):
            mass, centre = self._mass(number)
            body = osim.Body(name, mass, osim.Vec3(*centre.tolist()), osim.Inertia(0.1, 0.1, 0.1))
            self.model.addBody(body)
            place = osim.Vec3(*(self.origins[number] - self.origins[number - 1]).tolist())
            joint = osim.PinJoint(
                LEVELS[number - 1],
                self.bodies[-1],
                place,
                osim.Vec3(0),
                body,
                osim.Vec3(0),
                osim.Vec3(0),
            )
            self.model.addJoint(joint)
            self.bodies.append(body)
            self.joints.append(joint)

    def _mass(self, bone: int) -> tuple[float, Any]:
        """Mass on a bone and its centre in the bone's own frame."""
        own = self.weights.bones == bone
        mass = self.weights.newton[0, own] / 9.81
        centre = mass @ self.weights.places_m[0, own] / mass.sum()
        standing = self.turn[bone].T @ (centre - self.shift[bone])
        return float(mass.sum()), standing - self.origins[bone]

    def _add_muscles(self) -> None:
        body, places = muscles(), attachments(self.draws.breadth, 1.0)[0]
        paths: dict[int, list[int]] = {}
        for _, fascicle, low, high in body.crossings.tolist():
            path = paths.setdefault(fascicle, [])
            path += [point for point in (low, high) if point not in path]
        self.cords = []
        for fascicle in range(len(body.names)):
            cord = osim.PathActuator()
            cord.setName(f"m{fascicle}")
            cord.setOptimalForce(1.0)
            for point in sorted(paths[fascicle]):
                bone = int(body.point_bones[point])
                place = osim.Vec3(*(places[point] - self.origins[bone]).tolist())
                cord.addNewPathPoint(f"p{point}", self.bodies[bone], place)
            self.model.addForce(cord)
            self.cords.append(cord)

    def arms_m(self) -> Any:
        """Lever arm of each muscle at each disc, positive if it lifts the front, (5, M)."""
        coordinates = [joint.getCoordinate() for joint in self.joints]
        return np.array(
            [[cord.computeMomentArm(self.state, c) for cord in self.cords] for c in coordinates]
        )

    def moments_nm(self) -> Any:
        """Moment that the muscles must make at each disc: how fast the weights rise with its angle, (5,)."""
        step, out = 1e-4, []
        for joint in self.joints:
            coordinate = joint.getCoordinate()
            angle = coordinate.getValue(self.state)
            energy = []
            for turned in (angle - step, angle + step):
                coordinate.setValue(self.state, turned)
                self.model.realizePosition(self.state)
                energy.append(self.model.calcPotentialEnergy(self.state))
            coordinate.setValue(self.state, angle)
            out.append((energy[1] - energy[0]) / (2 * step))
        self.model.realizePosition(self.state)
        return np.array(out)

    def pressed(self, force_n: Any) -> Any:
        """Force between the bones at each disc, forward and up in the world, (5, 2)."""
        for cord, force in zip(self.cords, force_n, strict=True):
            cord.overrideActuation(self.state, True)
            cord.setOverrideActuation(self.state, float(force))
        self.model.realizeAcceleration(self.state)
        out = []
        for joint in self.joints:
            push = joint.calcReactionOnChildExpressedInGround(self.state).get(1)
            out.append([push.get(0), push.get(1)])
        return np.array(out)


def _least_effort(arms: Any, needed: Any, area: Any) -> Any:
    found = optimize.minimize(
        lambda f: ((f / area) ** 2 * np.abs(f)).sum() / 1e4,
        np.full(len(area), 10.0),
        jac=lambda f: 3 * (f / area) ** 2 / 1e4,
        method="SLSQP",
        bounds=[(0, None)] * len(area),
        constraints={"type": "eq", "fun": lambda f: arms @ f - needed, "jac": lambda _: arms},
        options={"maxiter": 1000, "ftol": 1e-10},
    )
    assert found.success
    return found.x


@pytest.mark.parametrize(
    ("name", "load_kg"), [("standing", 0.0), ("stooped", 20.0), ("holding_far", 10.0)]
)
def test_compression_is_that_of_opensim_and_scipy(name: str, load_kg: float) -> None:
    peer = Peer(name, load_kg)
    area, tone = muscles().area_cm2, parameter("muscle_tone") * parameter("muscle_strength")
    arms, half = peer.arms_m(), len(area) // 2
    needed = (peer.moments_nm() - arms @ (tone * area)) / 2
    found = _least_effort(arms[:, :half], needed, area[:half])  # left and right pull alike
    pressed = peer.pressed(np.tile(found, 2) + tone * area)
    angles = named_posture(name).angles.arrays()
    still = {k: getattr(peer.draws, k) for k in peer.draws.__dataclass_fields__}
    still["pressure_kpa"] = np.zeros(1)  # OpenSim has no belly
    own = solve(angles, PERSON, np.array([load_kg]), "both", type(peer.draws)(**still))
    assert own.moment_nm[0] == pytest.approx(peer.moments_nm(), abs=0.05)
    total = np.hypot(own.compression_n[0], own.shear_n[0])
    assert total == pytest.approx(np.hypot(pressed[:, 0], pressed[:, 1]), rel=0.01)
