"""The evidence files: where they are, and the digest that names their version."""

import hashlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["code_version", "data_files", "data_version"]


def data_files() -> dict[str, Traversable]:
    """Every evidence file by its path under `data/`."""
    root = files("lumbago.knowledge") / "data"
    return dict(sorted(_walk(root, "")))


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".yaml", ".csv")):
            yield prefix + entry.name, entry


def data_version(contents: dict[str, bytes]) -> str:
    """Digest of the evidence files, the same for the same evidence on any machine."""
    digest = hashlib.sha256()
    for path, content in contents.items():
        digest.update(path.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:12]


def code_version() -> str:
    """Digest of the code that gives cached evidence its shape."""
    package = files("lumbago.knowledge")
    code = b"".join(
        (package / name).read_bytes()
        for name in ("schema.py", "lexicon.py", "care.py", "phrases.py", "read.py")
    )
    return hashlib.sha256(code).hexdigest()[:8]
