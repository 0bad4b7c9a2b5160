"""The certificates that the gateway shows to the world, made and renewed by cert-manager."""

from constructs import Construct

from api_platform import names
from api_platform.context import PlatformContext
from api_platform.labels import platform_metadata
from api_platform.mesh.public_host import PublicHost, public_hosts
from imports.io.cert_manager import (
    Certificate,
    CertificateSpec,
    CertificateSpecIssuerRef,
    CertificateSpecPrivateKey,
    CertificateSpecPrivateKeyAlgorithm,
    CertificateSpecPrivateKeyRotationPolicy,
)


def certificates(scope: Construct, platform: PlatformContext) -> tuple[Certificate, ...]:
    """Ask for one certificate for each public host of the services."""
    return tuple(_certificate(scope, host) for host in public_hosts(platform))


def _certificate(scope: Construct, host: PublicHost) -> Certificate:
    """Ask for the host's certificate, into the Secret that the gateway reads; so it lies in the gateway's namespace.

    The key is ECDSA P-256: as strong as RSA of 3072 bits at a fraction of a handshake's cost. Each renewal makes a new
    one, so that a stolen key is worth one certificate's life.
    """
    return Certificate(
        scope,
        f"certificate-{host.credential}",
        metadata=platform_metadata(host.credential, names.GATEWAY_NAMESPACE),
        spec=CertificateSpec(
            dns_names=[host.name],
            secret_name=host.credential,
            issuer_ref=CertificateSpecIssuerRef(
                group="cert-manager.io", kind="ClusterIssuer", name=names.CERTIFICATE_ISSUER
            ),
            private_key=CertificateSpecPrivateKey(
                algorithm=CertificateSpecPrivateKeyAlgorithm.ECDSA,
                size=256,
                rotation_policy=CertificateSpecPrivateKeyRotationPolicy.ALWAYS,
            ),
        ),
    )
