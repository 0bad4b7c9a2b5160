"""The alert for a queue that KEDA cannot read."""

import pytest

from tests.observability.ground_series import scaler_errors
from tests.observability.samples import counter, gauge
from tests.observability.scenario import Promtool, Scenario, firing
from tests.specs import an_environment


@pytest.mark.slow
def test_it_names_the_worker_whose_queue_is_not_read(promtool: Promtool) -> None:
    """Each operator counts for itself; the one that leads, and the one that led."""
    alert = firing(
        "ScalerFails",
        "warning",
        "media-processor: KEDA failed 20 times in 10 minutes to read its queue",
        "It does not scale by what waits: after a while it stays at its fallback, whatever comes.",
        environment="production",
        component="keda-operator",
        scaledObject="media-processor",
    )
    failing = Scenario(
        series={
            scaler_errors(): counter((0, 30), (2 / 60, 60)),
            scaler_errors(pod="keda-operator-2"): counter((0, 90)),
        },
        alerts=[(29, "ScalerFails", []), (60, "ScalerFails", [alert])],
    )
    promtool.play_platform(an_environment(), failing)


@pytest.mark.slow
def test_two_errors_are_a_stumble_of_aws(promtool: Promtool) -> None:
    stumble = Scenario(
        series={scaler_errors(): gauge((0, 30), (2, 30))},
        alerts=[(minute, "ScalerFails", []) for minute in (32, 36, 40)],
    )
    promtool.play_platform(an_environment(), stumble)
