"""Who delegates the zone, as far as one account can tell."""

import pytest

from tests.preflight.simulated_account import SimulatedAccount, aws

CONTACT = {"FirstName": "A", "LastName": "B", "ContactType": "PERSON", "Email": "a@example.com"}


def only_zone(account: SimulatedAccount) -> str:
    """Leave the account one zone: the registered domain's own."""
    (above,) = aws("route53").list_hosted_zones_by_name(DNSName="example.com", MaxItems="1")["HostedZones"]
    account.change(hosted_zone_id=above["Id"].rpartition("/")[2], domain="example.com")
    return str(above["Id"])


def test_the_zone_above_says_to_whom_it_delegates(account: SimulatedAccount) -> None:
    (zone,) = (account.read().hosted_zones or {}).values()
    assert (zone.name, zone.asked) == ("api.example.com", "the hosted zone of example.com")
    assert zone.delegated_to == zone.name_servers


def test_a_domain_that_is_registered_elsewhere_is_left_out_with_what_to_ask(account: SimulatedAccount) -> None:
    only_zone(account)
    reading = account.read()
    (zone,) = (reading.hosted_zones or {}).values()
    assert zone.delegated_to is None
    (sentence,) = reading.left_out
    assert "Ask: dig +short NS example.com (it must answer ns-" in sentence


@pytest.mark.parametrize("servers", [["ns-old.example.net"], None])
def test_the_registration_of_a_domain_says_to_whom_it_delegates(
    account: SimulatedAccount, servers: list[str] | None
) -> None:
    identifier = only_zone(account)
    named = servers or aws("route53").get_hosted_zone(Id=identifier)["DelegationSet"]["NameServers"]
    account.registrations["example.com"] = named
    (zone,) = (account.read().hosted_zones or {}).values()
    assert zone.asked == "the registration of the domain"
    assert zone.delegated_to == frozenset(named)
    assert (zone.delegated_to == zone.name_servers) == (servers is None)


def test_of_a_private_zone_nobody_above_is_asked(account: SimulatedAccount) -> None:
    vpc = aws("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = aws("route53").create_hosted_zone(
        Name="inside.com",
        CallerReference="inside",
        HostedZoneConfig={"PrivateZone": True},
        VPC={"VPCRegion": "eu-west-1", "VPCId": vpc},
    )
    account.change(hosted_zone_id=made["HostedZone"]["Id"].rpartition("/")[2], domain="inside.com")
    account.registrations["inside.com"] = ["ns.example.net"]
    (found,) = account.found()
    assert found.what == "it is private"
    (zone,) = (account.read().hosted_zones or {}).values()
    assert zone.delegated_to is None
    assert account.read().left_out == ()
