"""The pods that stand for the releases' own."""

import re
from typing import Any

import pytest

from api_platform.aws.availability import GROUND
from api_platform.aws.releases import all_releases
from api_platform.environment import load_environments
from api_platform.proof.pressure.ground import MARK, ground, more_of
from api_platform.services import all_services

pytestmark = pytest.mark.aws
(PRODUCTION,) = load_environments("production")
RELEASES = all_releases(PRODUCTION, all_services(PRODUCTION))


def test_there_is_one_for_each_kind_of_pod_with_what_its_release_says() -> None:
    found = {one["metadata"]["name"]: one for one in ground(RELEASES, with_priority=True)}
    assert len(found) == sum(len(release.components) for release in RELEASES)
    gateway = found["pressure-istio-ingressgateway-gateway"]
    assert (gateway["kind"], gateway["spec"]["replicas"]) == ("Deployment", 3)
    pod = gateway["spec"]["template"]["spec"]
    assert pod["priorityClassName"] == GROUND
    assert pod["containers"][0]["resources"]["requests"] == {"cpu": "500m", "memory": "1Gi"}
    assert found["pressure-istio-cni-cni"]["kind"] == "DaemonSet"
    assert all(re.fullmatch("[a-z0-9-]+", name) for name in found), "the API server takes no others"


def test_the_control_has_no_priority() -> None:
    for one in ground(RELEASES, with_priority=False):
        assert "priorityClassName" not in one["spec"]["template"]["spec"]


def test_more_of_a_workload_are_as_it_is_and_known_to_nobody_else() -> None:
    """Else its autoscaler would take them away, and its Service send them requests."""
    spread: list[dict[str, Any]] = [
        {"whenUnsatisfiable": how, "labelSelector": {}} for how in ("DoNotSchedule", "ScheduleAnyway")
    ]
    template = {
        "metadata": {"labels": {"app": "orders"}},
        "spec": {"containers": ["it"], "priorityClassName": "serving", "topologySpreadConstraints": spread},
    }
    deployment = {"metadata": {"name": "orders", "namespace": "production"}, "spec": {"template": template}}
    more = more_of(deployment, 97)
    labels = more["spec"]["template"]["metadata"]["labels"]
    assert (more["spec"]["replicas"], more["spec"]["template"]["spec"]["priorityClassName"]) == (97, "serving")
    assert MARK.items() <= labels.items()
    assert "app" not in labels
    (kept,) = more["spec"]["template"]["spec"]["topologySpreadConstraints"]
    assert kept == {"whenUnsatisfiable": "ScheduleAnyway", "labelSelector": {"matchLabels": labels}}
