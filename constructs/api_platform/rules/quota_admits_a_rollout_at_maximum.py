"""The namespace's quota has room for every workload at its maximum, in the middle of a rollout, proxies included."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.autoscalers import Autoscalers, by_deployment, replicas
from api_platform.rules.finding import PLATFORM, Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, namespace, title
from api_platform.rules.pods import containers, cpu, memory, parse_cpu, parse_memory
from api_platform.rules.values import at, share, table, text, whole
from api_platform.service import PROXY_RESOURCES, Cpu, Memory, Service

RULE = rule_name(__name__)
_DEFAULT_SURGE = "25%"
_DEFAULT_REVISIONS = 10
_MADE_BY_OTHERS = {"configmaps": 2, "serviceaccounts": 1}
"""In every namespace: the certificate bundles of Kubernetes and Istio; the default ServiceAccount."""
_MADE_FROM = {"ScaledObject": "horizontalpodautoscalers.autoscaling", "ExternalSecret": "secrets"}
"""Kinds of which an operator makes another object each."""


@dataclass(frozen=True)
class _Need:
    """What may be asked for at once."""

    cpu: Cpu
    memory: Memory
    pods: int

    def __add__(self, other: "_Need") -> "_Need":
        return _Need(self.cpu + other.cpu, self.memory + other.memory, self.pods + other.pods)


def quota_admits_a_rollout_at_maximum(
    environment: Environment, _services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a quota that is smaller than the sum over the rendered Deployments.

    At exactly the maxima a rollout stops with `exceeded quota`, in the hour of the highest load.
    """
    here = names.namespace_name(environment)
    quotas = [one for one in objects.of_kind("ResourceQuota") if namespace(one) == here]
    if not quotas:
        return [_finding(f"namespace {here} has no ResourceQuota", "Render one in the platform chart.")]
    scaled = by_deployment(objects)
    deployments = [one for one in objects.of_kind("Deployment") if namespace(one) == here]
    need = sum((_need(one, scaled) for one in deployments), _Need(Cpu(0), Memory(0), 0))
    counts = _object_counts(objects, here)
    return [finding for quota in quotas for finding in (*_resources(quota, need), *_counts(quota, counts))]


def _need(deployment: Manifest, scaled: Autoscalers) -> _Need:
    """Return what a Deployment asks for at its maximum with the surge, while as many old pods still terminate."""
    _, maximum = replicas(scaled, deployment)
    given = at(deployment, "spec", "strategy", "rollingUpdate", "maxSurge")
    pods = maximum + (share(_DEFAULT_SURGE if given is None else given, maximum) or 0) + maximum
    running = containers(deployment)
    one_pod = sum((cpu(one, "requests") or Cpu(0) for one in running), PROXY_RESOURCES.cpu)
    its_memory = sum((memory(one, "requests") or Memory(0) for one in running), PROXY_RESOURCES.memory)
    return _Need(one_pod * pods, its_memory * pods, pods)


def _resources(quota: Manifest, need: _Need) -> list[Finding]:
    hard = table(quota, "spec", "hard")
    cpus, memories = parse_cpu(hard.get("requests.cpu")), parse_memory(hard.get("requests.memory"))
    room = {
        "requests.cpu": (cpus is not None and cpus >= need.cpu, str(need.cpu)),
        "requests.memory": (memories is not None and memories >= need.memory, str(need.memory)),
        "pods": ((whole(hard, "pods") or 0) >= need.pods, str(need.pods)),
    }
    short = [_short(quota, key, needed) for key, (enough, needed) in room.items() if not enough]
    limits = [
        _finding(
            f"{title(quota)} counts {key}",
            "Take it out: the proxy's limits are many times its requests, and a limit is no claim on a node.",
        )
        for key in hard
        if key.startswith("limits.")
    ]
    return short + limits


def _counts(quota: Manifest, counts: Mapping[str, int]) -> list[Finding]:
    hard = table(quota, "spec", "hard")
    return [
        _short(quota, key, str(counts[resource]))
        for key in hard
        if (resource := key.removeprefix("count/")) in counts and (whole(hard, key) or 0) < counts[resource]
    ]


def _object_counts(objects: Objects, here: str) -> Counter[str]:
    """Return how many objects of each resource the namespace holds, by the name that a quota counts them under."""
    counts = Counter(_MADE_BY_OTHERS)
    for one in objects:
        if namespace(one) == here:
            counts[_resource(one)] += 1
            if made := _MADE_FROM.get(text(one, "kind")):
                counts[made] += 1
            if text(one, "kind") == "Deployment":
                kept = whole(one, "spec", "revisionHistoryLimit")
                counts["replicasets.apps"] += (_DEFAULT_REVISIONS if kept is None else kept) + 1
    return counts


def _resource(manifest: Manifest) -> str:
    """Return `deployments.apps`, `networkpolicies.networking.k8s.io`, `services`."""
    kind = text(manifest, "kind").lower()
    plural = f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
    group, separator, _ = text(manifest, "apiVersion").partition("/")
    return f"{plural}.{group}" if separator else plural


def _short(quota: Manifest, key: str, needed: str) -> Finding:
    given = table(quota, "spec", "hard").get(key, "missing")
    return _finding(
        f"{title(quota)}: {key} is {given}; {needed} needed", "Let the quota follow from the specs, or lower a maximum."
    )


def _finding(value: str, remedy: str) -> Finding:
    return Finding(
        RULE,
        PLATFORM,
        value,
        "The quota holds every workload's maximum, its surge and as many old pods as may still terminate, each with "
        "its proxy; no limits.",
        remedy,
    )
