"""Tests of the repository itself: pure layers, short modules, tidy files."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "lumbago"
MODULES = sorted(SOURCE.rglob("*.py"))
PURE = [SOURCE / "case.py", SOURCE / "errors.py", *sorted((SOURCE / "reasoning").glob("*.py"))]
IMPURE = re.compile(r"\bopen\(|\.now\(|\brandom\.(?!default_rng|Generator)|\bprint\(|\.read_text\(")


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PURE, ids=relative)
def test_pure_layers_touch_no_file_clock_or_screen(path: Path) -> None:
    code = re.sub(r'""".*?"""', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert IMPURE.search(code) is None


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_importing_lumbago_costs_no_heavy_library() -> None:
    import subprocess
    import sys

    code = "import lumbago, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"scipy", "numba", "pandas", "matplotlib", "spacy", "django", "torch"} & set(loaded)


def test_evidence_files_use_spaces_and_end_with_a_newline() -> None:
    for path in (SOURCE / "knowledge" / "data").rglob("*"):
        if path.suffix in (".yaml", ".csv"):
            text = path.read_bytes()
            assert b"\t" not in text, path
            assert b"\r" not in text, path
            assert text.endswith(b"\n"), path
