"""The hosts that the world calls. Each has a certificate and a server of the gateway, which share one Secret."""

from dataclasses import dataclass

from api_platform import names
from api_platform.context import PlatformContext


@dataclass(frozen=True)
class PublicHost:
    """One host that the world calls."""

    subdomain: str
    name: str
    """The full name, e.g. api.company.com."""

    @property
    def credential(self) -> str:
        """Return the Secret's name: the certificate is written there, and the gateway reads it there."""
        return f"{self.subdomain}-tls"


def public_hosts(platform: PlatformContext) -> tuple[PublicHost, ...]:
    """Return the public hosts of all services, in the services' order."""
    return tuple(PublicHost(one, names.public_host(platform.environment, one)) for one in platform.subdomains)
