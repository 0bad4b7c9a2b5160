"""Each public host is served by the gateway under a certificate of its own."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api_platform.environment import Environment
from api_platform.rules.finding import PLATFORM, Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, name, namespace, title
from api_platform.rules.values import rows, text, words
from api_platform.service import Service

RULE = rule_name(__name__)
_CLUSTER = ".svc.cluster.local"

Server = Mapping[str, Any]


def public_hosts_have_their_own_certificate(
    _environment: Environment, _services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a public host that no TLS server serves, and a server without a certificate for it, or with another's.

    A browser reuses an HTTP/2 connection for every host on its certificate: one certificate over two servers, and the
    second host is answered 404.
    """
    return [*_of_servers(objects), *_of_routes(objects)]


def _of_servers(objects: Objects) -> Iterator[Finding]:
    certificates = {(namespace(one), text(one, "spec", "secretName")): one for one in objects.of_kind("Certificate")}
    secured = [(gateway, server) for gateway in objects.of_kind("Gateway") for server in _tls_servers(gateway)]
    times = Counter((namespace(gateway), text(server, "tls", "credentialName")) for gateway, server in secured)
    for gateway, server in secured:
        credential = text(server, "tls", "credentialName")
        covered = words(certificates.get((namespace(gateway), credential), {}), "spec", "dnsNames")
        missing = sorted(set(_hosts(server)) - set(covered))
        if missing:
            yield _finding(
                PLATFORM, f"{title(gateway)}: no certificate {credential or 'at all'} for {', '.join(missing)}"
            )
        if len(covered) > 1 or times[namespace(gateway), credential] > 1:
            yield _finding(PLATFORM, f"{title(gateway)}: certificate {credential} is for more than one host or server")


def _of_routes(objects: Objects) -> Iterator[Finding]:
    served = {
        (f"{namespace(gateway)}/{name(gateway)}", host)
        for gateway in objects.of_kind("Gateway")
        for server in _tls_servers(gateway)
        for host in _hosts(server)
    }
    for routing in objects.of_kind("VirtualService"):
        for host in words(routing, "spec", "hosts"):
            gateways = words(routing, "spec", "gateways")
            if not host.endswith(_CLUSTER) and not any((gateway, host) in served for gateway in gateways):
                yield _finding(
                    objects.subject(routing), f"{title(routing)}: no TLS server of its gateways serves {host}"
                )


def _tls_servers(gateway: Manifest) -> list[Server]:
    """Return the servers where TLS ends; a redirect to them ends none."""
    return [one for one in rows(gateway, "spec", "servers") if text(one, "tls", "mode") in ("SIMPLE", "MUTUAL")]


def _hosts(server: Server) -> list[str]:
    """Return the server's hosts, without the namespace that may stand before each."""
    return [host.rpartition("/")[2] for host in words(server, "hosts")]


def _finding(subject: str, value: str) -> Finding:
    return Finding(
        RULE,
        subject,
        value,
        "Each public host has one TLS server, and that a certificate for this host alone, in the gateway's namespace.",
        "Let servers and certificates follow from exposure.subdomain.",
    )
