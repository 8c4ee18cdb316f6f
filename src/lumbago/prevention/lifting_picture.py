"""What each change would bring to a lift, and what each task adds to a job, as bars against the goal of 1."""

from collections.abc import Sequence

import numpy as np

from lumbago.prevention.bars_picture import bars_svg
from lumbago.prevention.lifting_changes import Change
from lumbago.prevention.lifting_job import JobResult
from lumbago.prevention.lifting_task import LiftResult, index_band

__all__ = ["changes_svg", "job_svg"]


def changes_svg(result: LiftResult, found: Sequence[Change]) -> str:
    """The lifting index now and after each change.

    Args:
        result: The lift as it is.
        found: Its changes, most helpful first.

    Returns:
        A whole SVG document with a title and a description in words, readable in light and dark.
    """
    indices = [("as it is now", result.index), *((change.what, change.index) for change in found)]
    return bars_svg(
        [(what, index, _shown(index)) for what, index in indices],
        title="What would make this lift easier",
        heading="Lifting index, and what each change would make it",
        words=_words(result, found),
        goal=1,
        first_is_now=True,
    )


def job_svg(job: JobResult) -> str:
    """The composite lifting index of a job, and what each task adds to it; as `changes_svg`."""
    tasks = [(task.name, task.added) for task in job.tasks]
    steps = "; ".join(f"{name} adds {_shown(added)}" for name, added in tasks)
    return bars_svg(
        [(what, index, _shown(index)) for what, index in [("the whole job", job.index), *tasks]],
        title="What each task adds to the job",
        heading="Composite lifting index, and what each task adds",
        words=f"The composite lifting index is {_shown(job.index)}: {job.band.name}. {steps}.",
        goal=1,
        first_is_now=True,
    )


def _words(result: LiftResult, found: Sequence[Change]) -> str:
    now = f"The lifting index is {_shown(result.index)}: {index_band(result.index).name}."
    steps = [f"{change.what}: {_shown(change.index)}" for change in found]
    return " ".join([now, "; ".join(steps) + "." if steps else "Nothing is left to change."])


def _shown(index: float) -> str:
    return f"{index:.2f}" if np.isfinite(index) else "not allowed"
