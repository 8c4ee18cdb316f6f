"""The packaged evidence and its network, loaded once; random tests seeded, and long at night."""

import os

import pytest
from hypothesis import settings

from lumbago.knowledge import Knowledge, load_knowledge
from lumbago.knowledge.compile import CompiledNetwork, compiled

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("night", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def network() -> CompiledNetwork:
    return compiled()
