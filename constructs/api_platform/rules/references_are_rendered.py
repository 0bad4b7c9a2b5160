"""What an object refers to by name is rendered too."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from api_platform.environment import Environment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, name, namespace, title
from api_platform.rules.pods import containers, pod
from api_platform.rules.values import rows, table, text, words
from api_platform.service import Service

RULE = rule_name(__name__)
_OF_THE_CLUSTER = ("ClusterIssuer", "ClusterSecretStore", "PriorityClass", "StorageClass")
_KUBERNETES_OWN = ("system-cluster-critical", "system-node-critical")

Reference = tuple[str, str | None, str]
"""Kind, namespace, name."""
Named = tuple[str, str]
"""Kind and name, or namespace/name."""


def references_are_rendered(_environment: Environment, _services: Sequence[Service], objects: Objects) -> list[Finding]:
    """Refuse a reference to a ConfigMap, Secret, class, store, gateway or the like that nothing makes.

    The API server takes them all: the pod then waits in ContainerCreating, the route is never used, the secret never
    comes.
    """
    made = {*_secrets(objects), *((text(one, "kind"), namespace(one), name(one)) for one in objects)}
    return [
        Finding(
            RULE,
            objects.subject(one),
            f"{title(one)} refers to {kind}/{called} in {where or 'the cluster'}, which is not rendered",
            "What an object refers to by name is rendered beside it.",
            "Render it, or correct the name.",
        )
        for one in objects
        for kind, where, called in sorted(set(_references(one)), key=str)
        if called and (kind, where, called) not in made
    ]


def _secrets(objects: Objects) -> Iterator[Reference]:
    """Yield the Secrets that operators make."""
    for one in objects.of_kind("ExternalSecret"):
        yield "Secret", namespace(one), text(one, "spec", "target", "name") or name(one)
    for one in objects.of_kind("Certificate"):
        yield "Secret", namespace(one), text(one, "spec", "secretName")


def _references(one: Manifest) -> Iterator[Reference]:
    """Yield what the object refers to, in its own namespace unless it says another or the kind has none."""
    for kind, called in _READERS.get(text(one, "kind"), _none)(one):
        scope, _, short = called.rpartition("/")
        yield kind, None if kind in _OF_THE_CLUSTER else scope or namespace(one), short


def _none(_one: Manifest) -> Iterator[Named]:
    yield from ()


def _of_deployment(one: Manifest) -> Iterator[Named]:
    yield "ServiceAccount", text(pod(one), "serviceAccountName")
    priority = text(pod(one), "priorityClassName")
    yield "PriorityClass", "" if priority in _KUBERNETES_OWN else priority
    yield from _of_volumes(one)
    yield from _of_variables(one)


def _of_scaled_object(one: Manifest) -> Iterator[Named]:
    for trigger in rows(one, "spec", "triggers"):
        yield "TriggerAuthentication", text(trigger, "authenticationRef", "name")


def _of_external_secret(one: Manifest) -> Iterator[Named]:
    store = table(one, "spec", "secretStoreRef")
    yield text(store, "kind") or "SecretStore", text(store, "name")


def _of_secret_store(one: Manifest) -> Iterator[Named]:
    yield "ServiceAccount", text(one, "spec", "provider", "aws", "auth", "jwt", "serviceAccountRef", "name")


def _of_virtual_service(one: Manifest) -> Iterator[Named]:
    for gateway in words(one, "spec", "gateways"):
        yield "Gateway", "" if gateway == "mesh" else gateway


def _of_gateway(one: Manifest) -> Iterator[Named]:
    for server in rows(one, "spec", "servers"):
        yield "Secret", text(server, "tls", "credentialName")


def _of_certificate(one: Manifest) -> Iterator[Named]:
    yield text(one, "spec", "issuerRef", "kind") or "Issuer", text(one, "spec", "issuerRef", "name")


def _of_volumes(deployment: Manifest) -> Iterator[Named]:
    for volume in rows(pod(deployment), "volumes"):
        for source in (volume, *rows(volume, "projected", "sources")):
            yield from _unless_optional("ConfigMap", table(source, "configMap"), "name")
            secret = table(source, "secret")
            yield from _unless_optional("Secret", secret, "secretName" if "secretName" in secret else "name")
        yield "PersistentVolumeClaim", text(volume, "persistentVolumeClaim", "claimName")
        yield "StorageClass", text(volume, "ephemeral", "volumeClaimTemplate", "spec", "storageClassName")


def _of_variables(deployment: Manifest) -> Iterator[Named]:
    for container in containers(deployment):
        for source in rows(container, "envFrom"):
            yield from _unless_optional("ConfigMap", table(source, "configMapRef"), "name")
            yield from _unless_optional("Secret", table(source, "secretRef"), "name")
        for variable in rows(container, "env"):
            yield from _unless_optional("ConfigMap", table(variable, "valueFrom", "configMapKeyRef"), "name")
            yield from _unless_optional("Secret", table(variable, "valueFrom", "secretKeyRef"), "name")


def _unless_optional(kind: str, source: Mapping[str, Any], key: str) -> Iterator[Named]:
    if not source.get("optional"):
        yield kind, text(source, key)


_READERS: Mapping[str, Callable[[Manifest], Iterator[Named]]] = {
    "Certificate": _of_certificate,
    "Deployment": _of_deployment,
    "ExternalSecret": _of_external_secret,
    "Gateway": _of_gateway,
    "ScaledObject": _of_scaled_object,
    "SecretStore": _of_secret_store,
    "VirtualService": _of_virtual_service,
}
