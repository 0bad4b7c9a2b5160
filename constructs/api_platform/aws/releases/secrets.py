"""External Secrets, which copies from AWS Secrets Manager; and cert-manager, which gets the public certificates."""

from api_platform import names
from api_platform.aws.helm_release import HelmRelease
from api_platform.environment import Environment

EXTERNAL_SECRETS_VERSION = "2.9.0"
CERT_MANAGER_VERSION = "v1.21.2"


def external_secrets() -> HelmRelease:
    """Return the release. It has no role: each SecretStore names the ServiceAccount whose role reads."""
    return HelmRelease(
        "external-secrets",
        "external-secrets",
        "https://charts.external-secrets.io",
        EXTERNAL_SECRETS_VERSION,
        names.EXTERNAL_SECRETS_NAMESPACE,
        {"installCRDs": True},
    )


def cert_manager(environment: Environment) -> HelmRelease:
    """Return the release. Its controller proves our domains in Route 53, under a role of its own."""
    return HelmRelease(
        "cert-manager",
        "cert-manager",
        "https://charts.jetstack.io",
        CERT_MANAGER_VERSION,
        names.CERT_MANAGER_NAMESPACE,
        {
            "crds": {"enabled": True},
            "serviceAccount": {
                "name": names.CERT_MANAGER,
                "annotations": {names.ROLE_ARN_ANNOTATION: names.role_arn(environment, names.CERT_MANAGER)},
            },
        },
    )
