"""The alert for a secret that is not copied."""

import pytest

from tests.observability.ground_series import secret
from tests.observability.samples import gauge
from tests.observability.scenario import Promtool, Scenario, firing
from tests.specs import an_environment


@pytest.mark.slow
def test_it_names_the_secret_that_has_not_been_copied_for_a_quarter_of_an_hour(promtool: Promtool) -> None:
    alert = firing(
        "SecretNotSynced",
        "warning",
        "secret api-service-database: is not copied from Secrets Manager",
        "Pods keep what was copied last: after a rotation they are refused, and new ones may not start.",
        environment="production",
        component="external-secrets",
        name="api-service-database",
    )
    fails = Scenario(
        series={
            secret("True"): gauge((1, 30), (0, 30), (1, 30)),
            secret("False"): gauge((0, 30), (1, 30), (0, 30)),
        },
        alerts=[(44, "SecretNotSynced", []), (46, "SecretNotSynced", [alert]), (61, "SecretNotSynced", [])],
    )
    promtool.play_platform(an_environment(), fails)
