"""What a server process does before it answers anybody, and soon after."""

import gc
import sys
from threading import Thread

from django.urls import get_resolver
from threadpoolctl import threadpool_limits

from lumbago.anatomy.atlas import SIDES
from lumbago.assessment import Interview
from lumbago.knowledge import load_knowledge
from lumbago.knowledge.compile import compiled
from lumbago.language import understand
from lumbago.reasoning.draws import draw
from lumbago.web.outcome import outcome, where_felt
from lumbago.web.visits import forget_at_start

__all__ = ["at_start"]

#: Words that meet most of what is made ready at first use: phrases, sayings, network, draws.
USUAL_WORDS = (
    "My lower back hurts since I lifted a box, it shoots down my left leg. No numbness, no fever."
)


#: How long a thread that computes may keep the others waiting. A request changes threads several times.
TURN_S = 0.0005


def at_start() -> None:
    """Forget what is old, and load everything, so that the first person does not wait for it."""
    sys.setswitchinterval(TURN_S)
    # Requests are answered side by side: threads of BLAS as well would wait for one another.
    threadpool_limits(limits=1, user_api="blas")
    forget_at_start()
    _ = get_resolver().url_patterns  # loads every page's code
    interview = Interview(USUAL_WORDS, age=40, sex="female")
    while (page := interview.ask()) is not None:
        interview = interview.answer({question.id: None for question in page.questions})
    outcome(interview)
    Thread(target=_get_ready, daemon=True).start()


def _get_ready() -> None:
    """Make what is otherwise made when somebody first needs it: some seconds, beside the first requests."""
    draw(compiled(), load_knowledge().model.draws).get_ready()
    understand.get_ready()
    for condition in load_knowledge().conditions:
        for side in SIDES:
            where_felt(condition.id, side)
    # All this stays: looking through it for what can be thrown away would hold requests up.
    gc.collect()
    gc.freeze()
