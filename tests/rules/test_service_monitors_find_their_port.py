from api_platform.rules.service_monitors_find_their_port import RULE
from tests.rules.platform import Platform


def test_a_workload_that_nothing_scrapes_is_found(platform: Platform) -> None:
    platform.remove("ServiceMonitor", "stock")
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", "no ServiceMonitor scrapes it")


def test_a_monitor_of_a_port_that_is_not_there_is_found(platform: Platform) -> None:
    """Prometheus drops the target without a word."""
    platform.one("ServiceMonitor", "stock")["spec"]["endpoints"][0]["port"] = "metrics"
    assert "ServiceMonitor/stock: no Service has the port 'metrics'" in [one.value for one in platform.ask(RULE)]


def test_a_monitor_of_no_service_is_found(platform: Platform) -> None:
    platform.one("ServiceMonitor", "stock")["spec"]["selector"] = {"matchLabels": {"app": "stock"}}
    assert platform.subjects(RULE) == ["stock", "stock"]
