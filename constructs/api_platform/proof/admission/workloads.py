"""Broken workloads: Deployments, and what their pods read."""

from collections.abc import Sequence

from api_platform.proof.admission.broken import Broken, broken, broken_change
from api_platform.proof.mesh_analysis.draft import put, remove

_PODS = "Deployment api-service"
_TEMPLATE = "spec template spec"
_CONTAINER = f"{_TEMPLATE} containers 0"
_LONG = "a" * 64


def broken_workloads() -> Sequence[Broken]:
    """Return the broken ones of a Deployment, a ConfigMap and a ServiceAccount."""
    stranger = {"app.kubernetes.io/name": "api"}
    exec_too = {"command": ["sleep", "15"]}
    return (
        broken(
            "A selector that does not fit the template",
            "`selector` does not match template `labels`",
            put(_PODS, "spec selector matchLabels", stranger),
        ),
        broken_change(
            "Another selector for a live Deployment",
            'spec.selector: Invalid value: {"matchLabels":{"app":',
            put(_PODS, "spec selector matchLabels", {"app": "api-service"}),
        ),
        broken("A misspelled field", 'unknown field "spec.minReadySecond"', put(_PODS, "spec minReadySecond", 10)),
        broken(
            "Neither surge nor unavailable pods",
            "may not be 0 when `maxSurge` is 0",
            put(_PODS, "spec strategy rollingUpdate maxSurge", 0),
        ),
        broken(
            "A request above its limit",
            "must be less than or equal to memory limit of",
            put(_PODS, f"{_CONTAINER} resources requests memory", "64Gi"),
        ),
        broken(
            "A misspelled unit",
            "quantities must match the regular expression",
            put(_PODS, f"{_CONTAINER} resources limits memory", "768MiB"),
        ),
        broken(
            "No image", "spec.template.spec.containers[0].image: Required value", remove(_PODS, f"{_CONTAINER} image")
        ),
        broken(
            "A container's name with a capital letter",
            'containers[0].name: Invalid value: "Api"',
            put(_PODS, f"{_CONTAINER} name", "Api"),
        ),
        broken(
            "A mount of a volume that is not there",
            'volumeMounts[0].name: Not found: "tmp"',
            remove(_PODS, f"{_TEMPLATE} volumes 0"),
        ),
        broken(
            "A probe of a port above 65535",
            "livenessProbe.httpGet.port: Invalid value: 70000",
            put(_PODS, f"{_CONTAINER} livenessProbe httpGet port", 70000),
        ),
        broken(
            "Two ways to stop",
            "may not specify more than 1 handler type",
            put(_PODS, f"{_CONTAINER} lifecycle preStop exec", exec_too),
        ),
        broken(
            "A pause longer than the grace",
            "must be non-negative and less than terminationGracePeriodSeconds",
            put(_PODS, f"{_CONTAINER} lifecycle preStop sleep seconds", 86_400),
        ),
        broken(
            "A label's value with a space",
            'metadata.labels: Invalid value: "platform team"',
            put(_PODS, "metadata labels team", "platform team"),
        ),
        broken(
            "A label's value of 64 letters", "must be no more than 63 bytes", put(_PODS, "metadata labels team", _LONG)
        ),
        broken(
            "A name with an underscore",
            'metadata.name: Invalid value: "api_service',
            put(_PODS, "metadata name", "api_service"),
        ),
        broken(
            "Spread by a skew of 0",
            "maxSkew: Invalid value: 0: must be greater than zero",
            put(_PODS, f"{_TEMPLATE} topologySpreadConstraints 0 maxSkew", 0),
        ),
        broken(
            "An API that is gone", "could not find the requested resource", put(_PODS, "apiVersion", "apps/v1beta2")
        ),
        broken(
            "A setting that is no text",
            "cannot unmarshal number into Go struct field ConfigMap.data of type string",
            put("ConfigMap api-service", "data PORT", 8080),
        ),
        broken(
            "A setting's name with a slash",
            "a valid config key must consist of",
            put("ConfigMap api-service", "data LOG/LEVEL", "info"),
        ),
        broken(
            "A truth value as text",
            "automountServiceAccountToken of type bool",
            put("ServiceAccount api-service", "automountServiceAccountToken", "false"),
        ),
    )
