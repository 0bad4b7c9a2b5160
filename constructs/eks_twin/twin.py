"""A running twin: what it holds, and how to speak to it."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import lightkube

from api_platform import names
from api_platform.environment import ROOT, Environment, load_environments
from eks_twin.cloud.clients import Clients
from eks_twin.cluster import connect
from eks_twin.deployment.cdk import CdkCli
from eks_twin.errors import TwinError
from eks_twin.home import Home

KUBECTL = ROOT / ".venv" / "bin" / "kubectl"


@dataclass(frozen=True)
class Twin:
    """One environment on one machine."""

    home: Home
    environment: Environment
    port: int
    """Of its AWS."""

    @property
    def namespace(self) -> str:
        """Where the services are."""
        return names.namespace(self.environment)

    @property
    def endpoint(self) -> str:
        """Its AWS. By name: see `Clients.endpoint`."""
        return f"http://localhost:{self.port}"

    @cached_property
    def clients(self) -> Clients:
        """boto3 clients of its AWS."""
        return Clients(self.endpoint, self.environment.region)

    @cached_property
    def cluster(self) -> lightkube.Client:
        """A client of its API server."""
        return connect(self.home, self.namespace)

    @property
    def cdk(self) -> CdkCli:
        """The CDK CLI, pointed at it."""
        return CdkCli(self.home, self.environment, self.endpoint, self.home.assembly)

    def remember(self) -> None:
        """Write down what it holds, for `open_twin`."""
        facts = {"environment": self.environment.name, "port": self.port}
        _facts_file(self.home).write_text(json.dumps(facts))


def open_twin(home: Home) -> Twin:
    """Return the twin in this folder. Raises TwinError where none was started."""
    try:
        facts = json.loads(_facts_file(home).read_text())
        (environment,) = load_environments(facts["environment"], {})
        return Twin(home, environment, int(facts["port"]))
    except (OSError, ValueError, KeyError):
        raise TwinError(f"There is no twin in {home.folder}. Start one: api-platform twin up") from None


def _facts_file(home: Home) -> Path:
    return home.folder / "deployment.json"
