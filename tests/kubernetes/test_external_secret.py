from api_platform.kubernetes.external_secret import external_secret
from api_platform.kubernetes.secret_store import secret_store
from tests.rendering import Manifest, object_of
from tests.specs import a_service, a_workload, an_environment, in_context

ENVIRONMENT = an_environment(name="staging")
WORKLOAD = a_workload(name="orders")


def rendered() -> Manifest:
    return object_of(
        lambda chart: external_secret(chart, in_context(ENVIRONMENT, a_service(WORKLOAD), WORKLOAD), "jwt")
    )


def test_it_is_the_workloads_own() -> None:
    """Two workloads that use one secret must not write one Secret: the first to go would take it along."""
    metadata = rendered()["metadata"]
    assert (metadata["namespace"], metadata["name"]) == ("staging", "orders-jwt")


def test_the_kubernetes_secret_has_its_name() -> None:
    assert rendered()["spec"]["target"]["name"] == "orders-jwt"


def test_the_kubernetes_secret_goes_with_it() -> None:
    assert rendered()["spec"]["target"]["creationPolicy"] == "Owner"


def test_every_key_of_the_environments_secret_is_copied() -> None:
    assert rendered()["spec"]["dataFrom"] == [{"extract": {"key": "staging/jwt"}}]


def test_a_rotated_secret_arrives_within_the_hour() -> None:
    assert rendered()["spec"]["refreshInterval"] == "1h"


def test_it_reads_the_store_that_exists_in_its_namespace() -> None:
    store = object_of(lambda chart: secret_store(chart, ENVIRONMENT))
    named = {"kind": store["kind"], "name": store["metadata"]["name"]}
    assert rendered()["spec"]["secretStoreRef"] == named


def test_it_bears_the_workloads_labels() -> None:
    assert rendered()["metadata"]["labels"]["app.kubernetes.io/name"] == "orders"
