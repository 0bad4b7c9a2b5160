"""What a scenario works on: a twin that is up, with everything of its environment Ready."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import lightkube

from api_platform import names
from api_platform.environment import ROOT, Environment
from api_platform.service import Service
from api_platform.services import all_services
from eks_twin.app import Place
from eks_twin.aws_clients import Clients
from eks_twin.binaries import Binaries
from eks_twin.control_plane import ControlPlane, open_control_plane
from eks_twin.deployment.cdk import CdkCli
from eks_twin.deployment.readiness import wait_until_ready
from eks_twin.deployment.workloads import WorkloadStatus
from eks_twin.home import Home
from eks_twin.host_programs import host_program
from eks_twin.kubernetes_clients import connect
from eks_twin.twin import Twin

READY_SECONDS = 120.0


@dataclass(frozen=True)
class ProofStage:
    """One environment on a twin. A scenario leaves it as it found it: deployed, Ready, at the files' tags."""

    twin: Twin
    environment: Environment
    """What is deployed."""
    binaries: Binaries
    """Every program that the scenario needs."""
    short: bool = False
    """Whether scenarios take their short form: see `Scenario.short`."""
    repository: Path = ROOT

    @property
    def namespace(self) -> str:
        """Where the services are."""
        return names.namespace_name(self.environment)

    @property
    def place(self) -> Place:
        """The environment's account and region."""
        return Place(self.environment.account, self.environment.region)

    @property
    def home(self) -> Home:
        """The folder of its cluster."""
        return self.twin.home.of_cluster(self.twin.cluster(self.place))

    @property
    def plane(self) -> ControlPlane:
        """Its cluster's control plane."""
        return open_control_plane(self.home)

    @property
    def aws(self) -> Clients:
        """boto3 clients, as seen from its account and region."""
        return self.twin.clients(self.place)

    @cached_property
    def services(self) -> Sequence[Service]:
        """The services' specs."""
        return all_services(self.environment)

    @cached_property
    def cluster(self) -> lightkube.Client:
        """A client of the API server, as administrator. httpx's: safe to use from several threads."""
        return connect(self.home, self.namespace)

    def kubectl(self, *words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run kubectl; `given` goes to its standard input. Never raises on a failure of it: look at the exit code."""
        command = [str(host_program("kubectl")), "--kubeconfig", str(self.home.kubeconfig), *words]
        return subprocess.run(command, input=given, capture_output=True, text=True, check=False)

    def synthesize(self, name: str, context: Sequence[str]) -> CdkCli:
        """Synthesize with this context (`api-service.image.tag=v1.1.0`) beside what is deployed: for a change of it.

        `name`: that of the scenario. Raises TwinError with what the CDK CLI said.
        """
        cdk = replace(self.twin.cdk, assembly=self.twin.home.of(f"cdk.out-{name}"))
        cdk.synthesize(context)
        return cdk

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> list[WorkloadStatus]:
        """Return when all workloads are Ready. Raises TwinError with those that are not, and why."""
        return wait_until_ready(self.cluster, seconds, self.namespace)
