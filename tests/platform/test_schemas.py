"""Every object passes the schema of its kind, and has no field that the schema does not name.

Kubernetes' own kinds are checked by kubernetes-validate, from 1.33 to the newest version that it knows; custom
resources by the definitions that the add-ons install. The definitions' CEL rules (`x-kubernetes-validations`) are not
evaluated here: only an API server can.
"""

from copy import deepcopy
from typing import Any

import kubernetes_validate
import pytest
from kubernetes_validate.utils import all_versions

from api_platform.environment import ENVIRONMENT_NAMES, load_environments
from api_platform.rules import Manifest
from tests.charts.kinds import title
from tests.platform.custom_resources import definitions, problems_of
from tests.whole_platform import every_environment, rendering_of

OLDEST = (1, 33)
"""Of the versions of Kubernetes that EKS still gives out."""

KUBERNETES_OWN = {
    ("apps/v1", "Deployment"),
    ("autoscaling/v2", "HorizontalPodAutoscaler"),
    ("networking.k8s.io/v1", "NetworkPolicy"),
    ("policy/v1", "PodDisruptionBudget"),
    ("rbac.authorization.k8s.io/v1", "ClusterRole"),
    ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
    ("scheduling.k8s.io/v1", "PriorityClass"),
    ("storage.k8s.io/v1", "StorageClass"),
    ("v1", "ConfigMap"),
    ("v1", "LimitRange"),
    ("v1", "Namespace"),
    ("v1", "ResourceQuota"),
    ("v1", "Service"),
    ("v1", "ServiceAccount"),
}
"""In whole words: kubernetes-validate looks at the group's first part alone, and takes apps.example.com/v1 too."""
OF_THE_WHOLE_CLUSTER = {"ClusterRole", "ClusterRoleBinding", "Namespace", "PriorityClass", "StorageClass"}


def minor(version: str) -> tuple[int, int]:
    major_part, minor_part = version.split(".")[:2]
    return int(major_part), int(minor_part)


VERSIONS = tuple(sorted({version for version in all_versions() if minor(version) >= OLDEST}, key=minor))


def definition_of(manifest: Manifest) -> tuple[str, str]:
    return manifest["apiVersion"], manifest["kind"]


def own_problem_of(manifest: Manifest, version: str) -> str | None:
    """What Kubernetes of this version would refuse, with its place."""
    try:
        kubernetes_validate.validate(manifest, version, strict=True)
    except kubernetes_validate.ValidationError as error:
        return f"{title(manifest)}: {error.json_path}: {error.message}"
    return None


def of_kind(kind: str) -> dict[str, Any]:
    """A copy of some object of the kind."""
    return deepcopy(dict(next(one for one in rendering_of("production").objects if one["kind"] == kind)))


@every_environment
def test_every_object_has_a_schema_that_it_is_checked_against(environment: str) -> None:
    """An object of a kind that neither side knows would be checked by nobody."""
    known = KUBERNETES_OWN | set(definitions())
    assert [title(one) for one in rendering_of(environment).objects if definition_of(one) not in known] == []


@pytest.mark.slow
@every_environment
@pytest.mark.parametrize("version", VERSIONS)
def test_every_object_of_kubernetes_own_kinds_is_valid(environment: str, version: str) -> None:
    objects = [one for one in rendering_of(environment).objects if definition_of(one) in KUBERNETES_OWN]
    assert [problem for one in objects if (problem := own_problem_of(one, version))] == []


@every_environment
def test_every_custom_resource_is_valid(environment: str) -> None:
    objects = [one for one in rendering_of(environment).objects if definition_of(one) not in KUBERNETES_OWN]
    assert [f"{title(one)}: {problem}" for one in objects for problem in problems_of(one)] == []


@every_environment
def test_custom_resources_have_a_namespace_where_their_definition_wants_one(environment: str) -> None:
    objects = [one for one in rendering_of(environment).objects if definition_of(one) in definitions()]
    wrong = [
        one for one in objects if definitions()[definition_of(one)]["namespaced"] != ("namespace" in one["metadata"])
    ]
    assert [title(one) for one in wrong] == []


@every_environment
def test_kubernetes_own_kinds_have_a_namespace_unless_they_are_the_clusters(environment: str) -> None:
    objects = [one for one in rendering_of(environment).objects if definition_of(one) in KUBERNETES_OWN]
    assert [
        title(one) for one in objects if (one["kind"] in OF_THE_WHOLE_CLUSTER) == ("namespace" in one["metadata"])
    ] == []


def test_the_oldest_version_is_among_those_checked() -> None:
    assert minor(VERSIONS[0]) == OLDEST


def test_every_environments_version_is_among_those_checked() -> None:
    """A cluster that is newer than kubernetes-validate has been checked against nothing. Update the package."""
    used = {minor(environment.kubernetes_version) for environment in load_environments()}
    assert used <= {minor(version) for version in VERSIONS}


def test_there_is_an_object_of_each_definition_that_is_pinned() -> None:
    """A definition that is no longer used is 100 KB of code for nothing: take it out of imports/."""
    rendered = {definition_of(one) for name in ENVIRONMENT_NAMES for one in rendering_of(name).objects}
    opted_in = {("autoscaling.k8s.io/v1", "VerticalPodAutoscaler")}
    assert set(definitions()) - rendered <= opted_in


def test_an_unknown_field_of_kubernetes_own_is_noticed() -> None:
    deployment = of_kind("Deployment")
    deployment["spec"]["template"]["spec"]["containers"][0]["livenessProbes"] = {}
    assert "livenessProbes" in (own_problem_of(deployment, VERSIONS[-1]) or "")


def test_a_wrong_type_of_kubernetes_own_is_noticed() -> None:
    deployment = of_kind("Deployment")
    deployment["spec"]["minReadySeconds"] = "10"
    assert "minReadySeconds" in (own_problem_of(deployment, VERSIONS[-1]) or "")


@pytest.mark.parametrize("kind", sorted({kind for _, kind in definitions()} - {"VerticalPodAutoscaler"}))
def test_an_unknown_field_of_a_custom_resource_is_noticed(kind: str) -> None:
    manifest = of_kind(kind)
    manifest["spec"]["unknown"] = True
    assert problems_of(manifest)


def test_an_unknown_field_deep_in_a_list_is_noticed() -> None:
    route = of_kind("VirtualService")
    route["spec"]["http"][0]["retries"]["perTryTimeouts"] = "1s"
    assert problems_of(route) == [
        "$.spec.http[0].retries: Additional properties are not allowed ('perTryTimeouts' was unexpected)"
    ]


def test_a_value_that_is_none_of_the_definitions_is_noticed() -> None:
    scaler = of_kind("ScaledObject")
    scaler["spec"]["fallback"]["behavior"] = "keep"
    assert [problem for problem in problems_of(scaler) if problem.startswith("$.spec.fallback.behavior")]


def test_an_unknown_field_beside_the_spec_is_noticed() -> None:
    policy = of_kind("AuthorizationPolicy")
    policy["rules"] = []
    assert problems_of(policy)


def test_a_label_that_is_no_text_is_noticed() -> None:
    policy = of_kind("AuthorizationPolicy")
    policy["metadata"]["labels"]["version"] = 1
    assert problems_of(policy)


def test_a_part_that_keeps_unknown_fields_takes_any() -> None:
    """Envoy's own configuration: Istio's definition does not know it."""
    envoy_filter = of_kind("EnvoyFilter")
    envoy_filter["spec"]["configPatches"][0]["patch"]["value"]["unknown"] = True
    assert problems_of(envoy_filter) == []
