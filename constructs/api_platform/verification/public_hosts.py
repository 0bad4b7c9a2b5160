"""Whether the public hosts of an environment answer that they are ready."""

import http.client
import socket
import ssl
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

from api_platform import names
from api_platform.environment import Environment
from api_platform.errors import InputError
from api_platform.service.exposure import READINESS_PATH
from api_platform.services import all_services
from api_platform.verification.result import VerificationResult

_HTTPS: Final = 443
_ANSWER_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 5.0


@dataclass(frozen=True)
class Gateway:
    """Where to connect to instead of asking DNS for a host, as curl's --connect-to does it."""

    host: str
    port: int

    @classmethod
    def parse(cls, address: str) -> "Gateway":
        """Return the gateway at `HOST:PORT`. Raises InputError on anything else."""
        host, _, port = address.rpartition(":")
        if not host or not port.isascii() or not port.isdecimal() or not 0 < int(port) < 2**16:
            raise InputError(f"gateway {address!r}: is not HOST:PORT. Write e.g. 127.0.0.1:8443.")
        return cls(host, int(port))


def public_hosts(environment: Environment) -> list[str]:
    """Return the hosts at which the world calls the environment's services."""
    workloads = [workload for service in all_services(environment) for workload in service.workloads]
    subdomains = [workload.exposure.subdomain for workload in workloads if workload.exposure]
    return [names.public_host(environment, subdomain) for subdomain in subdomains if subdomain]


def verify_public_hosts(
    environment: Environment, *, gateway: Gateway | None = None, timeout_seconds: float
) -> VerificationResult:
    """Ask each host for its readiness until it answers 200, at most for so long: load balancers and DNS lag behind.

    Certificates are checked: against the system's authorities, or those in the file that SSL_CERT_FILE names.
    """
    hosts, until = public_hosts(environment), time.monotonic() + timeout_seconds
    with ThreadPoolExecutor(max_workers=max(len(hosts), 1)) as pool:
        answers = list(pool.map(partial(_until_ready, gateway=gateway, until=until), hosts))
    failures = [
        f"https://{host}{READINESS_PATH}: {answer} after {timeout_seconds:.0f} s."
        for host, answer in zip(hosts, answers, strict=True)
        if answer is not None
    ]
    return VerificationResult(_summary(hosts, failures), failures)


def _summary(hosts: Sequence[str], failures: Sequence[str]) -> str:
    return f"public hosts: {len(hosts) - len(failures)} of {len(hosts)} are ready"


def _until_ready(host: str, *, gateway: Gateway | None, until: float) -> str | None:
    """Return None once the host is ready, or what it said last."""
    while (answer := _ask(host, gateway or Gateway(host, _HTTPS))) is not None:
        if time.monotonic() + _PAUSE_SECONDS > until:
            return answer
        time.sleep(_PAUSE_SECONDS)
    return None


def _ask(host: str, gateway: Gateway) -> str | None:
    """Return None where the host answers 200, else why not."""
    connection = http.client.HTTPSConnection(host)
    try:
        raw = socket.create_connection((gateway.host, gateway.port), timeout=_ANSWER_SECONDS)
        with raw, ssl.create_default_context().wrap_socket(raw, server_hostname=host) as connection.sock:
            connection.request("GET", READINESS_PATH)
            answer = connection.getresponse()
    except (OSError, http.client.HTTPException) as error:
        return f"no answer ({error})"
    return None if answer.status == http.client.OK else f"answered {answer.status} {answer.reason}"
