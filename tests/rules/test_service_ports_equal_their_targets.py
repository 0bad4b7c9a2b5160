import pytest

from api_platform.rules.service_ports_equal_their_targets import RULE
from tests.rules.platform import Platform


@pytest.mark.parametrize(
    ("port", "value"),
    [
        ({"name": "http", "port": 80, "targetPort": 8082}, "80 leads to 8082"),
        ({"name": "http", "port": 80, "targetPort": "http"}, "80 leads to http"),
        ({"name": "http", "port": 8082, "targetPort": "web"}, "8082 leads to web"),
        ({"name": "web", "port": 8082, "targetPort": 8082}, "the container has no port 8082 of that name"),
        ({"port": 8082, "targetPort": 8082}, "without a name: the container has no port 8082 of that name"),
        ({"name": "http", "port": 8080}, "no container opens 8080"),
    ],
)
def test_a_port_that_changes_on_its_way_is_found(platform: Platform, port: dict[str, object], value: str) -> None:
    """The VPC CNI's network policies see the Service's port where they mean the container's: calls are dropped."""
    platform.one("Service", "stock")["spec"]["ports"][0] = port
    findings = platform.ask(RULE)
    assert {finding.subject for finding in findings} == {"stock"}
    assert any(value in finding.value for finding in findings)


@pytest.mark.parametrize("target", [None, "http", 8082])
def test_a_target_may_be_left_out_or_named(platform: Platform, target: object) -> None:
    platform.one("Service", "stock")["spec"]["ports"][0]["targetPort"] = target
    assert platform.ask(RULE) == []
