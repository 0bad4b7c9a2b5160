"""Where requests are counted, and which of them failed."""

import pytest

from api_platform import names
from api_platform.call_graph import Call, CallGraph
from api_platform.observability.vantage import BUCKETS, MESH, WORLD, Vantage, patience_milliseconds, vantages
from api_platform.service import Workload
from tests.observability.ground_series import at_gateway, at_pod, hang_ups
from tests.observability.samples import absent, counter
from tests.observability.scenario import Promtool, Scenario, record
from tests.observability.specs import a_worker
from tests.specs import a_service, a_workload, an_environment, an_exposure, in_context

PUBLIC = a_workload(exposure=an_exposure(subdomain="orders"))
REQUESTS = "workload:istio_gateway_requests:rate5m"
FAILURES = "workload:istio_gateway_request_failures:rate5m"


def seen(workload: Workload, *callers: str) -> tuple[Vantage, ...]:
    graph = CallGraph(tuple(Call(caller, workload.name, workload.port) for caller in callers))
    return vantages(in_context(an_environment(), a_service(workload), workload, graph))


def test_the_worlds_requests_are_counted_at_the_gateway_and_nowhere_else() -> None:
    assert seen(PUBLIC, names.GATEWAY) == (WORLD,)


def test_a_public_workload_that_others_call_too_is_watched_at_both_places() -> None:
    assert seen(PUBLIC, names.GATEWAY, "checkout") == (WORLD, MESH)


def test_a_workload_of_the_mesh_is_watched_by_its_own_proxies() -> None:
    assert seen(a_workload(), "checkout") == (MESH,)


def test_a_worker_is_watched_nowhere() -> None:
    assert seen(a_worker()) == ()


@pytest.mark.parametrize(("timeout", "patience"), [(1, 250), (10, 2500), (30, 5000), (300, 60_000), (3600, 600_000)])
def test_patience_is_a_quarter_of_the_timeout_down_to_where_istio_counts(timeout: int, patience: int) -> None:
    assert patience_milliseconds(an_exposure(timeout_seconds=timeout)) == patience


def test_patience_is_a_bucket_of_istio() -> None:
    """A limit that no series has selects nothing, and every hang-up would count."""
    istio = "0.5 1 5 10 25 50 100 250 500 1000 2500 5000 10000 30000 60000 300000 600000 1800000 3600000"
    assert {str(bucket) for bucket in BUCKETS} <= set(istio.split())


def count(series: dict[str, str], requests: float, failures: float, promtool: Promtool) -> None:
    """Fail unless the gateway's figures of `orders` are these, a second."""
    samples = [(19, REQUESTS, [record(REQUESTS, requests)]), (19, FAILURES, [record(FAILURES, failures)])]
    promtool.play(an_environment(), a_service(PUBLIC), Scenario(series=series, samples=samples))


@pytest.mark.slow
def test_each_request_of_the_world_counts_once(promtool: Promtool) -> None:
    """The pod reports the same requests again, and a retry as one more."""
    mixed = {
        at_gateway("200", service="orders"): counter((4, 20)),
        at_gateway("503", "URX,UF", service="orders", reached=False): counter((1, 20)),
        at_gateway("200", service="invoices"): counter((5, 20)),
        at_pod("200", service="orders"): counter((4, 20)),
        at_pod("503", service="orders"): counter((3, 20)),
    }
    count(mixed, 5, 1, promtool)


@pytest.mark.slow
@pytest.mark.parametrize(("flags", "failures"), [("UT", 1), ("URX,UF", 1), ("UC", 1), ("DPE", 0), ("-", 0)])
def test_no_answer_is_a_failure_where_the_called_side_is_at_fault(
    flags: str, failures: float, promtool: Promtool
) -> None:
    unanswered = {
        at_gateway("200", service="orders"): counter((4, 20)),
        at_gateway("0", flags, service="orders"): counter((1, 20)),
    }
    count(unanswered, 5, failures, promtool)


@pytest.mark.slow
@pytest.mark.parametrize(("waited", "failures"), [(800, 0), (5_000, 0), (5_001, 1)])
def test_who_hangs_up_has_given_up_only_after_a_long_wait(waited: float, failures: float, promtool: Promtool) -> None:
    """Browsers hang up whenever somebody clicks on."""
    hung_up = {name.replace("api-service", "orders"): how for name, how in hang_ups(waited, counter((1, 20))).items()}
    count({**hung_up, at_gateway("200", service="orders"): counter((4, 20))}, 5, failures, promtool)


@pytest.mark.slow
def test_the_buckets_limit_may_be_written_as_prometheus_3_does(promtool: Promtool) -> None:
    """Selected by the other way of writing it, there is no bucket, and nobody has ever given up."""
    hung_up = {
        name.replace("api-service", "orders").replace('le="5000"', 'le="5000.0"'): how
        for name, how in hang_ups(10_050, counter((1, 20))).items()
    }
    count({**hung_up, at_gateway("200", service="orders"): counter((4, 20))}, 5, 1, promtool)


@pytest.mark.slow
def test_failures_are_none_and_not_unknown_while_none_has_ever_been_seen(promtool: Promtool) -> None:
    count({at_gateway("200", service="orders"): counter((4, 20))}, 4, 0, promtool)


@pytest.mark.slow
def test_before_the_first_request_there_is_no_share(promtool: Promtool) -> None:
    ratio = "workload:istio_gateway_request_failures_per_requests:ratio_rate5m"
    silent = Scenario(
        series={at_gateway("200", service="orders"): f"{absent(10)} {counter((1, 10))}"}, samples=[(5, ratio, [])]
    )
    promtool.play(an_environment(), a_service(PUBLIC), silent)
