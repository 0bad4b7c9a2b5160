from types import ModuleType

import pytest

from api_platform import names
from api_platform.environment import load_environments

pytestmark = pytest.mark.aws


@pytest.fixture
def add_ons() -> ModuleType:
    from api_platform.proof.mesh_analysis import add_ons  # noqa: PLC0415 - takes seconds, also where none of these runs

    return add_ons


def test_the_mesh_configuration_is_our_releases(add_ons: ModuleType) -> None:
    (environment,) = load_environments("production")
    configuration = add_ons.mesh_configuration(environment)
    assert configuration["trustDomain"] == names.TRUST_DOMAIN
    assert [one["name"] for one in configuration["extensionProviders"]] == [names.TRACING_PROVIDER]


def test_the_version_is_a_release_of_istio(add_ons: ModuleType) -> None:
    assert add_ons.ISTIO_VERSION.startswith("1.")


def test_the_namespaces_are_those_of_the_releases(add_ons: ModuleType) -> None:
    for environment in load_environments():
        found = {one["metadata"]["name"] for one in add_ons.namespaces(environment)}
        assert found > {names.ISTIO_NAMESPACE, names.GATEWAY_NAMESPACE, names.KEDA_NAMESPACE}
