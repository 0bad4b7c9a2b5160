"""The values that our objects rely on."""

import re
from typing import Any

import pytest

from api_platform import names
from api_platform.aws.add_on_namespaces import add_on_namespaces
from api_platform.aws.helm_release import HelmRelease
from api_platform.aws.releases import all_releases
from api_platform.environment import ROOT
from api_platform.service import PROXY_RESOURCES, Memory
from tests.specs import an_environment

pytestmark = pytest.mark.aws

ENVIRONMENT = an_environment(vertical_pod_autoscaler=True)
RELEASES = {release.name: release for release in all_releases(ENVIRONMENT, ())}


def value(release: str, *keys: str) -> Any:
    here: Any = RELEASES[release].chart_values
    for key in keys:
        here = here[key]
    return here


@pytest.mark.parametrize("release", RELEASES.values(), ids=lambda release: release.name)
def test_versions_are_exact_and_repositories_have_tls(release: HelmRelease) -> None:
    assert re.fullmatch(r"v?\d+\.\d+\.\d+", release.version)
    assert release.repository.startswith("https://")


@pytest.mark.parametrize("release", RELEASES.values(), ids=lambda release: release.name)
def test_every_release_has_a_namespace_that_says_its_pod_security(release: HelmRelease) -> None:
    (namespace,) = add_on_namespaces([release.namespace])
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"]


@pytest.mark.parametrize(
    ("release", "module"),
    [
        ("istiod", "istio.io/api"),
        ("keda", "github.com/kedacore/keda/v2"),
        ("cert-manager", "github.com/cert-manager/cert-manager"),
    ],
)
def test_what_is_installed_is_what_our_objects_are_checked_against(release: str, module: str) -> None:
    """The other charts have numbers of their own; External Secrets 2.x cannot be had as a Go module."""
    pins = dict(re.findall(r"^\t(\S+) v(\S+)$", (ROOT / "tools/crds/go.mod").read_text(), flags=re.MULTILINE))
    assert RELEASES[release].version.removeprefix("v") == pins[module]


def test_releases_come_after_what_they_need() -> None:
    done: set[str] = set()
    for name, release in RELEASES.items():
        assert set(release.after) <= done
        done.add(name)


class TestMesh:
    def test_all_of_it_has_one_version(self) -> None:
        mesh = [one for one in RELEASES.values() if "istio" in one.repository]
        assert len(mesh) == 4
        assert {one.version for one in mesh} == {"1.30.3"}

    def test_injection_needs_no_privileges(self) -> None:
        """Without the CNI agent each pod gets an init container that `restricted` refuses."""
        assert value("istiod", "pilot", "cni", "enabled") is True
        assert "istio-cni" in RELEASES["istiod"].after

    def test_the_proxy_outlives_the_application(self) -> None:
        assert value("istiod", "pilot", "env", "ENABLE_NATIVE_SIDECARS") == "true"

    def test_traces_go_to_the_collector_that_telemetry_and_sidecars_name(self) -> None:
        (provider,) = value("istiod", "meshConfig", "extensionProviders")
        assert provider == {
            "name": names.TRACING_PROVIDER,
            "opentelemetry": {"service": names.TRACE_COLLECTOR_HOST, "port": 4317},
        }

    def test_the_proxy_takes_what_quotas_count_for_it(self) -> None:
        resources = value("istiod", "global", "proxy", "resources")
        assert resources["requests"] == {"cpu": str(PROXY_RESOURCES.cpu), "memory": str(PROXY_RESOURCES.memory)}
        assert resources["limits"] == {
            "cpu": str(PROXY_RESOURCES.cpu_limit),
            "memory": str(PROXY_RESOURCES.memory_limit),
        }

    def test_identities_begin_as_policies_compare_them(self) -> None:
        assert names.principal("a", "b").startswith(value("istiod", "meshConfig", "trustDomain") + "/ns/")

    def test_images_come_from_where_they_will_stay(self) -> None:
        for release in ("istiod", "istio-cni"):
            assert value(release, "global", "hub") == "docker.io/istio"

    def test_the_gateway_starts_under_restricted_and_listens_on_80_and_443(self) -> None:
        """The chart sets the sysctl only where no security context is given."""
        context = value(names.GATEWAY_RELEASE, "securityContext")
        assert context["seccompProfile"] == {"type": "RuntimeDefault"}
        assert {"name": "net.ipv4.ip_unprivileged_port_start", "value": "0"} in context["sysctls"]

    def test_the_load_balancer_passes_tcp_through(self) -> None:
        annotations = value(names.GATEWAY_RELEASE, "service", "annotations")
        prefix = "service.beta.kubernetes.io/aws-load-balancer"
        assert annotations[f"{prefix}-type"] == "nlb"
        assert annotations[f"{prefix}-backend-protocol"] == "tcp"
        assert f"{prefix}-ssl-cert" not in annotations

    def test_the_gateways_label_follows_from_its_release(self) -> None:
        assert {"istio": names.GATEWAY_RELEASE.removeprefix("istio-")} == names.GATEWAY_SELECTOR
        assert RELEASES[names.GATEWAY_RELEASE].namespace == names.GATEWAY_NAMESPACE


def test_prometheus_looks_at_everybodys_monitors_and_rules() -> None:
    """Left alone, it takes only those with the release's own label, in silence."""
    spec = value(names.PROMETHEUS_RELEASE, "prometheus", "prometheusSpec")
    for kind in ("serviceMonitor", "podMonitor", "rule"):
        assert spec[f"{kind}SelectorNilUsesHelmValues"] is False


def test_prometheus_keeps_what_it_knows_when_it_moves() -> None:
    """On the pod's own disk, what burns over six hours would begin blind after each move."""
    spec = value(names.PROMETHEUS_RELEASE, "prometheus", "prometheusSpec")
    claim = spec["storageSpec"]["volumeClaimTemplate"]["spec"]
    assert claim["storageClassName"] == names.STORAGE_CLASS
    kept, disk = spec["retentionSize"].removesuffix("B"), claim["resources"]["requests"]["storage"]
    assert Memory.parse(kept) < Memory.parse(disk)


@pytest.mark.parametrize("part", ["kubeControllerManager", "kubeEtcd", "kubeProxy", "kubeScheduler"])
def test_what_eks_hides_is_not_missed(part: str) -> None:
    """Its absence would be a critical alert for ever, and people would learn to look away."""
    assert value(names.PROMETHEUS_RELEASE, part, "enabled") is False


def test_alertmanager_publishes_under_its_own_role() -> None:
    account = value(names.PROMETHEUS_RELEASE, "alertmanager", "serviceAccount")
    assert account["name"] == names.ALERTMANAGER
    assert account["annotations"] == {names.ROLE_ARN_ANNOTATION: names.role_arn(ENVIRONMENT, names.ALERTMANAGER)}


def test_grafana_finds_dashboards_in_every_namespace() -> None:
    dashboards = value(names.PROMETHEUS_RELEASE, "grafana", "sidecar", "dashboards")
    assert dashboards == {"label": "grafana_dashboard", "labelValue": "1", "searchNamespace": "ALL"}


def test_keda_reads_queues_under_its_own_role_and_shows_what_it_read() -> None:
    irsa = value("keda", "podIdentity", "aws", "irsa")
    assert irsa == {"enabled": True, "roleArn": names.role_arn(ENVIRONMENT, names.KEDA_OPERATOR)}
    assert value("keda", "prometheus", "operator", "serviceMonitor", "enabled") is True


def test_cert_manager_brings_its_crds_and_has_its_role() -> None:
    assert value("cert-manager", "crds", "enabled") is True
    account = value("cert-manager", "serviceAccount")
    assert account["name"] == names.CERT_MANAGER
    assert account["annotations"] == {names.ROLE_ARN_ANNOTATION: names.role_arn(ENVIRONMENT, names.CERT_MANAGER)}


def test_external_secrets_has_no_role() -> None:
    """With one, every namespace's store could read every namespace's secrets."""
    assert "serviceAccount" not in RELEASES["external-secrets"].chart_values


def test_the_vertical_autoscaler_only_recommends() -> None:
    """An updater beside an autoscaler would fight it."""
    assert value("vertical-pod-autoscaler", "updater", "enabled") is False
    assert value("vertical-pod-autoscaler", "admissionController", "enabled") is False
