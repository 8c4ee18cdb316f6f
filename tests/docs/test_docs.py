"""Every command and option is documented, and the README's example runs."""

import doctest
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import lumbago
from lumbago.cli import _parser

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    def inner(parser: ArgumentParser, prefix: str) -> list[str]:
        found = []
        for action in parser._actions:
            if isinstance(action.choices, dict):
                for name, child in action.choices.items():
                    below = inner(child, f"{prefix} {name}")
                    found += below or [f"{prefix} {name}"]
        return found

    return inner(_parser(), "lumbago")


def test_every_command_is_in_the_readme() -> None:
    assert len(commands()) >= 7
    assert [command for command in commands() if command not in README] == []


def test_readme_python_example_runs() -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    names: dict[str, Any] = {}
    exec(code[1], names)
    assert names["answer"].to_dict()["schema"] == "lumbago/assessment/1"


def test_docstring_examples_run() -> None:
    assert doctest.testmod(lumbago).failed == 0
