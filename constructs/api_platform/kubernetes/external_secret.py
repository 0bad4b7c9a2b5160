"""A secret of AWS Secrets Manager, kept up to date as a Kubernetes Secret; its content passes through no manifest."""

from constructs import Construct

from api_platform import names
from api_platform.context import WorkloadContext
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


def external_secret(scope: Construct, context: WorkloadContext, secret: str) -> ExternalSecret:
    """Copy every key of the secret into a Kubernetes Secret of the workload's own, which goes when this object goes."""
    name = f"{context.name}-{secret}"
    return ExternalSecret(
        scope,
        f"external-secret-{name}",
        metadata=context.metadata(name),
        spec=ExternalSecretSpec(
            refresh_interval=REFRESH_INTERVAL,
            secret_store_ref=ExternalSecretSpecSecretStoreRef(
                kind=ExternalSecretSpecSecretStoreRefKind.SECRET_STORE, name=names.SECRET_STORE
            ),
            target=ExternalSecretSpecTarget(name=name, creation_policy=ExternalSecretSpecTargetCreationPolicy.OWNER),
            data_from=[
                ExternalSecretSpecDataFrom(
                    extract=ExternalSecretSpecDataFromExtract(key=names.secret_name(context.environment, secret))
                )
            ],
        ),
    )
