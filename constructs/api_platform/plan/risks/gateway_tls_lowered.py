"""A public host takes plain text, or older TLS."""

from collections.abc import Iterator, Mapping
from typing import Any

from api_platform.plan.changes import DeployChanges
from api_platform.plan.object_changes import Action
from api_platform.plan.risks.risk import Danger, Risk
from api_platform.rules.finding import Manifest
from api_platform.rules.values import at, rows, table, text

_VERSIONS = ("TLS_AUTO", "TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3")


def gateway_tls_lowered(changes: DeployChanges) -> list[Risk]:
    """Find servers of Gateways that stop redirecting to HTTPS, end TLS, or accept an older version of it."""
    return [
        Risk(Danger.WEAKENS, str(change.key), f"server {name}: {value}", "What people send can be read on its way.")
        for change in changes.of_kind("Gateway", Action.UPDATE)
        for name, before, after in _servers(change.old, change.new)
        for value in _lowered(before, after)
    ]


def _servers(before: Manifest, after: Manifest) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Yield name, and TLS settings before and after, of each server that is on both sides."""
    old = {text(one, "port", "name"): one for one in rows(before, "spec", "servers")}
    for server in rows(after, "spec", "servers"):
        name = text(server, "port", "name")
        if name in old:
            yield name, table(old[name], "tls"), table(server, "tls")


def _lowered(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    if at(before, "httpsRedirect") is True and at(after, "httpsRedirect") is not True:
        yield "no longer redirects to HTTPS"
    if before.get("mode") and not after.get("mode"):
        yield "no longer ends TLS"
    old, new = (_VERSIONS.index(_version(side)) for side in (before, after))
    if new < old:
        yield f"accepts {_version(after)}; it was {_version(before)} at the least"


def _version(tls: Mapping[str, Any]) -> str:
    version = text(tls, "minProtocolVersion")
    return version if version in _VERSIONS else "TLS_AUTO"
