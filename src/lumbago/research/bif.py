"""The network as BIF 0.15, the text format that other Bayesian-network tools read.

    variable condition { ... }       the root, with the prior of one kind of person
    probability ( bone | condition ) { (gout) 0.98, 0.02; ... }

BIF has no power on a likelihood, so the text holds the network without damping: compare it with
`undamped(network)`, not with the network itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from lumbago.knowledge.compile import CompiledNetwork, Floats

__all__ = ["ROOT", "to_bif", "undamped"]

#: Name of the node of conditions.
ROOT = "condition"


def undamped(network: CompiledNetwork) -> CompiledNetwork:
    """The same network with every damping set to one, which makes it a plain Bayesian network."""
    return replace(network, damping=np.ones_like(network.damping), direct_damping=1.0)


def to_bif(network: CompiledNetwork, prior: Floats, findings: Iterable[str] | None = None) -> str:
    """Write the network as BIF, without damping.

    Args:
        prior: (C,) probability of each condition, from `network.prior`.
        findings: Findings to write, with the mechanisms they hang on; everything if left out.

    Returns:
        BIF text. Nodes and states carry the ids of the evidence; the root is `condition`.
    """
    chosen = list(network.findings if findings is None else findings)
    values = {f: [network.value_index[f, v] for v in _values(network, f)] for f in chosen}
    owners = {f: int(network.mechanism_of[values[f][0]]) for f in chosen}
    wanted = range(len(network.mechanisms)) if findings is None else sorted(set(owners.values()))
    mechanisms = [m for m in wanted if m >= 0]

    blocks = [
        "network lumbago {\n}",
        _variable(ROOT, network.conditions),
        *(_variable(network.mechanisms[m], network.state_names[m]) for m in mechanisms),
        *(_variable(f, _values(network, f)) for f in chosen),
        f"probability ( {ROOT} ) {{\n  table {_numbers(prior)};\n}}",
    ]
    for m in mechanisms:
        table = network.theta[network.states[network.first_state[m] : network.first_state[m + 1]]]
        blocks.append(_given(network.mechanisms[m], ROOT, network.conditions, table))
    for f in chosen:
        m = owners[f]
        if m < 0:
            table = network.theta[network.direct[values[f]]]
            blocks.append(_given(f, ROOT, network.conditions, table))
        else:
            names = network.state_names[m]
            table = network.theta[network.latent[values[f], : len(names)]]
            blocks.append(_given(f, network.mechanisms[m], names, table))
    return "\n".join(blocks) + "\n"


def _values(network: CompiledNetwork, finding: str) -> tuple[str, ...]:
    return network.finding_values[network.findings.index(finding)]


def _variable(name: str, states: Sequence[str]) -> str:
    listed = ", ".join(states)
    return f"variable {name} {{\n  type discrete [ {len(states)} ] {{ {listed} }};\n}}"


def _given(name: str, parent: str, parent_states: Sequence[str], table: Floats) -> str:
    """One conditional table, (values, parent states), written line by line."""
    lines = "\n".join(_lines(parent_states, table))
    return f"probability ( {name} | {parent} ) {{\n{lines}\n}}"


def _lines(parent_states: Sequence[str], table: Floats) -> Iterator[str]:
    for state, column in zip(parent_states, table.T, strict=True):
        yield f"  ({state}) {_numbers(column)};"


def _numbers(numbers: Floats) -> str:
    """Shortest text that reads back as the same numbers."""
    return ", ".join(repr(float(x)) for x in numbers)
