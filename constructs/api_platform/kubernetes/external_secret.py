"""A secret of AWS Secrets Manager, kept up to date as a Kubernetes Secret; its content passes through no manifest."""

from cdk8s import ApiObjectMetadata
from constructs import Construct

from api_platform import names
from api_platform.environment import Environment
from api_platform.labels import standard_labels
from api_platform.service import Service, Workload
from imports.io.external_secrets import (
    ExternalSecret,
    ExternalSecretSpec,
    ExternalSecretSpecDataFrom,
    ExternalSecretSpecDataFromExtract,
    ExternalSecretSpecSecretStoreRef,
    ExternalSecretSpecSecretStoreRefKind,
    ExternalSecretSpecTarget,
    ExternalSecretSpecTargetCreationPolicy,
)

REFRESH_INTERVAL = "1h"
"""How soon a rotated secret arrives. Secrets Manager bills by the call."""


def external_secret(
    scope: Construct, environment: Environment, service: Service, workload: Workload, secret: str
) -> ExternalSecret:
    """Copy every key of the secret into a Kubernetes Secret of the workload's own, which goes when this object goes."""
    name = f"{workload.name}-{secret}"
    return ExternalSecret(
        scope,
        f"external-secret-{name}",
        metadata=ApiObjectMetadata(
            name=name, namespace=names.namespace(environment), labels=standard_labels(service, workload)
        ),
        spec=ExternalSecretSpec(
            refresh_interval=REFRESH_INTERVAL,
            secret_store_ref=ExternalSecretSpecSecretStoreRef(
                kind=ExternalSecretSpecSecretStoreRefKind.SECRET_STORE, name=names.SECRET_STORE
            ),
            target=ExternalSecretSpecTarget(name=name, creation_policy=ExternalSecretSpecTargetCreationPolicy.OWNER),
            data_from=[
                ExternalSecretSpecDataFrom(
                    extract=ExternalSecretSpecDataFromExtract(key=names.secret_name(environment, secret))
                )
            ],
        ),
    )
