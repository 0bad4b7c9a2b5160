import re
from collections import Counter
from typing import Any

import pytest

from api_platform import names
from api_platform.environment import ENVIRONMENT_NAMES, Environment, load_environments
from api_platform.errors import InputError
from api_platform.manifests.rendering import Rendering, render
from api_platform.rules import Manifest
from api_platform.yaml_files import to_yaml
from tests.charts.kinds import title, titles
from tests.specs import a_service, a_workload, an_environment
from tests.whole_platform import every_environment, rendering_of

OF_THE_WHOLE_CLUSTER = {
    *("ClusterIssuer", "ClusterRole", "ClusterRoleBinding", "Namespace", "PriorityClass", "StorageClass")
}
"""Kinds without a namespace. The schemas' test compares it with the CRDs."""

WORKLOAD_KINDS = (
    *("Deployment", "PodDisruptionBudget", "ConfigMap", "Service", "ServiceAccount", "NetworkPolicy"),
    *("PriorityClass", "ResourceQuota", "LimitRange", "StorageClass", "ExternalSecret", "Namespace"),
    *("ClusterRole", "ClusterRoleBinding"),
)
MESH_KINDS = (
    *("PeerAuthentication", "AuthorizationPolicy", "Gateway", "Certificate", "ClusterIssuer", "VirtualService"),
    *("DestinationRule", "EnvoyFilter", "Telemetry", "Sidecar", "SecretStore"),
)
OBSERVABILITY_KINDS = ("ServiceMonitor", "PodMonitor", "PrometheusRule")
SCALING_KINDS = ("HorizontalPodAutoscaler", "ScaledObject", "TriggerAuthentication")
OPTED_IN_KINDS = ("VerticalPodAutoscaler",)

ORDERS = a_service(a_workload(name="orders"))
STOCK = a_service(a_workload(name="stock"))


def text_of(rendering: Rendering) -> dict[str, str]:
    return {stem: to_yaml(objects) for stem, objects in rendering.files.items()}


def environment_of(name: str) -> Environment:
    (only,) = load_environments(name)
    return only


def objects(environment: str) -> tuple[Manifest, ...]:
    return rendering_of(environment).objects


def metadata_of(environment: str) -> list[tuple[str, dict[str, Any]]]:
    return [(title(one), one["metadata"]) for one in rendering_of(environment).objects]


@every_environment
def test_rendering_again_after_the_others_gives_the_same_bytes(environment: str) -> None:
    """Parts of cdk8s-plus add to an object at each render; and what is computed once would be the next one's too."""
    first: dict[str, dict[str, str]] = {name: text_of(rendering_of(name)) for name in ENVIRONMENT_NAMES}
    assert text_of(render(environment_of(environment))) == first[environment]


@every_environment
def test_no_two_objects_of_a_kind_and_namespace_have_one_name(environment: str) -> None:
    """The second apply would overwrite the first."""
    keys = [(one["kind"], one["metadata"].get("namespace"), one["metadata"]["name"]) for one in objects(environment)]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


@every_environment
def test_every_object_has_a_name_of_its_own(environment: str) -> None:
    """cdk8s would make one from the construct's path: `50-api-service-deployment-c8b0d1a2`, cut at 63 characters."""
    label = re.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
    assert [what for what, one in metadata_of(environment) if not label.fullmatch(one.get("name", ""))] == []


@every_environment
def test_no_name_is_made_from_a_hash(environment: str) -> None:
    """Such a name moves with the construct's place in the tree, and the old object stays behind."""
    assert [what for what, one in metadata_of(environment) if re.search("-c[0-9a-f]{7}$", one["name"])] == []


@every_environment
def test_every_object_that_is_in_a_namespace_says_which(environment: str) -> None:
    """Without it, kubectl takes whatever namespace its user happens to be in."""
    found = {one["kind"] for one in objects(environment) if not one["metadata"].get("namespace")}
    assert found <= OF_THE_WHOLE_CLUSTER


@every_environment
def test_no_object_of_the_whole_cluster_claims_a_namespace(environment: str) -> None:
    found = {one["kind"] for one in objects(environment) if one["metadata"].get("namespace")}
    assert found.isdisjoint(OF_THE_WHOLE_CLUSTER)


@every_environment
def test_services_live_in_the_environments_namespace_alone(environment: str) -> None:
    """`kubectl delete namespace staging` must not reach into another environment, nor leave anything behind."""
    files = rendering_of(environment).files
    found = {one["metadata"]["namespace"] for stem, made in files.items() if stem[:2] != "00" for one in made}
    assert found == {environment}


@every_environment
def test_the_platform_reaches_into_the_meshs_namespaces_and_no_other(environment: str) -> None:
    found = {one["metadata"].get("namespace") for one in rendering_of(environment).files["00-platform"]}
    assert found == {None, environment, names.ISTIO_NAMESPACE, names.GATEWAY_NAMESPACE}


@every_environment
def test_every_object_says_who_made_it(environment: str) -> None:
    makers = {one["labels"]["app.kubernetes.io/managed-by"] for _, one in metadata_of(environment)}
    assert makers == {"api-platform"}


@every_environment
@pytest.mark.parametrize("kind", [*WORKLOAD_KINDS, *MESH_KINDS, *OBSERVABILITY_KINDS, *SCALING_KINDS])
def test_every_kind_of_the_design_has_an_object(environment: str, kind: str) -> None:
    """A construct that nobody calls any more would go unnoticed: all that is left still passes."""
    assert [one for one in objects(environment) if one["kind"] == kind]


@every_environment
def test_no_kind_is_there_that_the_design_does_not_know(environment: str) -> None:
    """Add it to the table above: then its absence fails too."""
    known = {*WORKLOAD_KINDS, *MESH_KINDS, *OBSERVABILITY_KINDS, *SCALING_KINDS, *OPTED_IN_KINDS}
    assert {one["kind"] for one in objects(environment)} <= known


@every_environment
def test_vertical_autoscalers_are_there_for_those_who_opt_in(environment: str) -> None:
    found = {one["kind"] for one in objects(environment)} & set(OPTED_IN_KINDS)
    assert found == (set(OPTED_IN_KINDS) if environment_of(environment).vertical_pod_autoscaler else set())


@pytest.mark.parametrize(("opted_in", "last"), [(True, "60-vertical-autoscaling"), (False, "50-stock")])
def test_opting_in_adds_a_file_and_changes_no_other(opted_in: bool, last: str) -> None:
    plain = render(an_environment(), (ORDERS, STOCK)).files
    files = render(an_environment(vertical_pod_autoscaler=opted_in), (ORDERS, STOCK)).files
    assert list(files)[-1] == last
    assert {stem: made for stem, made in files.items() if stem in plain} == plain


@every_environment
def test_the_committed_environments_have_no_finding_that_is_not_accepted(environment: str) -> None:
    assert rendering_of(environment).report.unacknowledged == ()


@every_environment
def test_files_are_in_the_order_in_which_kubectl_takes_them(environment: str) -> None:
    """The stacks apply in the rendering's order, kubectl by file name: the two must not differ."""
    stems = list(rendering_of(environment).files)
    assert stems == sorted(stems, key=lambda stem: stem[:2])
    assert stems[0] == "00-platform"


@every_environment
def test_every_service_has_a_file_of_its_own(environment: str) -> None:
    rendering = rendering_of(environment)
    assert [f"50-{service.name}" for service in rendering.services] == [
        stem for stem in rendering.files if stem.startswith("50-")
    ]


def test_the_objects_are_those_of_all_files_in_order() -> None:
    rendering = rendering_of("production")
    assert titles(rendering.objects) == [one for made in rendering.files.values() for one in titles(made)]


def test_services_that_are_given_replace_the_platforms_own() -> None:
    rendering = render(an_environment(), (ORDERS,))
    assert list(rendering.files) == ["00-platform", "50-orders"]


def test_a_service_in_the_middle_changes_no_other_services_objects() -> None:
    """A diff shows what changed: adding a service must not move, rename or renumber anything else."""
    alone, beside = (render(an_environment(), services).files for services in ((STOCK,), (ORDERS, STOCK)))
    assert alone["50-stock"] == beside["50-stock"]


def test_a_call_to_nobody_is_refused_before_anything_is_rendered() -> None:
    caller = a_service(a_workload(name="orders", calls=("stokc",)))
    with pytest.raises(InputError, match="there is no workload 'stokc'"):
        render(an_environment(), (caller, STOCK))


@every_environment
def test_no_object_holds_a_token_of_the_cdk(environment: str) -> None:
    """A name that AWS alone knows would be printed as ${Token[..]}."""
    assert "${Token[" not in "".join(text_of(rendering_of(environment)).values())


def test_there_are_three_environments() -> None:
    """Everything above is about each of these."""
    assert ENVIRONMENT_NAMES == ("development", "staging", "production")
