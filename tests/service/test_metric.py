import pytest

from api_platform.errors import InputError
from api_platform.service import BusinessMetric, Threshold


def test_a_metric_has_no_alert_unless_the_spec_says_so() -> None:
    assert BusinessMetric(name="logins", help="Logins a second.", query="logins").alert is None


def test_an_alert_waits_a_quarter_of_an_hour_and_warns() -> None:
    threshold = Threshold(above=1.0)
    assert (threshold.for_minutes, threshold.severity) == (15, "warning")


def test_a_metric_says_what_it_is() -> None:
    with pytest.raises(InputError, match="BusinessMetric 'logins': help: must have 10 or more characters"):
        BusinessMetric(name="logins", help="Logins", query="logins")


@pytest.mark.parametrize("above", [float("nan"), float("inf")])
def test_a_threshold_is_a_number_that_can_be_passed(above: float) -> None:
    with pytest.raises(InputError, match="above: must be a finite number"):
        Threshold(above=above)


def test_a_severity_is_one_that_somebody_is_called_for() -> None:
    with pytest.raises(InputError, match=r"severity: must be 'warning' or 'critical', got 'page'\."):
        Threshold(above=1.0, severity="page")  # type: ignore[arg-type]
