"""What a run of the doctor has to tell."""

from dataclasses import dataclass

from api_platform.doctor.diagnosis import Diagnosis


@dataclass(frozen=True)
class HealthReport:
    """What is wrong in one environment."""

    environment: str
    service: str | None
    """The only one that was asked for; None: all of them."""
    diagnoses: tuple[Diagnosis, ...]
    left_out: tuple[str, ...]
    """What was not looked at, and why: a sentence each."""
