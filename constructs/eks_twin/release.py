"""A Helm release as it was installed: what the twin keeps in its place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eks_twin.home import Home
from eks_twin.manifests import text
from eks_twin.processes.files import write_whole

_FOLDER = "releases"


@dataclass(frozen=True)
class Release:
    """One release in one cluster."""

    name: str
    chart: str
    namespace: str
    values: Mapping[str, Any]
    """What the chart's own values are overridden with."""

    def value(self, *path: str) -> str:
        """Return the text at a path of its values; an empty one where there is none."""
        return text(self.values, *path)

    def remember(self, cluster: Home) -> None:
        """Write it down, for `releases`."""
        cluster.of(_FOLDER).mkdir(exist_ok=True)
        write_whole(self._file(cluster), json.dumps(vars(self)))

    def forget(self, cluster: Home) -> None:
        """Take it off the list."""
        self._file(cluster).unlink(missing_ok=True)

    def _file(self, cluster: Home) -> Any:
        return cluster.of(_FOLDER) / f"{self.namespace}.{self.name}.json"


def releases(cluster: Home) -> list[Release]:
    """Return what is installed in the cluster."""
    return [Release(**json.loads(file.read_text())) for file in sorted(cluster.of(_FOLDER).glob("*.json"))]
