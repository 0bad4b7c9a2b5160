"""Where the world comes in: TLS ends here, and plain HTTP is sent on to HTTPS."""

from collections.abc import Sequence

from constructs import Construct

from api_platform import names
from api_platform.context import PlatformContext
from api_platform.labels import platform_metadata
from api_platform.mesh.public_host import PublicHost, public_hosts
from imports.io.istio.networking import (
    Gateway,
    GatewaySpec,
    GatewaySpecServers,
    GatewaySpecServersPort,
    GatewaySpecServersTls,
    GatewaySpecServersTlsMinProtocolVersion,
    GatewaySpecServersTlsMode,
)

GATEWAY_NAME = "public"
"""The Gateway object, which routes name as <namespace>/<name>."""


def gateway(scope: Construct, platform: PlatformContext) -> Gateway | None:
    """Open ports 80 and 443 for the services' public hosts; None where there is no such host."""
    hosts = public_hosts(platform)
    if not hosts:
        return None
    return Gateway(
        scope,
        f"gateway-{GATEWAY_NAME}",
        metadata=platform_metadata(GATEWAY_NAME, names.GATEWAY_NAMESPACE),
        spec=GatewaySpec(
            selector=names.GATEWAY_SELECTOR,
            servers=[_redirect(hosts), *(_server(host) for host in hosts)],
        ),
    )


def _redirect(hosts: Sequence[PublicHost]) -> GatewaySpecServers:
    # The load balancer passes TCP through. Were TLS to end there, this redirect would go round for ever.
    return GatewaySpecServers(
        hosts=[host.name for host in hosts],
        port=GatewaySpecServersPort(name="http", number=80, protocol="HTTP"),
        tls=GatewaySpecServersTls(https_redirect=True),
    )


def _server(host: PublicHost) -> GatewaySpecServers:
    # One server and one certificate a host: a browser takes an HTTP/2 connection for every host that its certificate
    # names, and a server that does not know the second host answers 404.
    return GatewaySpecServers(
        hosts=[host.name],
        port=GatewaySpecServersPort(name=f"https-{host.subdomain}", number=443, protocol="HTTPS"),
        tls=GatewaySpecServersTls(
            mode=GatewaySpecServersTlsMode.SIMPLE,
            credential_name=host.credential,
            min_protocol_version=GatewaySpecServersTlsMinProtocolVersion.TLSV1_UNDERSCORE_2,
        ),
    )
