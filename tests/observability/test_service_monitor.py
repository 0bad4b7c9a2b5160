"""Scraping of what a workload serves itself."""

from api_platform.observability.service_monitor import service_monitor
from tests.rendering import Manifest, object_of
from tests.specs import a_service, a_workload, an_environment, in_context


def monitor() -> Manifest:
    """Return the monitor of `orders`."""
    workload = a_workload()
    return object_of(
        lambda chart: service_monitor(chart, in_context(an_environment(), a_service(workload, name="shop"), workload))
    )


def test_it_is_named_after_its_workload() -> None:
    assert monitor()["metadata"]["name"] == "orders"
    assert monitor()["metadata"]["namespace"] == "production"
    assert monitor()["metadata"]["labels"]["app.kubernetes.io/part-of"] == "shop"


def test_it_finds_the_workloads_own_service() -> None:
    """Selected by what is common to a whole service, every workload of it would be scraped several times."""
    assert monitor()["spec"]["selector"] == {"matchLabels": {"app.kubernetes.io/name": "orders"}}


def test_it_scrapes_the_port_that_the_mesh_leaves_open() -> None:
    (endpoint,) = monitor()["spec"]["endpoints"]
    assert (endpoint["port"], endpoint["path"]) == ("http-metrics", "/metrics")
