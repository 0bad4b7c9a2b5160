import pytest

from api_platform.rules.grace_covers_the_longest_work import RULE
from tests.rules.platform import Platform


@pytest.mark.parametrize(("grace", "found"), [(60, []), (59, ["orders"])])
def test_the_grace_period_holds_pre_stop_request_and_margin(platform: Platform, grace: int, found: list[str]) -> None:
    """15 s pre-stop, 30 s for the longest request, 15 s to close down."""
    platform.pod("orders")["terminationGracePeriodSeconds"] = grace
    assert platform.subjects(RULE) == found


def test_a_missing_grace_period_is_thirty_seconds(platform: Platform) -> None:
    del platform.pod("orders")["terminationGracePeriodSeconds"]
    assert "terminationGracePeriodSeconds 30" in platform.ask(RULE)[0].value


@pytest.mark.parametrize(("grace", "found"), [(915, []), (914, ["parcels"])])
def test_the_grace_period_holds_the_longest_job(platform: Platform, grace: int, found: list[str]) -> None:
    platform.pod("parcels")["terminationGracePeriodSeconds"] = grace
    assert platform.subjects(RULE) == found


@pytest.mark.parametrize("timeout", ["31s", "1m", "0.5h"])
def test_a_route_with_a_longer_timeout_is_found(platform: Platform, timeout: str) -> None:
    platform.one("VirtualService", "orders")["spec"]["http"][1]["timeout"] = timeout
    assert platform.subjects(RULE) == ["orders"]


def test_a_longer_pre_stop_is_found(platform: Platform) -> None:
    platform.container("orders")["lifecycle"]["preStop"]["sleep"]["seconds"] = 16
    assert platform.subjects(RULE) == ["orders"]


@pytest.mark.parametrize("lifecycle", [{}, {"preStop": {}}, {"preStop": {"sleep": {"seconds": 0}}}])
def test_a_pre_stop_that_a_typed_class_has_emptied_is_found(platform: Platform, lifecycle: object) -> None:
    """Classes made for Kubernetes 1.27 drop `sleep` without a word and leave `preStop: {}`."""
    platform.container("orders")["lifecycle"] = lifecycle
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("orders", "no lifecycle.preStop.sleep.seconds")
