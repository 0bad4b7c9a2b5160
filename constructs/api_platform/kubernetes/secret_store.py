"""Where the environment's secrets are kept, and by whose rights they are read."""

from constructs import Construct

from api_platform import names
from api_platform.environment import ChartEnvironment
from api_platform.labels import platform_metadata
from imports.io.external_secrets import (
    SecretStore,
    SecretStoreSpec,
    SecretStoreSpecProvider,
    SecretStoreSpecProviderAws,
    SecretStoreSpecProviderAwsAuth,
    SecretStoreSpecProviderAwsAuthJwt,
    SecretStoreSpecProviderAwsAuthJwtServiceAccountRef,
    SecretStoreSpecProviderAwsService,
)


def secret_store(scope: Construct, environment: ChartEnvironment) -> SecretStore:
    """Read AWS Secrets Manager as the namespace's own ServiceAccount, whose role may read these secrets and no others.

    A store of the namespace, not of the cluster: the operator's own rights, which all could borrow, stay empty.
    """
    reader = SecretStoreSpecProviderAwsAuthJwtServiceAccountRef(name=names.SECRET_READER)
    return SecretStore(
        scope,
        f"secret-store-{names.SECRET_STORE}",
        metadata=platform_metadata(names.SECRET_STORE, names.namespace_name(environment)),
        spec=SecretStoreSpec(
            provider=SecretStoreSpecProvider(
                aws=SecretStoreSpecProviderAws(
                    service=SecretStoreSpecProviderAwsService.SECRETS_MANAGER,
                    region=environment.region,
                    auth=SecretStoreSpecProviderAwsAuth(
                        jwt=SecretStoreSpecProviderAwsAuthJwt(service_account_ref=reader)
                    ),
                )
            )
        ),
    )
