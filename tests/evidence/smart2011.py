"""The 464 patients of Smart et al. 2011, mapped to our findings.

The file (half of the patients) is GPL-2 and is not part of this project; it is read where it lies
and the test is skipped where it is absent. None of our numbers was computed from it.
"""

import csv
from pathlib import Path

import numpy as np

from lumbago.case import Case
from lumbago.knowledge.compile import CompiledNetwork, Floats
from lumbago.reasoning.network import infer, observed

CLASSES = ("nociceptive", "peripheral_neuropathic", "central_neuropathic")

#: Criterion -> finding that says the same. Criteria that say one thing twice are mapped once (2 is
#: the opposite of 4, 14 repeats 13, 15 repeats 18, 35 and 36 repeat 34); criteria without a finding
#: of ours (nerve history 3, neural palpation 37) are left out.
SAME = {
    "c04": "pain_disproportionate",
    "c05": "worse_with_movement",
    "c06": "constant_unremitting",
    "c07": "burning_shooting_pain",
    "c08": "localised_pain",
    "c09": "pain_dermatomal",
    "c10": "widespread_pain",
    "c11": "pain_varies_with_posture",
    "c12": "cough_sneeze_leg_pain",
    "c13": "pain_unpredictable",
    "c18": "pins_and_needles_leg",
    "c19": "poor_sleep",
    "c23": "pain_persisting_beyond_healing",
    "c24": "many_treatments_failed",
    "c25": "fear_of_movement",
    "c26": "high_disability",
    "c27": "cannot_straighten",
    "c28": "consistent_mechanical_reproduction",
    "c29": "straight_leg_raise",
    "c30": "inconsistent_exam",
    "c31": "sensory_loss_dermatomal",
    "c32": "local_tenderness_exam",
    "c33": "diffuse_tenderness_exam",
    "c34": "allodynia_exam",
    "c38": "low_mood_or_worry",
}


def read_patients(path: Path) -> list[tuple[Case, str]]:
    """Each patient as a case, with the examiner's class."""
    with path.open(newline="") as file:
        return [(_case(row), row["expert_class"]) for row in csv.DictReader(file)]


def _case(row: dict[str, str]) -> Case:
    findings = {name: "yes" if row[c] == "1" else "no" for c, name in SAME.items() if row[c]}
    if row["c22"] == "1":
        findings["course"] = "improving"
    return Case(regions=("low_back", "leg"), setting="primary_care", findings=findings)


def split(network: CompiledNetwork, case: Case) -> Floats:
    """(3,) probability of each class.

    The examiner names one mechanism: sensitisation wins where it is present, else root irritation,
    else the pain is nociceptive.
    """
    prior = network.prior(case.regions, case.setting, case.age, case.sex)
    posterior = infer(network, prior, observed(network, case.findings))
    table = posterior.mechanisms(network)
    sensitised = table[network.mechanisms.index("sensitisation"), 1]
    root = 1 - table[network.mechanisms.index("lumbar_root"), 0]
    return np.array([(1 - sensitised) * (1 - root), (1 - sensitised) * root, sensitised])
