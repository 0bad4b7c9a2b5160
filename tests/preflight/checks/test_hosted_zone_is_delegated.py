from typing import Any

import pytest

from api_platform.preflight.account_reading import HostedZone
from tests.preflight.prepared import SERVERS, Prepared, a_reading, the_environment, with_account

CHECK = "hosted-zone-is-delegated"
ID = "Z0123456789EXAMPLE"


def zone(**changes: Any) -> dict[str, HostedZone]:
    facts = {"name": "example.com", "private": False, "name_servers": SERVERS, "delegated_to": SERVERS}
    return {ID: HostedZone(**{**facts, **changes})}


@pytest.mark.parametrize(
    ("zones", "says"),
    [
        ({}, "it does not exist in this account"),
        (zone(private=True), "it is private"),
        (zone(name="other.com"), "it is of other.com, and the domain is example.com"),
        (zone(name="ample.com"), "it is of ample.com, and the domain is example.com"),
        (
            zone(delegated_to=frozenset(), asked="the hosted zone of com"),
            "the hosted zone of com sends the world to nobody",
        ),
        (
            zone(delegated_to=frozenset({"ns.old.com"}), asked="the registration of the domain"),
            "the registration of the domain sends the world to ns.old.com",
        ),
    ],
)
def test_a_zone_that_the_world_does_not_reach_is_found(zones: dict[str, HostedZone], says: str) -> None:
    """cert-manager writes its proof there, nobody sees it, and no certificate ever comes."""
    assert with_account(hosted_zones=zones).only(CHECK).what == says


def test_the_zone_of_a_domain_above_will_do() -> None:
    assert Prepared(a_reading(hosted_zones=zone()), the_environment(domain="a.b.example.com")).say(CHECK) == []


def test_a_delegation_that_could_not_be_asked_is_no_finding() -> None:
    assert with_account(hosted_zones=zone(delegated_to=None)).say(CHECK) == []


def test_a_zone_that_was_not_read_is_left_out() -> None:
    assert with_account(hosted_zones=None).say(CHECK) == []
