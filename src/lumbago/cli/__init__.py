"""The `lumbago` command: a thin face over the public API.

Exit codes: 0 done; 1 a check failed; 2 the input cannot be used (the message says how to mend it);
3 the packaged evidence is faulty; 130 interrupted.
"""

import argparse
import gc
import sys
from collections.abc import Callable, Sequence

from lumbago.cli.desk import add_desk
from lumbago.cli.exercises import add_exercises
from lumbago.cli.lifting import add_job, add_lift
from lumbago.cli.person import EXAMPLE, add_assess, add_interview
from lumbago.cli.plan import add_plan
from lumbago.cli.posture import add_posture
from lumbago.cli.progress import add_prom, add_track
from lumbago.cli.pushing import add_push
from lumbago.cli.running import add_running
from lumbago.cli.spine import add_spine
from lumbago.cli.tools import add_anatomy, add_evaluate, add_evidence, add_web
from lumbago.cli.vibration import add_vibration
from lumbago.errors import EvidenceError, UserError

__all__ = ["EXAMPLE", "main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    gc.disable()  # a command makes much, drops little and ends: collecting costs a tenth of its time
    arguments = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        code = run(arguments)
        gc.freeze()  # nor is the rest worth looking through at the end
        return code
    except UserError as error:
        print(f"lumbago: {error}", file=sys.stderr)
        return 2
    except EvidenceError as error:
        print(f"lumbago: {error}", file=sys.stderr)
        return 3
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except (KeyboardInterrupt, EOFError):
        print(file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lumbago",
        description="Decision support for pain in the back, neck, leg and calf. "
        "It names likely causes and a safe level of care; it is not a diagnosis.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_assess(commands)
    add_interview(commands)
    add_anatomy(commands)
    add_evidence(commands)
    add_plan(commands)
    add_exercises(commands)
    add_prom(commands)
    add_track(commands)
    add_lift(commands)
    add_job(commands)
    add_push(commands)
    add_posture(commands)
    add_spine(commands)
    add_vibration(commands)
    add_desk(commands)
    add_running(commands)
    add_evaluate(commands)
    add_web(commands)
    return parser
