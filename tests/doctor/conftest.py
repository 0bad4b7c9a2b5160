"""The platform that the tests of the doctor start from."""

import pytest

from tests.doctor.patient import Patient, a_patient


@pytest.fixture
def patient() -> Patient:
    """Return a platform that runs and is well; a test changes one fact of it."""
    return a_patient()
