"""Where alerts go."""

from typing import Any

import pytest

from api_platform import names
from api_platform.aws.releases.alert_routing import alert_routing
from tests.specs import an_environment

pytestmark = pytest.mark.aws
ENVIRONMENT = an_environment(name="production")
CONFIGURATION = alert_routing(ENVIRONMENT)
RECEIVERS: dict[str, Any] = {one["name"]: one for one in CONFIGURATION["receivers"]}


def receiver_of(alert: str) -> str:
    """Return who is told of an alert: the first route that matches, else the root's."""
    for route in CONFIGURATION["route"]["routes"]:
        if f'alertname = "{alert}"' in route["matchers"]:
            return str(route["receiver"])
    return str(CONFIGURATION["route"]["receiver"])


@pytest.mark.parametrize(("alert", "topic"), [("ErrorBudgetBurnsFast", names.OPERATIONS), ("Watchdog", names.WATCHDOG)])
def test_what_fires_is_published(alert: str, topic: str) -> None:
    """The chart's own receiver tells nobody."""
    (sns,) = RECEIVERS[receiver_of(alert)]["sns_configs"]
    assert sns["topic_arn"] == names.topic_arn(ENVIRONMENT, topic)
    assert sns["sigv4"] == {"region": ENVIRONMENT.region}


def test_what_only_silences_others_is_told_to_nobody() -> None:
    assert set(RECEIVERS[receiver_of("InfoInhibitor")]) == {"name"}


def test_every_route_has_its_receiver() -> None:
    wanted = {route["receiver"] for route in CONFIGURATION["route"]["routes"]} | {CONFIGURATION["route"]["receiver"]}
    assert wanted == set(RECEIVERS)


def test_the_sign_of_life_comes_more_often_than_its_absence_is_noticed() -> None:
    (route,) = [one for one in CONFIGURATION["route"]["routes"] if one["receiver"] == "watchdog"]
    assert (route["group_interval"], route["repeat_interval"]) == ("1m", "5m")
