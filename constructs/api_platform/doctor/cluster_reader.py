"""Reads the cluster once: what the checks look at, and no more."""

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from api_platform import names
from api_platform.environment import Environment
from api_platform.errors import InputError
from api_platform.kubectl_calls import KubectlCalls
from api_platform.rules.objects import Objects

_OF_THE_SERVICES: Final = (
    "deployments.apps",
    "replicasets.apps",
    "pods",
    "events",
    "horizontalpodautoscalers.v2.autoscaling",
    "poddisruptionbudgets.policy",
    "scaledobjects.keda.sh",
    "authorizationpolicies.security.istio.io",
)
_NEEDED: Final = frozenset({"deployments.apps", "replicasets.apps", "pods"})
"""Without these, nothing can be said."""
_UNKNOWN: Final = re.compile(r"the server doesn't have a resource type \"(?P<kind>[^\"]+)\"")
_FORBIDDEN: Final = re.compile(r"^Error from server \(Forbidden\): (?P<kind>\S+) is forbidden", re.MULTILINE)


@dataclass(frozen=True)
class ClusterReading:
    """What the cluster said."""

    objects: Objects
    left_out: tuple[str, ...]
    """Kinds that could not be read, and why: a sentence each."""


@dataclass(frozen=True)
class _Answer:
    items: Sequence[Mapping[str, Any]]
    left_out: tuple[str, ...] = ()


def read_cluster(environment: Environment, kubectl: KubectlCalls) -> ClusterReading:
    """Return the services' objects, the gateway's certificates and the nodes.

    Raises InputError where the cluster cannot be asked, or has no such namespace.
    """
    namespace = names.namespace_name(environment)
    questions: Sequence[tuple[Sequence[str], Sequence[str]]] = (
        (_OF_THE_SERVICES, ("--namespace", namespace)),
        (("certificates.cert-manager.io",), ("--namespace", names.GATEWAY_NAMESPACE)),
        (("nodes",), ()),
    )
    with ThreadPoolExecutor(len(questions)) as threads:
        answers = list(threads.map(lambda question: _read(kubectl, *question), questions))
    objects = Objects(item for answer in answers for item in answer.items)
    if not objects.of_kind("Deployment"):
        _require_namespace(kubectl, namespace)
    return ClusterReading(objects, tuple(sentence for answer in answers for sentence in answer.left_out))


def _read(kubectl: KubectlCalls, kinds: Sequence[str], place: Sequence[str]) -> _Answer:
    """Return the objects of these kinds. A kind that the cluster does not know, or does not show us, is left out."""
    run = kubectl.run("get", ",".join(kinds), *place, "--output=json")
    if run.returncode == 0:
        return _Answer(kubectl.items(run.stdout))
    if unknown := _UNKNOWN.search(run.stderr):
        left = [kind for kind in kinds if kind.partition(".")[0] != unknown["kind"].partition(".")[0]]
        rest = _read(kubectl, left, place) if 0 < len(left) < len(kinds) else _Answer(())
        sentence = f"{unknown['kind']}: the cluster does not know this kind; its add-on is not installed."
        return _Answer(rest.items, (sentence, *rest.left_out))
    forbidden = [found["kind"] for found in _FORBIDDEN.finditer(run.stderr)]
    if not forbidden or _NEEDED.intersection(forbidden):
        raise kubectl.refusal(run.stderr)
    return _Answer(
        kubectl.items(run.stdout), tuple(f"{kind}: these credentials may not read them." for kind in forbidden)
    )


def _require_namespace(kubectl: KubectlCalls, namespace: str) -> None:
    """Refuse a cluster without the namespace: it is another environment's."""
    run = kubectl.run("get", "namespace", namespace)
    if run.returncode == 0:
        return
    if "NotFound" not in run.stderr:
        raise kubectl.refusal(run.stderr)
    cluster = f"context {kubectl.context}" if kubectl.context else "kubectl's current context"
    raise InputError(
        f"{cluster}: the cluster has no namespace {namespace!r}. Is it the environment's? Name another with --context, "
        "or deploy the environment first."
    )
