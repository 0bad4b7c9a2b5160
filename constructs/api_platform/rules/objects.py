"""Reads rendered objects: finds them by kind, name and labels, and takes what is missing for empty.

A rule judges whatever was rendered, a forker's half-finished object too. So no reader here raises on its shape: a rule
sees an empty answer, and says what is wrong with that.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from api_platform import names
from api_platform.environment import Environment
from api_platform.rules.finding import PLATFORM, Manifest
from api_platform.service import Service, Workload

NAME_LABEL = "app.kubernetes.io/name"
"""By which an object says whose it is."""

Key = tuple[str, str | None, str]
"""Kind, namespace, name."""

_POD_SELECTORS: Mapping[str, tuple[str, ...]] = {
    "AuthorizationPolicy": ("selector",),
    "Deployment": ("selector",),
    "NetworkPolicy": ("podSelector",),
    "PeerAuthentication": ("selector",),
    "PodDisruptionBudget": ("selector",),
    "Service": ("selector",),
    "Sidecar": ("workloadSelector", "labels"),
}
"""Kind -> where in its spec its selector of pods stands."""
_PLAIN = ("Service", "Sidecar")
"""Kinds whose selector is plain labels instead of a label selector."""
_SELECT_NONE_WITHOUT = ("Deployment", "PodDisruptionBudget", "Service")
"""Kinds that select nothing when they have no selector; the others then select the whole namespace."""

_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}


def at(value: object, *path: str) -> object:
    """Return what stands at the path; None where there is no such path."""
    for key in path:
        if not isinstance(value, dict):  # far faster than Mapping, and objects come as dicts
            return None
        value = value.get(key)
    return value


def table(value: object, *path: str) -> Mapping[str, Any]:
    """Return the mapping at the path; an empty one where there is none."""
    found = at(value, *path)
    return found if isinstance(found, dict) else {}


def rows(value: object, *path: str) -> list[Mapping[str, Any]]:
    """Return the mappings in the list at the path; none where there is no list."""
    found = at(value, *path)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def words(value: object, *path: str) -> list[str]:
    """Return the strings in the list at the path; none where there is no list."""
    found = at(value, *path)
    return [word for word in found if isinstance(word, str)] if isinstance(found, list) else []


def text(value: object, *path: str) -> str:
    """Return the string at the path; an empty one where there is none."""
    found = at(value, *path)
    return found if isinstance(found, str) else ""


def whole(value: object, *path: str) -> int | None:
    """Return the whole number at the path, written as a number or as a string; None where there is none."""
    found = at(value, *path)
    if isinstance(found, str) and found.isdecimal():
        return int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def share(value: object, of: int) -> int | None:
    """Return a count given as a number or as a percentage `of` so many, rounded up; None where it is neither."""
    if isinstance(value, str) and value.endswith("%") and value[:-1].isdecimal():
        return math.ceil(of * int(value[:-1]) / 100)
    return whole({"count": value}, "count")


def seconds(duration: str) -> float | None:
    """Return a duration (`30s`, `1m30s`, `100ms`) in seconds; None where it is not one."""
    if not duration or _DURATION.sub("", duration):
        return None
    return sum(float(number) * _SECONDS[unit] for number, unit in _DURATION.findall(duration))


def name(manifest: Manifest) -> str:
    """Return the object's name."""
    return text(manifest, "metadata", "name")


def namespace(manifest: Manifest) -> str | None:
    """Return the object's namespace; None where it is the whole cluster's."""
    return text(manifest, "metadata", "namespace") or None


def title(manifest: Manifest) -> str:
    """Return the object's kind and name, as kubectl prints them."""
    return f"{text(manifest, 'kind')}/{name(manifest)}"


def pod_selector(manifest: Manifest) -> Mapping[str, Any] | None:
    """Return how an object selects pods, as a label selector; None where it is of a kind that does not, or has none."""
    kind = text(manifest, "kind")
    found = at(manifest, "spec", *_POD_SELECTORS.get(kind, ("no selector",)))
    if not isinstance(found, dict):
        return None
    return {"matchLabels": found} if kind in _PLAIN else found


class Objects:
    """All rendered objects of one environment.

    Every look-up costs the same however many objects there are, so that the rules' time grows with the services and
    not with their square.
    """

    def __init__(self, manifests: Iterable[Manifest]) -> None:
        self._all = tuple(manifests)

    def __iter__(self) -> Iterator[Manifest]:
        return iter(self._all)

    def of_kind(self, *kinds: str) -> list[Manifest]:
        """Return the objects of these kinds."""
        return list(chain.from_iterable(self._by_kind.get(kind, ()) for kind in kinds))

    def find(self, kind: str, where: str | None, called: str) -> Manifest | None:
        """Return the object of this kind, namespace and name."""
        return self._by_key.get((kind, where, called))

    def deployments(self, environment: Environment, services: Sequence[Service]) -> Iterator[tuple[Workload, Manifest]]:
        """Return each workload with its Deployment, where it has one (`every-workload-is-complete` sees to that)."""
        for service in services:
            for workload in service.workloads:
                found = self.find("Deployment", names.namespace(environment), workload.name)
                if found is not None:
                    yield workload, found

    def subject(self, manifest: Manifest) -> str:
        """Return the workload that the object belongs to, by label or name; `platform` where it belongs to none."""
        for owner in (text(manifest, "metadata", "labels", NAME_LABEL), name(manifest)):
            if owner and self.find("Deployment", namespace(manifest), owner) is not None:
                return owner
        return PLATFORM

    def select(self, kind: str, where: str | None, selector: Mapping[str, Any]) -> list[Manifest]:
        """Return what a label selector selects: Deployments by their pods' labels, other kinds by their own.

        An empty selector selects all.
        """
        index = self._by_label.get(kind, {})
        wanted = table(selector, "matchLabels").items()
        sets = sorted((index.get((where, key, str(value)), set()) for key, value in wanted), key=len)
        if sets:
            candidates = [self._all[position] for position in sorted(set.intersection(*sets))]
        else:
            candidates = [one for one in self.of_kind(kind) if namespace(one) == where]
        demands = rows(selector, "matchExpressions")
        return [one for one in candidates if all(_meets(labels_of(one), demand) for demand in demands)]

    def selected_by(self, manifest: Manifest) -> list[Manifest]:
        """Return the Deployments whose pods an object selects.

        An empty selector selects all of the namespace, and so does a missing one in a policy or a Sidecar.
        """
        selector = pod_selector(manifest)
        if selector is None and text(manifest, "kind") in _SELECT_NONE_WITHOUT:
            return []
        return self.select("Deployment", namespace(manifest), selector or {})

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Manifest]]:
        kinds: dict[str, list[Manifest]] = {}
        for one in self._all:
            kinds.setdefault(text(one, "kind"), []).append(one)
        return kinds

    @cached_property
    def _by_key(self) -> Mapping[Key, Manifest]:
        return {(text(one, "kind"), namespace(one), name(one)): one for one in self._all}

    @cached_property
    def _by_label(self) -> Mapping[str, Mapping[tuple[str | None, str, str], set[int]]]:
        kinds: dict[str, dict[tuple[str | None, str, str], set[int]]] = {}
        for position, one in enumerate(self._all):
            index = kinds.setdefault(text(one, "kind"), {})
            for key, value in labels_of(one).items():
                index.setdefault((namespace(one), key, str(value)), set()).add(position)
        return kinds


def labels_of(manifest: Manifest) -> Mapping[str, Any]:
    """Return the labels that selectors go by: a Deployment's pods', any other object's own."""
    within = ("spec", "template") if text(manifest, "kind") == "Deployment" else ()
    return table(manifest, *within, "metadata", "labels")


def _meets(labels: Mapping[str, Any], demand: Mapping[str, Any]) -> bool:
    """Say whether the labels meet one of a selector's `matchExpressions`."""
    key, operator, values = text(demand, "key"), text(demand, "operator"), words(demand, "values")
    match operator:
        case "In":
            return labels.get(key) in values
        case "NotIn":
            return labels.get(key) not in values
        case "Exists":
            return key in labels
        case "DoesNotExist":
            return key not in labels
        case _:
            return False
