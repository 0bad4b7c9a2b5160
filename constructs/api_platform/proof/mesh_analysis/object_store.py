"""Objects as an API server keeps them: found by group, plural name, namespace, name and labels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from api_platform.rules.finding import Manifest
from api_platform.rules.values import table, text

_CORE_PLURALS: Mapping[str, str] = {
    "ConfigMap": "configmaps",
    "CustomResourceDefinition": "customresourcedefinitions",
    "Deployment": "deployments",
    "Namespace": "namespaces",
    "Node": "nodes",
    "Pod": "pods",
    "Secret": "secrets",
    "Service": "services",
}
"""Kind -> the name in its path: those of Kubernetes' own kinds that istioctl asks for. Others need no answer."""
_VERSION = "1"
"""Nothing ever changes, so every object and list has the same."""


@dataclass(frozen=True)
class Question:
    """What a request asks for. Its version is passed over: each kind has one here."""

    group: str
    plural: str
    namespace: str | None
    name: str | None
    labels: Mapping[str, str]

    @classmethod
    def of(cls, target: str) -> "Question | None":
        """Read it from path and query; None where the path is none of resources.

        Raises ValueError on a label selector that is more than `key=value`s: an answer that passes over it would be
        wrong in silence. Field selectors are passed over: istioctl's leave out Helm's releases and kube-system.
        """
        url = urlsplit(target)
        match url.path.strip("/").split("/"):
            case ["api", "v1", *rest]:
                group = ""
            case ["apis", group, _, *rest]:
                pass
            case _:
                return None
        labels = _equalities(parse_qs(url.query).get("labelSelector", [""])[0])
        match rest:
            case ["namespaces", namespace, plural, *name]:
                return cls(group, plural, namespace, name[0] if name else None, labels)
            case [plural, *name]:
                return cls(group, plural, None, name[0] if name else None, labels)
            case _:
                return None


@dataclass(frozen=True)
class Store:
    """Objects by group and plural name."""

    found: Mapping[tuple[str, str], Sequence[Manifest]]

    @classmethod
    def of(cls, objects: Iterable[Manifest]) -> "Store":
        """Sort the objects. Those whose kind neither a CRD among them nor our table knows are left out."""
        all_objects = tuple(objects)
        crds = [one["spec"] for one in all_objects if one["kind"] == "CustomResourceDefinition"]
        plurals = {(spec["group"], spec["names"]["kind"]): spec["names"]["plural"] for spec in crds}
        found: dict[tuple[str, str], list[Manifest]] = {}
        for one in all_objects:
            group = one["apiVersion"].rpartition("/")[0]
            plural = plurals.get((group, one["kind"])) or _CORE_PLURALS.get(one["kind"])
            if plural:
                found.setdefault((group, plural), []).append(one)
        return cls(found)

    def answer(self, question: Question) -> Manifest | None:
        """Return the list asked for, an empty one where no such objects are; or the one object, or None."""
        chosen = [_live(one) for one in self.found.get((question.group, question.plural), ()) if _fits(one, question)]
        if question.name:
            return next(iter(chosen), None)
        # Without a kind of its own: a client takes it for the list of the kind that it asked for.
        return {"metadata": {"resourceVersion": _VERSION}, "items": chosen}


def _equalities(selector: str) -> Mapping[str, str]:
    pairs = [pair.partition("=") for pair in selector.split(",") if pair]
    if any(not sign or key.endswith("!") or " " in key for key, sign, _ in pairs):
        raise ValueError(f"label selector {selector!r}: only key=value can be answered here")
    return {key: value.removeprefix("=") for key, _, value in pairs}


def _fits(one: Manifest, question: Question) -> bool:
    metadata = table(one, "metadata")
    return (
        question.namespace in {None, metadata.get("namespace")}
        and question.name in {None, metadata.get("name")}
        and question.labels.items() <= table(metadata, "labels").items()
    )


def _live(one: Manifest) -> dict[str, Any]:
    """Return the object with what an API server adds to each."""
    metadata = table(one, "metadata")
    uid = "/".join((text(one, "kind"), text(metadata, "namespace"), text(metadata, "name")))
    return {**one, "metadata": {**metadata, "resourceVersion": _VERSION, "uid": uid, "generation": 1}}
