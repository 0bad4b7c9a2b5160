from typing import Any

from cdk8s_plus_27 import k8s

from api_platform.kubernetes.metadata import platform_metadata, workload_metadata
from tests.rendering import object_of
from tests.specs import a_service, a_workload, an_environment

ENVIRONMENT = an_environment(name="staging")
WORKLOAD = a_workload(name="orders-worker")
SERVICE = a_service(WORKLOAD, name="orders")


def rendered(metadata: k8s.ObjectMeta) -> dict[str, Any]:
    return dict(object_of(lambda chart: k8s.KubeConfigMap(chart, "any", metadata=metadata))["metadata"])


def test_an_object_of_a_workload_has_its_name() -> None:
    assert rendered(workload_metadata(ENVIRONMENT, SERVICE, WORKLOAD))["name"] == "orders-worker"


def test_an_object_of_a_workload_is_in_the_environments_namespace() -> None:
    assert rendered(workload_metadata(ENVIRONMENT, SERVICE, WORKLOAD))["namespace"] == "staging"


def test_an_object_of_a_workload_says_whose_it_is() -> None:
    assert rendered(workload_metadata(ENVIRONMENT, SERVICE, WORKLOAD))["labels"] == {
        "app.kubernetes.io/name": "orders-worker",
        "app.kubernetes.io/part-of": "orders",
        "app.kubernetes.io/managed-by": "api-platform",
    }


def test_an_object_of_the_platform_has_the_name_that_it_is_given() -> None:
    assert rendered(platform_metadata("quota", ENVIRONMENT))["name"] == "quota"


def test_an_object_of_the_platform_is_in_the_environments_namespace() -> None:
    assert rendered(platform_metadata("quota", ENVIRONMENT))["namespace"] == "staging"


def test_an_object_of_the_whole_cluster_is_in_no_namespace() -> None:
    assert "namespace" not in rendered(platform_metadata("serving"))


def test_an_object_of_the_platform_says_so() -> None:
    assert rendered(platform_metadata("quota", ENVIRONMENT))["labels"] == {
        "app.kubernetes.io/part-of": "platform",
        "app.kubernetes.io/managed-by": "api-platform",
    }
