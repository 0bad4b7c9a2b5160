"""Production's own rules, all of them, in an outage of each kind: somebody is told. And on a healthy day, nobody is."""

import pytest

from tests.observability.ground_series import HOUR
from tests.observability.outages import OUTAGES, Outage, healthy
from tests.observability.scenario import FIRED, Promtool, Scenario, series
from tests.whole_platform import rendering_of

TOLD = f"group by (alertname, severity) ({FIRED})"
"""What fired, each once, whoever it was about."""


@pytest.mark.slow
@pytest.mark.parametrize("outage", OUTAGES, ids=lambda outage: outage.name)
def test_an_outage_is_told(outage: Outage, promtool: Promtool) -> None:
    expected = [(series("", alertname=name, severity=how), 1.0) for name, how in map(str.split, sorted(outage.told))]
    happens = Scenario(
        series={**healthy(2 * HOUR), **outage.series},
        samples=[(HOUR - 1, FIRED, []), (2 * HOUR - 1, TOLD, expected)],
    )
    promtool.play_all(rendering_of("production"), happens)


@pytest.mark.slow
def test_a_healthy_day_tells_nobody(promtool: Promtool) -> None:
    day = 24 * HOUR
    calm = Scenario(series=healthy(day), samples=[(day - 1, FIRED, [])], evaluated_every=5)
    promtool.play_all(rendering_of("production"), calm)
