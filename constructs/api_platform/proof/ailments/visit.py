"""Asks the doctor as a person does, by its command, and follows one ailment from its beginning to its end."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from api_platform import names
from api_platform.proof.ailments.ailment import Ailment
from api_platform.proof.stage import ProofStage
from eks_twin.aws_clients import variables
from eks_twin.errors import TwinError
from eks_twin.measure.waiting import happens_within

_FOUND_SECONDS: Final = 150.0
"""More than the doctor's own patience with pods that wait for a node."""
_WELL_SECONDS: Final = 150.0


@dataclass(frozen=True)
class DoctorRun:
    """One run of `api-platform doctor`."""

    code: int
    found: Sequence[dict[str, Any]]
    """Its findings, as its JSON has them."""

    @property
    def agrees(self) -> bool:
        """Whether the exit code is that of its findings."""
        return self.code == (1 if self.found else 0)


@dataclass
class AilmentCourse:
    """What the doctor said of one ailment, from when it was made until it was mended."""

    ailment: Ailment
    subject: str
    runs: list[DoctorRun] = field(default_factory=list)
    seconds: float | None = None
    """From the moment it was made until it was found; None where it was not."""
    well_again: bool = False
    """Whether the doctor found nothing once it was mended."""

    @property
    def finding(self) -> dict[str, Any] | None:
        """Return what was said of it; None where nothing was."""
        return next((one for run in self.runs for one in run.found if self.expects(one)), None)

    @property
    def others(self) -> list[str]:
        """Return what else was said, of which nothing was true."""
        return sorted(
            {f"{one['object']}: {one['what']}" for run in self.runs for one in run.found if not self.expects(one)}
        )

    def expects(self, found: dict[str, Any]) -> bool:
        """Return whether a finding is what this ailment is."""
        return (found["check"], found["subject"]) == (self.ailment.check, self.subject)


def ask_doctor(stage: ProofStage) -> DoctorRun:
    """Run the command on the twin. Raises TwinError where it cannot look."""
    words = ("doctor", "--environment", stage.environment.name, "--format", "json")
    run = subprocess.run(
        [sys.executable, "-m", "api_platform.cli", *words],
        env={**os.environ, **variables(stage.twin.endpoint, stage.place), "KUBECONFIG": str(stage.home.kubeconfig)},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode not in (0, 1) or not run.stdout:
        raise TwinError(f"the doctor could not look: {run.stderr.strip()}")
    report = json.loads(run.stdout)
    if report["left_out"]:
        raise TwinError(f"the doctor did not look at all: {'; '.join(report['left_out'])}")
    return DoctorRun(run.returncode, report["diagnoses"])


def follow(stage: ProofStage, ailment: Ailment) -> AilmentCourse:
    """Make it, ask until it is found, mend it, ask until all is well."""
    workload = ailment.of(stage)
    course = AilmentCourse(ailment, ailment.subject or workload.name)
    with ailment.inflict(stage, workload):
        began = time.monotonic()

        def found() -> bool:
            course.runs.append(ask_doctor(stage))
            return course.finding is not None

        if happens_within(_FOUND_SECONDS, found, glance=1.0):
            course.seconds = time.monotonic() - began
    stage.wait_until_ready()
    course.well_again = happens_within(_WELL_SECONDS, lambda: not ask_doctor(stage).found, glance=1.0)
    return course


@contextmanager
def certified(stage: ProofStage) -> Iterator[None]:
    """Stand in for cert-manager, which the twin has not: give the gateway's certificates the status of valid ones."""
    end = (datetime.now(UTC) + timedelta(days=60)).strftime("%Y-%m-%dT%H:%M:%SZ")
    ready = {"type": "Ready", "status": "True", "reason": "Ready", "message": "Certificate is up to date"}
    where = ("--namespace", names.GATEWAY_NAMESPACE)
    found = stage.kubectl("get", "certificates", *where, "--output=name").stdout.split()

    def write(status: dict[str, Any] | None) -> None:
        for certificate in found:
            words = ("patch", certificate, *where, "--subresource=status", "--type=merge")
            run = stage.kubectl(*words, f"--patch={json.dumps({'status': status})}")
            if run.returncode:
                raise TwinError(f"the status of {certificate} could not be written: {run.stderr.strip()}")

    write({"conditions": [ready], "notAfter": end})
    try:
        yield
    finally:
        write(None)
