"""Load the evidence once per process, and quickly: checked evidence is kept in the user's cache."""

import os
from functools import cache
from pathlib import Path

import msgspec
from platformdirs import user_cache_path

from lumbago.knowledge.base import Knowledge
from lumbago.knowledge.files import code_version, data_files, data_version

__all__ = ["load_knowledge"]


@cache
def load_knowledge() -> Knowledge:
    """The packaged evidence.

    Reading and checking the files takes seconds, so the checked records are written to the user's
    cache folder, under the digests of the files and of the code that shapes them; without a writable
    cache they are read afresh.

    Raises:
        EvidenceError: If the evidence files have faults.
    """
    contents = {path: entry.read_bytes() for path, entry in data_files().items()}
    name = f"evidence-{data_version(contents)}-{code_version()}.json"
    cached = user_cache_path("lumbago") / name
    try:
        return msgspec.json.decode(cached.read_bytes(), type=Knowledge)
    except (OSError, msgspec.DecodeError):
        from lumbago.knowledge.read import read_knowledge  # YAML is needed only here

        knowledge = read_knowledge(contents)
        _keep(cached, msgspec.json.encode(knowledge))
        return knowledge


def _keep(path: Path, content: bytes) -> None:
    """Write whole or not at all, so that two processes and a kill half-way do no harm."""
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
