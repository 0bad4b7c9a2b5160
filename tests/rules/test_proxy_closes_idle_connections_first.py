import pytest

from api_platform.rules.proxy_closes_idle_connections_first import RULE
from tests.rules.platform import Platform


@pytest.mark.parametrize(("idle", "found"), [("4s", []), ("4999ms", []), ("5s", ["stock"]), ("1h", ["stock"])])
def test_the_proxy_gives_up_first(platform: Platform, idle: str, found: list[str]) -> None:
    """Else the workload closes a connection on which a request is already on its way: a 503 now and then."""
    platform.one("Sidecar", "stock")["spec"]["inboundConnectionPool"]["http"]["idleTimeout"] = idle
    assert platform.subjects(RULE) == found


def test_a_proxy_without_a_timeout_keeps_connections_for_an_hour(platform: Platform) -> None:
    del platform.one("Sidecar", "stock")["spec"]["inboundConnectionPool"]
    assert platform.subjects(RULE) == ["stock"]


def test_a_workload_that_is_not_told_its_keep_alive_is_found(platform: Platform) -> None:
    del platform.one("ConfigMap", "stock")["data"]["KEEP_ALIVE_SECONDS"]
    assert platform.subjects(RULE) == ["stock"]


def test_who_is_not_called_has_no_connections(platform: Platform) -> None:
    platform.remove("Sidecar", "parcels")
    assert platform.ask(RULE) == []
