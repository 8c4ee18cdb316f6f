"""What each unasked finding is worth asking.

Would it change what we do, and would it sharpen the ranking? Both are expectations over the answers
that the network predicts. *Loss* is how far, in the units of the loss table, the advice would move if
the answer were known. *Information* is how much of the uncertainty about the cause it would take away,
in nats: the mutual information of answer and cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lumbago.knowledge.compile import CompiledNetwork, Floats, Ints
from lumbago.reasoning.network import Posterior, hypothetical, predictive
from lumbago.reasoning.triage import (
    ProbabilityThreshold,
    Verdict,
    care_needed,
    probability_levels,
)

__all__ = ["Worth", "worth"]


@dataclass(frozen=True, eq=False)
class Worth:
    """What asking is expected to bring, on the order of the evidence's findings.

    Attributes:
        loss: (F,) expected change of the advice, in units of the loss table; 0 for what was not looked at.
        information: (F,) expected gain about the cause, in nats; likewise.
    """

    loss: Floats
    information: Floats


def worth(
    network: CompiledNetwork,
    thresholds: Sequence[ProbabilityThreshold],
    posterior: Posterior,
    verdict: Verdict,
    by_flags: Ints,
    values: Ints,
) -> Worth:
    """What each finding is worth asking now.

    Args:
        by_flags: (V,) level of care that the flag rules would ask for if that value were known too.
        values: (n,) the values that may be answered, all of each finding that may be asked.
    """
    chance = predictive(network, posterior)[values]
    conditions = hypothetical(network, posterior, values)
    level = np.minimum(probability_levels(network, thresholds, conditions), by_flags[values])
    needed = care_needed(network, conditions)
    before = needed @ network.losses[:, verdict.level]
    after = np.einsum("vn,nv->v", needed, network.losses[:, level])
    # A flag may raise the care beyond what the ranking alone asks for: that, too, is a change of advice.
    moved = np.abs(before - after)
    entropy = -(conditions * np.log(np.maximum(conditions, 1e-300))).sum(axis=1)
    current = posterior.conditions
    uncertain = -(current * np.log(np.maximum(current, 1e-300))).sum()
    finding = network.node_of - len(network.mechanisms)
    of, findings = finding[values], finding.max() + 1
    total = np.bincount(of, chance, findings)
    share = chance / np.maximum(total, 1e-12)[of]
    left = np.where(total > 0, np.bincount(of, share * entropy, findings), uncertain)
    return Worth(
        loss=np.bincount(of, share * moved, findings).astype(float),
        information=np.maximum(uncertain - left, 0.0),
    )
