"""Calibration on real patients: the untrained model against the examiner's class."""

from pathlib import Path

import numpy as np
import pytest

from lumbago.knowledge.compile import compiled
from tests.evidence.smart2011 import CLASSES, read_patients, split

PATIENTS = Path(__file__).parents[3] / "shared" / "evidence" / "data" / "smart2011.csv"


@pytest.mark.skipif(
    not PATIENTS.exists(),
    reason="the Smart 2011 patients (GPL-2) are not on this machine; they are never packaged",
)
def test_untrained_split_is_accurate_and_calibrated_on_real_patients() -> None:
    patients = read_patients(PATIENTS)
    network = compiled()
    predicted = np.array([split(network, case) for case, _ in patients])
    truth = np.array([CLASSES.index(name) for _, name in patients])
    log_loss = -np.log(np.clip(predicted[np.arange(len(truth)), truth], 1e-6, 1)).mean()
    right = predicted.argmax(axis=1) == truth
    certain = predicted.max(axis=1) > 0.99
    print(
        f"{len(truth)} patients: log-loss {log_loss:.3f}, accuracy {right.mean():.3f}, "
        f"{certain.mean():.0%} above 0.99, of whom {(~right[certain]).mean():.1%} wrong"
    )
    assert len(patients) == 232
    assert log_loss <= 0.35
    assert right.mean() >= 0.90
    assert (~right[certain]).mean() < 0.02
