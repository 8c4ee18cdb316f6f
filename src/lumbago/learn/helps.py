"""What helps with ordinary back pain and what does not, in plain words over rows of evidence."""

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from lumbago.errors import EvidenceError

__all__ = ["Help", "load_helps"]


class Help(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing that people do about their back; `rows` are the ids of treatments that it sums up."""

    id: str
    name: str
    verdict: Literal["helps", "may_help", "disputed", "unknown", "does_not_help"]
    words: str
    rows: list[str]


@cache
def load_helps() -> tuple[Help, ...]:
    """The packaged list.

    Raises:
        EvidenceError: If the file is malformed.
    """
    import yaml  # `import lumbago` need not pay for it

    text = (files("lumbago.learn") / "helps.yaml").read_text(encoding="utf-8")
    try:
        return msgspec.convert(yaml.safe_load(text), tuple[Help, ...])
    except msgspec.ValidationError as error:
        raise EvidenceError([f"helps.yaml: {error}"]) from None
