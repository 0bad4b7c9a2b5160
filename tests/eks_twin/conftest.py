"""What the tests of the twin share."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from api_platform.proof.definitions import DEFINITIONS
from eks_twin.binaries import CONTROL_PLANE, KEDA, Binaries, find_custom_resource_definitions
from tests.built_programs import built, left_out


@pytest.fixture(scope="session")
def binaries() -> Binaries:
    """Return the programs of the control plane. See `left_out`."""
    return built(CONTROL_PLANE)


@pytest.fixture(scope="session")
def keda_binaries() -> Binaries:
    """Return KEDA's operator and adapter. See `left_out`."""
    return built([KEDA])


@pytest.fixture(scope="session")
def definitions() -> Mapping[str, Path]:
    """Return an app's custom resource definitions, a file for each project: this platform's. See `left_out`."""
    with left_out():
        return find_custom_resource_definitions(DEFINITIONS, fetch=False)
