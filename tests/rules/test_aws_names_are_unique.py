import pytest

from api_platform.rules.aws_names_are_unique import RULE
from tests.rules.platform import Platform


@pytest.mark.parametrize("operator", ["keda-operator", "secret-reader", "cert-manager"])
def test_a_worker_with_the_name_of_an_operator_is_found(platform: Platform, operator: str) -> None:
    """Their roles are named alike, and trust different accounts: CloudFormation fails, half of it deployed."""
    platform.add_worker(operator)
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == (operator, f"role production-eu-west-1-{operator} is made 2 times")


def test_a_queue_with_the_name_of_a_dead_letter_queue_is_found(platform: Platform) -> None:
    """Its messages would be those that another worker gave up."""
    platform.add_worker("parcels-dead-letter")
    assert platform.subjects(RULE) == ["parcels", "parcels-dead-letter"]


def test_an_operators_name_is_free_where_no_role_is_needed(platform: Platform) -> None:
    platform.add_worker("keda-operator")
    platform.respecify("keda-operator", uses=())
    assert platform.ask(RULE) == []
