"""The order in which an environment's objects are applied, by CloudFormation or by Argo CD."""

from collections.abc import Mapping, Sequence
from enum import IntEnum

from api_platform.errors import InputError
from api_platform.rules.finding import Manifest

SYNC_WAVE = "argocd.argoproj.io/sync-wave"
"""Argo CD's annotation: objects of the lower numbers are there, and healthy, before those of the next."""


class Wave(IntEnum):
    """One step: its objects are applied side by side, after all of the step before."""

    NAMESPACE = 0
    IDENTITY_AND_CONFIGURATION = 1
    POLICY = 2
    """Who may talk to whom: in force before the first pod starts."""
    WORKLOAD = 3
    AROUND_WORKLOADS = 4
    """What refers to workloads: KEDA's webhook refuses a ScaledObject whose Deployment is not there."""


WAVES: Mapping[str, Wave] = {
    "Namespace": Wave.NAMESPACE,
    "ClusterIssuer": Wave.IDENTITY_AND_CONFIGURATION,
    "ClusterRole": Wave.IDENTITY_AND_CONFIGURATION,
    "ClusterRoleBinding": Wave.IDENTITY_AND_CONFIGURATION,
    "ConfigMap": Wave.IDENTITY_AND_CONFIGURATION,
    "ExternalSecret": Wave.IDENTITY_AND_CONFIGURATION,
    "LimitRange": Wave.IDENTITY_AND_CONFIGURATION,
    "PriorityClass": Wave.IDENTITY_AND_CONFIGURATION,
    "ResourceQuota": Wave.IDENTITY_AND_CONFIGURATION,
    "SecretStore": Wave.IDENTITY_AND_CONFIGURATION,
    "ServiceAccount": Wave.IDENTITY_AND_CONFIGURATION,
    "StorageClass": Wave.IDENTITY_AND_CONFIGURATION,
    "TriggerAuthentication": Wave.IDENTITY_AND_CONFIGURATION,
    "AuthorizationPolicy": Wave.POLICY,
    "DestinationRule": Wave.POLICY,
    "EnvoyFilter": Wave.POLICY,
    "NetworkPolicy": Wave.POLICY,
    "PeerAuthentication": Wave.POLICY,
    "Sidecar": Wave.POLICY,
    "Telemetry": Wave.POLICY,
    "Deployment": Wave.WORKLOAD,
    "Service": Wave.WORKLOAD,
    "Certificate": Wave.AROUND_WORKLOADS,
    "Gateway": Wave.AROUND_WORKLOADS,
    "HorizontalPodAutoscaler": Wave.AROUND_WORKLOADS,
    "PodDisruptionBudget": Wave.AROUND_WORKLOADS,
    "PodMonitor": Wave.AROUND_WORKLOADS,
    "PrometheusRule": Wave.AROUND_WORKLOADS,
    "ScaledObject": Wave.AROUND_WORKLOADS,
    "ServiceMonitor": Wave.AROUND_WORKLOADS,
    "VerticalPodAutoscaler": Wave.AROUND_WORKLOADS,
    "VirtualService": Wave.AROUND_WORKLOADS,
}
"""Kind -> wave."""


def in_waves(objects: Sequence[Manifest]) -> dict[Wave, list[Manifest]]:
    """Return the objects wave by wave, without empty waves. Raises InputError on a kind that has none."""
    waves: dict[Wave, list[Manifest]] = {wave: [] for wave in Wave}
    for manifest in objects:
        waves[wave_of(manifest)].append(manifest)
    return {wave: members for wave, members in waves.items() if members}


def wave_of(manifest: Manifest) -> Wave:
    """Return the object's wave. Raises InputError on an unknown kind: a guess could let pods start before a policy."""
    kind = manifest["kind"]
    if kind not in WAVES:
        raise InputError(
            f"kind {kind!r} ({manifest['metadata']['name']}): no wave is known for it, so nobody knows what it has to "
            "wait for. Add it to WAVES in constructs/api_platform/manifests/waves.py."
        )
    return WAVES[kind]


def with_sync_wave(manifest: Manifest) -> Manifest:
    """Return a copy that tells Argo CD the object's wave. Raises InputError as `wave_of`."""
    annotations = {**manifest["metadata"].get("annotations", {}), SYNC_WAVE: str(int(wave_of(manifest)))}
    return {**manifest, "metadata": {**manifest["metadata"], "annotations": annotations}}
