from typing import Any

from api_platform.mesh.traffic_policy import destination_rule
from tests.rendering import Manifest, object_of
from tests.specs import a_service, a_workload, an_environment, an_exposure, in_context

ENVIRONMENT = an_environment(name="staging")


def rendered(**exposure_changes: Any) -> Manifest:
    exposure = an_exposure(**exposure_changes)
    workload = a_workload(name="orders", exposure=exposure)
    service = a_service(workload)
    return object_of(lambda chart: destination_rule(chart, in_context(ENVIRONMENT, service, workload), exposure))


def policy(**exposure_changes: Any) -> dict[str, Any]:
    return dict(rendered(**exposure_changes)["spec"]["trafficPolicy"])


def http_pool() -> dict[str, Any]:
    return dict(policy()["connectionPool"]["http"])


def tcp_pool() -> dict[str, Any]:
    return dict(policy()["connectionPool"]["tcp"])


def seconds(duration: str) -> int:
    return int(duration.removesuffix("s"))


def test_it_holds_for_the_host_that_routes_lead_to() -> None:
    assert rendered()["spec"]["host"] == "orders.staging.svc.cluster.local"


def test_it_lies_in_the_workloads_namespace() -> None:
    """Callers of other namespaces, the gateway among them, look there."""
    assert rendered()["metadata"]["namespace"] == "staging"


def test_callers_show_their_mesh_certificate() -> None:
    assert policy()["tls"] == {"mode": "ISTIO_MUTUAL"}


def test_the_pod_with_the_fewest_requests_is_next() -> None:
    assert policy()["loadBalancer"]["simple"] == "LEAST_REQUEST"


def test_balancing_by_zone_is_switched_off_in_so_many_words() -> None:
    """Outlier detection switches it on where nothing is said: all of a zone's calls fall on the zone's one pod."""
    assert policy()["loadBalancer"]["localityLbSetting"] == {"enabled": False}


def test_five_server_errors_in_a_row_eject_a_pod() -> None:
    assert policy()["outlierDetection"]["consecutive5xxErrors"] == 5


def test_the_spec_says_how_many_errors_eject_a_pod() -> None:
    assert policy(consecutive_errors=7)["outlierDetection"]["consecutive5xxErrors"] == 7


def test_half_of_the_pods_may_be_ejected() -> None:
    """With Istio's 10 %, nobody is where there are fewer than ten pods."""
    assert policy()["outlierDetection"]["maxEjectionPercent"] == 50


def test_ejections_are_looked_at_every_ten_seconds_and_last_thirty_at_first() -> None:
    breaker = policy()["outlierDetection"]
    assert (breaker["interval"], breaker["baseEjectionTime"]) == ("10s", "30s")


def test_connections_are_kept_alive_without_end_while_they_are_used() -> None:
    """`maxRequestsPerConnection: 1` would make a TLS handshake of every request."""
    assert http_pool()["maxRequestsPerConnection"] == 0


def test_idle_connections_go_after_five_minutes() -> None:
    assert http_pool()["idleTimeout"] == "300s"


def test_http_1_stays_http_1() -> None:
    """Express speaks no HTTP/2 without TLS."""
    assert http_pool()["h2UpgradePolicy"] == "DEFAULT"


def test_both_protocols_are_bounded_by_the_same_number_of_requests() -> None:
    """HTTP/1.1 carries one request a connection: the lower of two different bounds would be the only one."""
    assert http_pool()["http2MaxRequests"] == tcp_pool()["maxConnections"] == 4096


def test_requests_may_wait_for_a_connection_in_number() -> None:
    """They do whenever one has to be made: a low bound fails the first burst after a calm."""
    assert http_pool()["http1MaxPendingRequests"] == 1024


def test_retries_are_bounded_well_below_the_requests() -> None:
    """A workload that fails as a whole would be sent its load four times over."""
    assert http_pool()["maxRetries"] == 1024


def test_a_silent_connection_is_probed() -> None:
    assert tcp_pool()["tcpKeepalive"] == {"time": "60s", "interval": "10s", "probes": 3}


def test_a_connection_to_a_lost_node_is_found_out_before_it_is_idle_for_too_long() -> None:
    keepalive = tcp_pool()["tcpKeepalive"]
    found_out = seconds(keepalive["time"]) + keepalive["probes"] * seconds(keepalive["interval"])
    assert found_out < seconds(http_pool()["idleTimeout"])


def test_all_tries_to_connect_fit_into_the_shortest_timeout_of_the_product() -> None:
    """With Istio's 10 seconds, three tries at pods of a lost node would use up all 30."""
    first_and_retries = 1 + 3
    assert first_and_retries * seconds(tcp_pool()["connectTimeout"]) < 30
