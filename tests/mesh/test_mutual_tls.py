from constructs import Construct

from api_platform.mesh.mutual_tls import mesh_wide_mutual_tls, namespace_mutual_tls, workload_mutual_tls
from tests.rendering import Manifest, object_of, objects_of
from tests.specs import a_service, a_workload, an_environment, in_context

ENVIRONMENT = an_environment(name="staging")
WORKLOAD = a_workload(name="orders", port=8081)


def mesh_wide() -> Manifest:
    return object_of(mesh_wide_mutual_tls)


def of_namespace() -> Manifest:
    return object_of(lambda chart: namespace_mutual_tls(chart, ENVIRONMENT))


def of_workload() -> Manifest:
    return object_of(lambda chart: workload_mutual_tls(chart, in_context(ENVIRONMENT, a_service(WORKLOAD), WORKLOAD)))


def test_the_whole_mesh_refuses_plain_text() -> None:
    assert mesh_wide()["spec"] == {"mtls": {"mode": "STRICT"}}


def test_the_mesh_wide_rule_lies_where_istio_reads_rules_for_all_namespaces() -> None:
    metadata = mesh_wide()["metadata"]
    assert (metadata["namespace"], metadata["name"]) == ("istio-system", "default")


def test_the_namespace_refuses_plain_text_by_itself() -> None:
    """Somebody loosens the mesh-wide rule, and our services take plain text."""
    assert of_namespace()["spec"] == {"mtls": {"mode": "STRICT"}}


def test_the_namespaces_rule_lies_in_the_environments_namespace() -> None:
    assert of_namespace()["metadata"]["namespace"] == "staging"


def test_both_rules_named_default_fit_into_one_chart() -> None:
    def build(scope: Construct) -> None:
        mesh_wide_mutual_tls(scope)
        namespace_mutual_tls(scope, ENVIRONMENT)

    assert len(objects_of(build)) == 2


def test_a_workload_refuses_plain_text_on_its_business_port() -> None:
    spec = of_workload()["spec"]
    assert spec["mtls"] == {"mode": "STRICT"}
    assert "8081" not in spec["portLevelMtls"]


def test_a_workload_takes_plain_text_on_the_metrics_port_alone() -> None:
    """Prometheus is not in the mesh: without the exception every target is down, without `alone` strict is not so."""
    assert of_workload()["spec"]["portLevelMtls"] == {"9090": {"mode": "PERMISSIVE"}}


def test_the_exception_holds_for_the_workloads_own_pods() -> None:
    """Istio ignores `portLevelMtls` without a selector."""
    assert of_workload()["spec"]["selector"] == {"matchLabels": {"app.kubernetes.io/name": "orders"}}
