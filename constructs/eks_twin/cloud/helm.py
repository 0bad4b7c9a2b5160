"""Answers for Helm releases: charts cannot be fetched here, and their pods would be simulated anyway.

What an app's objects rely on is there all the same: the custom resource definitions that the charts bring. And what is
installed is remembered, so that operators which the twin runs itself find their values.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from eks_twin.cloud.custom_type import LambdaEvent
from eks_twin.cloud.definitions import install
from eks_twin.home import Home
from eks_twin.kubernetes_clients import connect_plainly
from eks_twin.release import Release


@dataclass(frozen=True)
class HelmReleases:
    """Answers Create, Update and Delete of a release. Namespaces are none of its business: the stack has made them."""

    home_of: Callable[[str], Home]
    """Name of a cluster -> its folder."""
    definitions: Mapping[str, Path]
    """Chart -> the file with the custom resource definitions that it brings."""

    def __call__(self, event: LambdaEvent) -> LambdaEvent:
        """Install the chart's definitions. Deleting leaves them, as Helm does with a chart's `crds/`."""
        properties = event["ResourceProperties"]
        release = Release(
            name=properties["Release"],
            chart=properties.get("Chart", ""),
            namespace=properties.get("Namespace", "default"),
            values=json.loads(properties.get("Values", "{}")),
        )
        cluster = self.home_of(properties["ClusterName"])
        if event["RequestType"] == "Delete":
            release.forget(cluster)
        else:
            if release.chart in self.definitions:
                with connect_plainly(cluster.kubeconfig) as api_server:
                    install(api_server, self.definitions[release.chart])
            release.remember(cluster)
        return {"PhysicalResourceId": release.name}
