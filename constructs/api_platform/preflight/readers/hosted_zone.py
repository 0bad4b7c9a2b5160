"""The hosted zone of the environment's domain, and who delegates it.

DNS itself is not asked: the standard library cannot ask for NS records. Whoever is above the zone is asked instead, as
far as the same account holds it: the hosted zone of a domain above, or the registration of the domain.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from api_platform.preflight.account_reading import HostedZone
from api_platform.preflight.inquiry import Inquiry

_REGISTRATIONS: Final = "us-east-1"
"""The only region where Route 53 tells of registered domains."""

Delegation = tuple[frozenset[str], str]
"""The name servers of a domain, and who names them."""


def read_hosted_zone(inquiry: Inquiry) -> Mapping[str, HostedZone]:
    """Return the environment's zone by its id; nothing where there is none of this id."""
    wanted, route53 = inquiry.environment.hosted_zone_id, inquiry.client("route53")
    try:
        answer = route53.get_hosted_zone(Id=wanted)
    except route53.exceptions.NoSuchHostedZone:
        return {}
    zone = answer["HostedZone"]
    name, private = _plain(zone["Name"]), bool(zone["Config"]["PrivateZone"])
    servers = frozenset(_plain(server) for server in answer.get("DelegationSet", {}).get("NameServers", []))
    asked = partial(_delegation, inquiry, route53, name)
    delegation = None if private else inquiry.ask(f"see who delegates {name}", asked)
    if delegation is None:
        if not private:
            _leave_out(inquiry, name, servers)
        return {wanted: HostedZone(name, private, servers, None)}
    return {wanted: HostedZone(name, private, servers, *delegation)}


def _delegation(inquiry: Inquiry, route53: Any, name: str) -> Delegation | None:
    """Return what is said above the zone; None where this account cannot tell."""
    for above in _above(name):
        if zone := _public_zone(route53, above):
            return frozenset(_name_servers(route53, zone, name)), f"the hosted zone of {above}"
    registered = inquiry.ask(f"read the registration of {name}", partial(_registered, inquiry, name))
    return (registered, "the registration of the domain") if registered else None


def _above(name: str) -> Iterator[str]:
    """Yield the domains above, the nearest first; without the top-level one."""
    labels = name.split(".")
    return (".".join(labels[first:]) for first in range(1, len(labels) - 1))


def _public_zone(route53: Any, name: str) -> str | None:
    """Return the id of the account's public zone of exactly this domain."""
    zones = route53.list_hosted_zones_by_name(DNSName=name)["HostedZones"]
    public = (one["Id"] for one in zones if _plain(one["Name"]) == name and not one["Config"]["PrivateZone"])
    return next(public, None)


def _name_servers(route53: Any, zone: str, name: str) -> Iterator[str]:
    """Yield the name servers to which the zone above delegates the domain."""
    answer = route53.list_resource_record_sets(
        HostedZoneId=zone, StartRecordName=name, StartRecordType="NS", MaxItems="1"
    )
    for record in answer["ResourceRecordSets"]:
        if record["Type"] == "NS" and _plain(record["Name"]) == name:
            yield from (_plain(one["Value"]) for one in record["ResourceRecords"])


def _registered(inquiry: Inquiry, name: str) -> frozenset[str] | None:
    domains = inquiry.client("route53domains", _REGISTRATIONS)
    try:
        answer = domains.get_domain_detail(DomainName=name)
    except domains.exceptions.InvalidInput:  # registered elsewhere
        return None
    return frozenset(_plain(server["Name"]) for server in answer["Nameservers"])


def _leave_out(inquiry: Inquiry, name: str, servers: frozenset[str]) -> None:
    inquiry.left_out.append(
        f"whether {name} is delegated to its hosted zone cannot be seen in this account. Ask: dig +short NS {name} "
        f"(it must answer {', '.join(sorted(servers))})."
    )


def _plain(name: str) -> str:
    return name.rstrip(".").lower()
