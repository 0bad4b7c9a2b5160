import pytest

from api_platform.rules.names_are_short_and_unique import RULE
from tests.rules.platform import Platform


@pytest.mark.parametrize(("length", "found"), [(1, []), (63, []), (64, ["orders"]), (0, ["orders"])])
def test_a_name_has_at_most_63_characters(platform: Platform, length: int, found: list[str]) -> None:
    """cdk8s cuts a longer one, silently: two objects may become one."""
    platform.one("ExternalSecret", "orders-database")["metadata"]["name"] = "x" * length
    assert platform.subjects(RULE) == found


def test_two_objects_of_one_name_are_found_once(platform: Platform) -> None:
    """`orders` with the secret `eu-database`, and `orders-eu` with `database`: the second overwrites the first."""
    platform.copy("ExternalSecret", "orders-database", "orders-database")
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("orders", "ExternalSecret/orders-database is rendered 2 times")


def test_the_same_name_in_another_namespace_or_kind_is_another_object(platform: Platform) -> None:
    platform.copy("ConfigMap", "orders", "orders")["metadata"]["namespace"] = "staging"
    assert platform.ask(RULE) == []


def test_another_version_of_a_kind_is_the_same_object(platform: Platform) -> None:
    platform.copy("VirtualService", "orders", "orders")["apiVersion"] = "networking.istio.io/v1beta1"
    assert platform.subjects(RULE) == ["orders"]


def test_a_kind_of_another_group_is_another_object(platform: Platform) -> None:
    platform.copy("Gateway", "public", "public")["apiVersion"] = "gateway.networking.k8s.io/v1"
    assert platform.ask(RULE) == []
