"""A Helm release: a chart at one version, in one namespace, with the few values that we rely on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from aws_cdk import Duration
from aws_cdk import aws_eks_v2 as eks
from constructs import Construct, IDependable

from api_platform.aws.availability import Component, merged

_TIMEOUT = Duration.minutes(10)
"""Below the 15 minutes after which Lambda stops helm in the middle."""


@dataclass(frozen=True)
class HelmRelease:
    """What is installed, from where, and how."""

    name: str
    """Of the release; unique in its namespace."""
    chart: str
    repository: str
    """URL."""
    version: str
    """Of the chart, exactly."""
    namespace: str
    components: tuple[Component, ...]
    """Every kind of pod that it runs, and how firmly that stands; none where it brings definitions alone."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Only what our objects rely on beside that; all else is the chart's own default."""
    after: tuple[str, ...] = ()
    """Releases whose CRDs or webhooks it needs."""

    @property
    def chart_values(self) -> dict[str, Any]:
        """Return all that the chart is told."""
        return reduce(merged, (component.values for component in self.components), dict(self.values))


def install(
    scope: Construct, cluster: eks.ICluster, release: HelmRelease, after: Sequence[IDependable]
) -> eks.HelmChart:
    """Install the release once `after` is there; done when its pods are ready, so that its webhooks answer."""
    chart = eks.HelmChart(
        scope,
        release.name,
        cluster=cluster,
        release=release.name,
        chart=release.chart,
        repository=release.repository,
        version=release.version,
        namespace=release.namespace,
        create_namespace=False,
        values=release.chart_values,
        wait=True,
        timeout=_TIMEOUT,
    )
    chart.node.add_dependency(*after)
    return chart
