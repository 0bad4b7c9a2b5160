"""The hosts that the world calls. Each has a certificate and a server of the gateway, which share one Secret."""

from collections.abc import Sequence
from dataclasses import dataclass

from api_platform import names
from api_platform.environment import Environment
from api_platform.service import Service


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


def public_hosts(environment: Environment, services: Sequence[Service]) -> tuple[PublicHost, ...]:
    """Return the public hosts of all services, in the services' order."""
    exposures = [workload.exposure for service in services for workload in service.workloads if workload.exposure]
    subdomains = [exposure.subdomain for exposure in exposures if exposure.subdomain]
    return tuple(PublicHost(subdomain, names.public_host(environment, subdomain)) for subdomain in subdomains)
