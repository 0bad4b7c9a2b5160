"""Pods spread over the environment's zones and nodes, and never demand more of them than there are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.autoscalers import by_deployment, replicas
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, labels_of
from api_platform.rules.pods import pod
from api_platform.rules.values import at, rows, table, text, whole, words
from api_platform.service import Service

RULE = rule_name(__name__)
_ZONE = "topology.kubernetes.io/zone"
_HOSTNAME = "kubernetes.io/hostname"
_REVISION = "pod-template-hash"


def spread_fits_the_zones(environment: Environment, services: Sequence[Service], objects: Objects) -> list[Finding]:
    """Refuse pods that do not spread, that spread unevenly after a rollout, or that wait for places that never come."""
    scaled = by_deployment(objects)
    places = {_ZONE: len(environment.zones)}
    findings = []
    for workload, deployment in objects.deployments(environment, services):
        places[_HOSTNAME] = _nodes(environment, deployment)
        _, maximum = replicas(scaled, deployment)
        constraints = rows(pod(deployment), "topologySpreadConstraints")
        faults = [
            *(f"no spread over {key}" for key in (_ZONE, _HOSTNAME) if key not in _keys(constraints)),
            *(fault for one in constraints for fault in _faults(one, deployment, environment)),
            *_exclusive(deployment, maximum, places),
        ]
        findings += [
            Finding(
                RULE,
                workload.name,
                fault,
                f"Pods spread over zones and nodes, revision by revision, within the {len(environment.zones)} zones "
                "and the nodes that there are.",
                "Let the constraints follow from kubernetes/scheduling.py, or change zones or node_groups in the "
                "environment file.",
            )
            for fault in faults
        ]
    return findings


def _keys(constraints: Sequence[Mapping[str, Any]]) -> list[str]:
    return [text(one, "topologyKey") for one in constraints]


def _faults(constraint: Mapping[str, Any], deployment: Manifest, environment: Environment) -> Iterator[str]:
    over = f"spread over {text(constraint, 'topologyKey')}"
    strict = text(constraint, "whenUnsatisfiable") != "ScheduleAnyway"
    domains = whole(constraint, "minDomains")
    if domains is not None and not strict:
        yield f"{over}: minDomains {domains} without DoNotSchedule, which the API server refuses"
    if domains is not None and text(constraint, "topologyKey") == _ZONE and domains > len(environment.zones):
        yield f"{over}: minDomains {domains} of {len(environment.zones)} zones: pods beyond one a zone stay Pending"
    if _REVISION not in words(constraint, "matchLabelKeys"):
        yield f"{over}: matchLabelKeys without {_REVISION}: it counts old pods too, and skews at each rollout"
    wanted = table(constraint, "labelSelector", "matchLabels")
    if not wanted or any(labels_of(deployment).get(key) != value for key, value in wanted.items()):
        yield f"{over}: its selector does not select the workload's own pods"


def _exclusive(deployment: Manifest, maximum: int, places: Mapping[str, int]) -> Iterator[str]:
    """Yield required anti-affinities that allow fewer pods than the autoscaler wants."""
    path = ("affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
    for term in rows(pod(deployment), *path):
        room = places.get(text(term, "topologyKey"))
        if room is not None and maximum > room:
            yield f"one pod per {text(term, 'topologyKey')}: {room} at the most, and up to {maximum} replicas"


def _nodes(environment: Environment, deployment: Manifest) -> int:
    """Return how many nodes the workload's pods may use."""
    groups = environment.node_groups
    pool = at(pod(deployment), "nodeSelector", names.NODE_POOL_LABEL)
    return groups.media_processing.maximum if pool == names.MEDIA_PROCESSING_POOL else groups.system.maximum
