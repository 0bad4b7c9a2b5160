import pytest

from api_platform.environment import ENVIRONMENT_NAMES
from api_platform.kubernetes.namespace import namespace
from tests.rendering import Manifest, object_of
from tests.specs import an_environment


def rendered(environment: str = "production") -> Manifest:
    return object_of(lambda chart: namespace(chart, an_environment(name=environment)))


@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
def test_it_is_named_after_the_environment(environment: str) -> None:
    assert rendered(environment)["metadata"]["name"] == environment


def test_its_pods_join_the_mesh() -> None:
    """Without a proxy there is neither mutual TLS nor authorization."""
    assert rendered()["metadata"]["labels"]["istio-injection"] == "enabled"


@pytest.mark.parametrize("mode", ["enforce", "warn", "audit"])
def test_the_strictest_pod_security_standard_holds(mode: str) -> None:
    assert rendered()["metadata"]["labels"][f"pod-security.kubernetes.io/{mode}"] == "restricted"


def test_what_is_refused_is_that_of_the_environments_own_kubernetes_version() -> None:
    """Else an upgrade of the cluster could refuse pods that ran before."""
    labels = object_of(lambda chart: namespace(chart, an_environment(kubernetes_version="1.37")))["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce-version"] == "v1.37"
