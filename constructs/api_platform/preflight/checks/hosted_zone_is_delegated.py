"""The hosted zone is public, holds the environment's domain, and the world is sent to it."""

from collections.abc import Sequence
from typing import Final

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.environment import Environment
from api_platform.preflight.account_reading import AccountReading, HostedZone
from api_platform.rules.finding import PLATFORM
from api_platform.service import Service

CHECK = check_name(__name__)
_WHY: Final = (
    "cert-manager proves the domain in it: without, no certificate is issued, and the gateway answers nobody by TLS."
)


def hosted_zone_is_delegated(
    environment: Environment, _services: Sequence[Service], reading: AccountReading
) -> list[Diagnosis]:
    """Find a zone that is missing, private, of another domain, or that nobody is sent to."""
    if reading.hosted_zones is None:
        return []
    wrong = _wrong(environment, reading.hosted_zones.get(environment.hosted_zone_id))
    if wrong is None:
        return []
    what, way_out = wrong
    command = f"aws route53 get-hosted-zone --id {environment.hosted_zone_id}"
    return [Diagnosis(CHECK, PLATFORM, f"hosted zone {environment.hosted_zone_id}", what, _WHY, command, way_out)]


def _wrong(environment: Environment, zone: HostedZone | None) -> tuple[str, str] | None:
    """Return what is wrong with it, and the way out; None where it is well."""
    line, domain = environment.place_of("hosted_zone_id"), environment.domain
    another = f"Name a public zone of {domain}, or of a domain above, in {line} (hosted_zone_id)."
    if zone is None:
        return "it does not exist in this account", f"{another} To make one: aws route53 create-hosted-zone."
    if zone.private:
        return "it is private", another
    if domain != zone.name and not domain.endswith(f".{zone.name}"):
        return f"it is of {zone.name}, and the domain is {domain}", another
    if zone.delegated_to is None or zone.delegated_to == zone.name_servers:
        return None
    there = ", ".join(sorted(zone.delegated_to)) or "nobody"
    ours = ", ".join(sorted(zone.name_servers))
    return f"{zone.asked} sends the world to {there}", f"Let it name these servers for {zone.name}: {ours}."
