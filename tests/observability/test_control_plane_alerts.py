"""The alert for configuration that the mesh does not take."""

import pytest

from tests.observability.ground_series import rejects
from tests.observability.samples import absent, gauge
from tests.observability.scenario import Promtool, Scenario, firing
from tests.specs import an_environment


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "times"), [(absent(30), 2), (gauge((3, 30)), 5)], ids=["the first ever", "not the first"]
)
def test_a_refusal_tells_for_a_quarter_of_an_hour(before: str, times: int, promtool: Promtool) -> None:
    """istiod's counter is born with the first refusal, and nothing has increased then."""
    alert = firing(
        "ConfigurationRejected",
        "warning",
        "istiod: proxies refused its configuration 2 times in 15 minutes",
        "They keep what they had: a change of routes or policies is not in force.",
        environment="production",
        component="istiod",
    )
    refused = Scenario(
        series={rejects(): f"{before} {gauge((times, 60))}"},
        alerts=[
            (29, "ConfigurationRejected", []),
            (40, "ConfigurationRejected", [alert]),
            (60, "ConfigurationRejected", []),
        ],
    )
    promtool.play_platform(an_environment(), refused)
