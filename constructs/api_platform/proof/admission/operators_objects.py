"""Broken objects of the other operators: KEDA, external-secrets, cert-manager, Prometheus."""

from collections.abc import Sequence

from api_platform import names
from api_platform.proof.admission.broken import Broken, broken
from api_platform.proof.mesh_analysis.draft import put, remove

_SCALED = "ScaledObject media-processor"
_TRIGGER = "TriggerAuthentication media-processor"
_SECRET = "ExternalSecret api-service-database"
_STORE = "SecretStore secrets-manager"
_CERTIFICATE = f"Certificate {names.GATEWAY_NAMESPACE}/api-tls"
_ISSUER = "ClusterIssuer public"
_MONITOR = "ServiceMonitor api-service"
_PROXIES = "PodMonitor istio-proxies"
_RULES = "PrometheusRule api-service"


def broken_scaling() -> Sequence[Broken]:
    """Return the broken ones of a ScaledObject and a TriggerAuthentication."""
    return (
        broken(
            "A minimum above a ScaledObject's maximum",
            "minReplicaCount must be less than or equal to maxReplicaCount",
            put(_SCALED, "spec minReplicaCount", 1000),
        ),
        broken("Nothing to scale", "spec.scaleTargetRef: Required value", remove(_SCALED, "spec scaleTargetRef")),
        broken(
            "A trigger without a type", "spec.triggers[0].type: Required value", remove(_SCALED, "spec triggers 0 type")
        ),
        broken(
            "A queue's length as a number",
            "queueLength in body must be of type string",
            put(_SCALED, "spec triggers 0 metadata queueLength", 10),
        ),
        broken(
            "An unknown fallback",
            'spec.fallback.behavior: Unsupported value: "static-or-more"',
            put(_SCALED, "spec fallback behavior", "static-or-more"),
        ),
        broken(
            "An unknown identity",
            'podIdentity.provider: Unsupported value: "irsa"',
            put(_TRIGGER, "spec podIdentity provider", "irsa"),
        ),
    )


def broken_secrets() -> Sequence[Broken]:
    """Return the broken ones of a secret and its store, a certificate and its issuer."""
    aws = "spec provider aws"
    return (
        broken(
            "An unknown kind of store",
            'secretStoreRef.kind: Unsupported value: "SecretsManager"',
            put(_SECRET, "spec secretStoreRef kind", "SecretsManager"),
        ),
        broken(
            "An unknown owner of the secret",
            'target.creationPolicy: Unsupported value: "Own"',
            put(_SECRET, "spec target creationPolicy", "Own"),
        ),
        broken(
            "A secret without its key", "extract.key: Required value", remove(_SECRET, "spec dataFrom 0 extract key")
        ),
        broken("A store without a region", "spec.provider.aws.region: Required value", remove(_STORE, f"{aws} region")),
        broken(
            "An unknown service of AWS",
            'provider.aws.service: Unsupported value: "SecretManager"',
            put(_STORE, f"{aws} service", "SecretManager"),
        ),
        broken(
            "A certificate without an issuer", "spec.issuerRef: Required value", remove(_CERTIFICATE, "spec issuerRef")
        ),
        broken(
            "An unknown kind of key",
            'privateKey.algorithm: Unsupported value: "EC"',
            put(_CERTIFICATE, "spec privateKey algorithm", "EC"),
        ),
        broken("An issuer without a server", "spec.acme.server: Required value", remove(_ISSUER, "spec acme server")),
    )


def broken_monitoring() -> Sequence[Broken]:
    """Return the broken ones of the monitors and a PrometheusRule."""
    return (
        broken(
            "An interval in words",
            'interval: Invalid value: "30 seconds"',
            put(_MONITOR, "spec endpoints 0 interval", "30 seconds"),
        ),
        broken("A monitor that selects nothing", "spec.selector: Required value", remove(_MONITOR, "spec selector")),
        broken(
            "An unknown relabelling",
            'metricRelabelings[0].action: Unsupported value: "kept"',
            put(_PROXIES, "spec podMetricsEndpoints 0 metricRelabelings 0 action", "kept"),
        ),
        broken(
            "An alert that waits in words",
            'for: Invalid value: "2 minutes"',
            put(_RULES, "spec groups 1 rules 0 for", "2 minutes"),
        ),
        broken(
            "Two groups of one name",
            'spec.groups[1]: Duplicate value: {"name":"api-service.records"}',
            put(_RULES, "spec groups 1 name", "api-service.records"),
        ),
        broken(
            "A rule without an expression",
            "rules[0].expr: Required value",
            remove(_RULES, "spec groups 0 rules 0 expr"),
        ),
    )
