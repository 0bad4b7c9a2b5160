"""The VPC: exactly the named zones, private nodes, ways to AWS."""

import pytest
from aws_cdk.assertions import Match, Template

from api_platform.aws.network import Network
from api_platform.environment import Environment
from tests.aws.building import template_of
from tests.aws.synthesized import Synthesized, in_every_environment
from tests.specs import an_environment

pytestmark = pytest.mark.aws

SUBNET = "AWS::EC2::Subnet"


def network(environment: Environment) -> Template:
    return template_of(lambda stack: Network(stack, environment))


def test_every_named_zone_and_no_other_has_a_private_and_a_public_subnet() -> None:
    zones = ("eu-west-1a", "eu-west-1c")
    subnets = network(an_environment(zones=zones)).find_resources(SUBNET).values()
    assert sorted(one["Properties"]["AvailabilityZone"] for one in subnets) == [*zones[:1] * 2, *zones[1:] * 2]


@pytest.mark.parametrize("zones", [2, 3, 6])
@pytest.mark.parametrize("cidr", ["10.0.0.0/16", "10.0.0.0/20"])
def test_the_subnets_fit_the_range_whatever_its_size_and_the_number_of_zones(cidr: str, zones: int) -> None:
    names = tuple(f"eu-west-1{letter}" for letter in "abcdef"[:zones])
    network(an_environment(network_cidr=cidr, zones=names)).resource_count_is(SUBNET, 2 * zones)


def test_load_balancers_find_their_subnets() -> None:
    """Without these tags the gateway's Service stays pending."""
    template = network(an_environment())
    for kind, tag in (("Public", "kubernetes.io/role/elb"), ("Private", "kubernetes.io/role/internal-elb")):
        template.resource_properties_count_is(
            SUBNET,
            {"Tags": Match.array_with([{"Key": "aws-cdk:subnet-type", "Value": kind}, {"Key": tag, "Value": "1"}])},
            3,
        )


@pytest.mark.parametrize(("name", "gateways"), [("development", 1), ("production", 3)])
def test_production_has_a_way_out_in_each_zone(name: str, gateways: int) -> None:
    network(an_environment(name=name)).resource_count_is("AWS::EC2::NatGateway", gateways)


@pytest.mark.parametrize("name", ["development", "staging", "production"])
def test_s3_is_reached_without_nat_everywhere(name: str) -> None:
    network(an_environment(name=name)).has_resource_properties("AWS::EC2::VPCEndpoint", {"VpcEndpointType": "Gateway"})


@pytest.mark.parametrize(
    "service", ["sqs", "sts", "ecr.api", "ecr.dkr", "eks", "kms", "lambda", "logs", "secretsmanager"]
)
def test_production_reaches_what_it_works_with_without_nat(service: str) -> None:
    """The two kubectl functions call EKS, STS and Lambda from inside the VPC."""
    network(an_environment()).has_resource_properties(
        "AWS::EC2::VPCEndpoint",
        {"ServiceName": f"com.amazonaws.eu-west-1.{service}", "PrivateDnsEnabled": True},
    )


def test_all_traffic_is_recorded() -> None:
    network(an_environment()).has_resource_properties("AWS::EC2::FlowLog", {"TrafficType": "ALL"})


@pytest.mark.parametrize("stack", in_every_environment("network"))
def test_no_subnet_gives_out_public_addresses(synthesized: Synthesized, stack: str) -> None:
    subnets = synthesized.resources(stack, SUBNET).values()
    assert not any(one["Properties"]["MapPublicIpOnLaunch"] for one in subnets)
