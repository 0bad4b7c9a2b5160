"""What a scenario works on: a twin that is up, with everything of its environment Ready."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import lightkube
from eks_twin.binaries import Binaries
from eks_twin.deployment.readiness import wait_until_ready
from eks_twin.deployment.workloads import WorkloadStatus
from eks_twin.twin import KUBECTL, Twin

from api_platform.environment import ROOT, Environment
from api_platform.service import Service
from api_platform.services import all_services

READY_SECONDS = 120.0


@dataclass(frozen=True)
class Stage:
    """One twin, and its programs. A scenario leaves it as it found it: deployed, Ready, at the files' tags."""

    twin: Twin
    binaries: Binaries
    """Every program that the scenario needs."""
    repository: Path = ROOT

    @property
    def environment(self) -> Environment:
        """What is deployed."""
        return self.twin.environment

    @property
    def namespace(self) -> str:
        """Where the services are."""
        return self.twin.namespace

    @cached_property
    def services(self) -> Sequence[Service]:
        """The services' specs."""
        return all_services(self.environment)

    @property
    def cluster(self) -> lightkube.Client:
        """A client of the API server, as administrator. httpx's: safe to use from several threads."""
        return self.twin.cluster

    def kubectl(self, *words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run kubectl; `given` goes to its standard input. Never raises on a failure of it: look at the exit code."""
        command = [str(KUBECTL), "--kubeconfig", str(self.twin.home.kubeconfig), *words]
        return subprocess.run(command, input=given, capture_output=True, text=True, check=False)

    def deploy(self, *stacks: str, settings: Sequence[str] = ()) -> None:
        """Synthesize with these tags and deploy these stacks (`production/api-service`) alone; default: all.

        Raises TwinError when the deployment fails. Does not wait for pods.
        """
        self.twin.cdk.synthesize(settings)
        self.twin.cdk.deploy(*stacks, exclusively=bool(stacks))

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> list[WorkloadStatus]:
        """Return when all workloads are Ready. Raises TwinError with those that are not, and why."""
        return wait_until_ready(self.cluster, self.namespace, seconds)
