"""By what an item of a list is the same on both sides, and in which lists the order means something."""

from collections.abc import Mapping
from typing import Final

from api_platform.rules.values import at

MERGE_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "Policies": ("PolicyName",),  # of an IAM role
    "Tags": ("Key",),
    "configPatches": ("applyTo",),
    "containerPolicies": ("containerName",),
    "containers": ("name",),
    "data": ("secretKey",),  # of an ExternalSecret
    "endpoints": ("port",),
    "env": ("name",),
    "envFrom": ("configMapRef.name", "secretRef.name"),
    "groups": ("name",),
    "http": ("name",),
    "imagePullSecrets": ("name",),
    "initContainers": ("name",),
    "items": ("key",),  # of a mounted ConfigMap
    "limits": ("type",),
    "metrics": ("containerResource.name+containerResource.container", "resource.name", "external.metric.name"),
    "podMetricsEndpoints": ("port",),
    "policies": ("type+periodSeconds",),  # of an autoscaler's behavior
    "ports": ("name", "containerPort+protocol", "port+protocol"),
    "providers": ("name",),
    "rules": ("alert", "record"),  # of a PrometheusRule; those of policies have neither
    "servers": ("port.name", "port.number"),
    "subjects": ("kind+name",),
    "topologySpreadConstraints": ("topologyKey",),
    "triggers": ("type",),
    "volumeMounts": ("mountPath",),
    "volumes": ("name",),
}
"""A list's key -> what names an item of it: the first of these that it has. `+` joins fields, dots lead inside."""
ORDERED: Final = frozenset(
    {"args", "command", "configPatches", "http", "initContainers", "metricRelabelings", "relabelings"}
)
"""Lists in which the order means something: the first match wins, the first container runs first."""


def merge_key(list_name: str, item: object) -> str | None:
    """Return what names an item among those of its list; None where nothing does. Plain values name themselves."""
    if not isinstance(item, dict | list):
        return str(item)
    for fields in MERGE_KEYS.get(list_name, ()):
        values = [at(item, *field.split(".")) for field in fields.split("+")]
        if values[0] is not None:
            return "/".join(str(value) for value in values if value is not None)
    return None
