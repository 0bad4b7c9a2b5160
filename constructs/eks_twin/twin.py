"""A running twin: what it holds, and how to speak to it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from eks_twin.app import App, ClusterName, Place
from eks_twin.aws_clients import Clients
from eks_twin.deployment.cdk import CdkCli
from eks_twin.deployment.project import Project
from eks_twin.errors import InputError, TwinError, command
from eks_twin.home import Home
from eks_twin.processes.files import write_whole


@dataclass(frozen=True)
class Twin:
    """One AWS on one machine, with as many accounts, regions and clusters as the apps in it ask for."""

    home: Home
    project: Project
    """The app that was deployed to it last."""
    port: int
    """Of its AWS."""
    places: Sequence[Place] = ()
    """The accounts and regions that anything was deployed to."""

    @property
    def endpoint(self) -> str:
        """Its AWS. By name: see `Clients.endpoint`."""
        return f"http://localhost:{self.port}"

    @property
    def cdk(self) -> CdkCli:
        """The CDK CLI, pointed at it."""
        return CdkCli(self.home, self.project, self.endpoint, self.home.assembly)

    def clients(self, place: Place) -> Clients:
        """Return boto3 clients of its AWS, as seen from this account and region."""
        return _clients(self.endpoint, place)

    def kubeconfig(self, name: str | None = None) -> Path:
        """Return the kubeconfig of the cluster of this name. Default: of the only one. Raises InputError."""
        found = [cluster for cluster in self.home.clusters if name in (None, cluster.name)]
        if len(found) == 1:
            return self.home.of_cluster(found[0]).kubeconfig
        known = ", ".join(map(str, self.home.clusters)) or "none"
        raise InputError(f"{'no' if not found else 'more than one'} cluster of that name; there are: {known}.")

    def cluster(self, place: Place) -> ClusterName:
        """Return the only cluster of an account and region. Raises InputError where there is none, or are several."""
        found = [cluster for cluster in self.home.clusters if cluster.place == place]
        if len(found) != 1:
            raise InputError(f"{len(found)} clusters in {place}: {', '.join(map(str, found)) or 'deploy one first'}.")
        return found[0]

    def holding(self, project: Project, app: App) -> "Twin":
        """Return the twin with this app in it, beside what it held, and write that down for `open_twin`."""
        held = Twin(self.home, project, self.port, sorted({*self.places, *app.places}))
        places = [[place.account, place.region] for place in held.places]
        facts = {"project": project.as_json(), "port": self.port, "places": places}
        write_whole(_facts_file(self.home), json.dumps(facts))
        return held


def open_twin(home: Home) -> Twin:
    """Return the twin in this folder. Raises TwinError where none was started."""
    try:
        facts = json.loads(_facts_file(home).read_text())
        places = [Place(account, region) for account, region in facts["places"]]
        return Twin(home, Project.from_json(facts["project"]), int(facts["port"]), places)
    except (OSError, ValueError, KeyError, TypeError):
        raise TwinError(f"There is no twin in {home.folder}. Start one: {command()} up") from None


@cache
def _clients(endpoint: str, place: Place) -> Clients:
    return Clients(endpoint, place)


def _facts_file(home: Home) -> Path:
    return home.folder / "deployment.json"
