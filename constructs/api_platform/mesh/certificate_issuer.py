"""Who signs the certificates that the gateway shows to the world."""

from constructs import Construct

from api_platform import names
from api_platform.environment import ChartEnvironment
from api_platform.labels import platform_metadata
from imports.io.cert_manager import (
    ClusterIssuer,
    ClusterIssuerSpec,
    ClusterIssuerSpecAcme,
    ClusterIssuerSpecAcmePrivateKeySecretRef,
    ClusterIssuerSpecAcmeSolvers,
    ClusterIssuerSpecAcmeSolversDns01,
    ClusterIssuerSpecAcmeSolversDns01Route53,
)

_DIRECTORY = "https://acme-v02.api.letsencrypt.org/directory"
_STAGING_DIRECTORY = "https://acme-staging-v02.api.letsencrypt.org/directory"
"""Signs with an authority that no browser trusts, and in return limits far more laxly how often it is asked."""


def certificate_issuer(scope: Construct, environment: ChartEnvironment) -> ClusterIssuer:
    """Ask Let's Encrypt, and prove our domain to it by a record in Route 53.

    By DNS, not over HTTP: port 80 redirects everything to HTTPS, for which there is no certificate yet.
    """
    return ClusterIssuer(
        scope,
        "cluster-issuer",
        metadata=platform_metadata(names.CERTIFICATE_ISSUER),
        spec=ClusterIssuerSpec(
            acme=ClusterIssuerSpecAcme(
                server=environment.choose(development=_STAGING_DIRECTORY, staging=_DIRECTORY, production=_DIRECTORY),
                email=environment.operations_email,
                private_key_secret_ref=ClusterIssuerSpecAcmePrivateKeySecretRef(
                    name=f"{names.CERTIFICATE_ISSUER}-account-key"
                ),
                solvers=[
                    ClusterIssuerSpecAcmeSolvers(
                        dns01=ClusterIssuerSpecAcmeSolversDns01(
                            route53=ClusterIssuerSpecAcmeSolversDns01Route53(
                                region=environment.region, hosted_zone_id=environment.hosted_zone_id
                            )
                        )
                    )
                ],
            )
        ),
    )
