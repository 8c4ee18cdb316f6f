"""A case: who has the pain, where, and what is known of it. No text, no input or output."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

from lumbago.errors import CaseError

__all__ = ["AGE_BANDS", "REGIONS", "SETTINGS", "Case", "Region", "Setting", "Sex", "age_band"]

Sex = Literal["female", "male"]
Setting = Literal["public", "primary_care", "emergency", "sports_clinic"]
Region = Literal["neck", "upper_back", "low_back", "leg", "calf"]

SETTINGS: tuple[str, ...] = get_args(Setting)
REGIONS: tuple[str, ...] = get_args(Region)

AGE_BANDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "child_5_11": (0, 11),
        "teen_12_17": (12, 17),
        "adult_18_34": (18, 34),
        "adult_35_49": (35, 49),
        "adult_50_64": (50, 64),
        "adult_65_79": (65, 79),
        "adult_80_plus": (80, 120),
    }
)


def age_band(age: int) -> str:
    """Name of the age band that holds an age in whole years (0 to 120)."""
    return next(band for band, (low, high) in AGE_BANDS.items() if low <= age <= high)


@dataclass(frozen=True)
class Case:
    """What is known of one person's pain.

    Args:
        age: Whole years, 0 to 120, or None if unknown.
        sex: "female", "male" or None if unknown.
        setting: Where the person asks: public, primary_care, emergency or sports_clinic.
        regions: Regions where it hurts; empty if unknown.
        findings: Finding id to "yes", "no" or a category; an id that is missing is unknown.

    Raises:
        CaseError: If a value is outside its range.
    """

    age: int | None = None
    sex: Sex | None = None
    setting: Setting = "public"
    regions: tuple[Region, ...] = ()
    findings: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.age is not None and (
            isinstance(self.age, bool) or not isinstance(self.age, int) or not 0 <= self.age <= 120
        ):
            raise CaseError(
                f"age must be whole years from 0 to 120, for example 42; got {self.age!r}"
            )
        _one_of("sex", self.sex, (None, "female", "male"))
        _one_of("setting", self.setting, SETTINGS)
        for region in self.regions:
            _one_of("region", region, REGIONS)
        object.__setattr__(self, "findings", MappingProxyType(dict(self.findings)))

    def having(self, findings: Mapping[str, str]) -> "Case":
        """The same case with these findings added or replaced."""
        return Case(self.age, self.sex, self.setting, self.regions, {**self.findings, **findings})

    def __reduce__(self) -> tuple[type["Case"], tuple[object, ...]]:
        return Case, (self.age, self.sex, self.setting, self.regions, dict(self.findings))


def _one_of(name: str, value: object, allowed: tuple[object, ...]) -> None:
    if value not in allowed:
        known = ", ".join(str(a) for a in allowed if a is not None)
        raise CaseError(f"{name} must be one of {known}; got {value!r}")
