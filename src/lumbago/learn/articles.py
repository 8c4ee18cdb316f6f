"""The articles as records, read once; unknown keys and wrong types are refused, all faults at once."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

import msgspec

from lumbago.errors import EvidenceError

__all__ = ["SECTIONS", "Article", "Picture", "Statement", "load_articles", "read_articles"]

#: The sections of an article, in the order in which a reader needs them.
SECTIONS = (
    "what_it_is",
    "causes",
    "symptoms",
    "found_out",
    "treatment",
    "outlook",
    "prevention",
    "get_help",
)


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of the records of an article."""


class Statement(Record, frozen=True):
    """One thing that an article says, and what it rests on.

    `consensus` is plain medical teaching or judgement and holds no statistic; `published` names its
    sources. `checked` is `seen` only if somebody read the source at its address.
    """

    text: str
    basis: Literal["published", "consensus"]
    sources: list[str]
    checked: Literal["seen", "recalled", "elicited"]


class Picture(Record, frozen=True):
    """The drawing that shows the part concerned, and the parts to highlight in it."""

    drawing: str
    parts: list[str]


class Article(Record, frozen=True):
    """What there is to know about one condition, in the words of a good leaflet."""

    condition: str
    picture: Picture
    summary: str
    what_it_is: list[Statement]
    causes: list[Statement]
    symptoms: list[Statement]
    found_out: list[Statement]
    treatment: list[Statement]
    outlook: list[Statement]
    prevention: list[Statement]
    get_help: list[Statement]
    words: list[str]

    def section(self, name: str) -> list[Statement]:
        """The statements of one of `SECTIONS`."""
        statements: list[Statement] = getattr(self, name)
        return statements

    @property
    def statements(self) -> list[Statement]:
        """All of them, in reading order."""
        return [statement for name in SECTIONS for statement in self.section(name)]


@cache
def load_articles() -> Mapping[str, Article]:
    """The packaged articles by the id of their condition.

    Raises:
        EvidenceError: If a file is not a well-formed article; lists every fault.
    """
    folder = files("lumbago.learn") / "articles"
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    contents = {e.name: e.read_bytes() for e in entries if e.name.endswith(".yaml")}
    return MappingProxyType(read_articles(contents))


def read_articles(contents: Mapping[str, bytes]) -> dict[str, Article]:
    """Articles by condition, from the bytes of each file by its name.

    Raises:
        EvidenceError: If anything is wrong with the form of a file; lists every fault.
    """
    import yaml  # `import lumbago` need not pay for it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Article] = {}
    faults: list[str] = []
    for name, content in contents.items():
        try:
            article = msgspec.convert(yaml.load(content, loader), Article)
        except yaml.YAMLError as error:
            faults.append(f"{name}: not valid YAML: {' '.join(str(error).split())}")
        except msgspec.ValidationError as error:
            faults.append(f"{name}: {error}")
        else:
            found[article.condition] = article
            if name != f"{article.condition}.yaml":
                faults.append(f"{name}: is about {article.condition}; name the file so")
    if faults:
        raise EvidenceError(faults)
    return found
