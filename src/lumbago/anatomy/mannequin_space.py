"""Points, directions and turning axes in metres: x forward, y to the person's left, z up."""

from dataclasses import dataclass
from math import cos, radians, sin, sqrt

__all__ = ["UPRIGHT", "Axes", "Point", "add", "dot", "length", "scaled", "subtract", "unit"]

Point = tuple[float, float, float]


def add(a: Point, b: Point) -> Point:
    """Sum of two vectors."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def subtract(a: Point, b: Point) -> Point:
    """The vector from `b` to `a`."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scaled(a: Point, by: float) -> Point:
    """A vector made longer or shorter."""
    return (a[0] * by, a[1] * by, a[2] * by)


def dot(a: Point, b: Point) -> float:
    """Scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def length(a: Point) -> float:
    """Length of a vector."""
    return sqrt(dot(a, a))


def unit(a: Point) -> Point:
    """The vector of length one in the same direction; a vector of no length points up."""
    size = length(a)
    return scaled(a, 1 / size) if size > 1e-12 else (0.0, 0.0, 1.0)


@dataclass(frozen=True)
class Axes:
    """Where forward, left and up of one body segment point in the world."""

    forward: Point
    left: Point
    up: Point

    def world(self, local: Point) -> Point:
        """A vector given along these axes, in the world."""
        x, y, z = local
        return add(add(scaled(self.forward, x), scaled(self.left, y)), scaled(self.up, z))

    def local(self, world: Point) -> Point:
        """A vector of the world, along these axes."""
        return (dot(world, self.forward), dot(world, self.left), dot(world, self.up))

    def pitched(self, degrees: float) -> "Axes":
        """Turned about its own left axis; positive takes up towards forward, as in bowing."""
        c, s = cos(radians(degrees)), sin(radians(degrees))
        up = add(scaled(self.up, c), scaled(self.forward, s))
        return Axes(add(scaled(self.forward, c), scaled(self.up, -s)), self.left, up)

    def leaned(self, degrees: float) -> "Axes":
        """Turned about its own forward axis; positive takes up towards left."""
        c, s = cos(radians(degrees)), sin(radians(degrees))
        up = add(scaled(self.up, c), scaled(self.left, s))
        return Axes(self.forward, add(scaled(self.left, c), scaled(self.up, -s)), up)

    def turned(self, degrees: float) -> "Axes":
        """Turned about its own up axis; positive takes forward towards left."""
        c, s = cos(radians(degrees)), sin(radians(degrees))
        forward = add(scaled(self.forward, c), scaled(self.left, s))
        return Axes(forward, add(scaled(self.left, c), scaled(self.forward, -s)), self.up)


UPRIGHT = Axes((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
