from typing import Any

import pytest

from api_platform.call_graph import build_call_graph
from api_platform.kubernetes.deployment import deployment
from api_platform.service import Exposure, Workload
from tests.kubernetes.pods import a_worker, container_of, deployment_of, pod_of
from tests.rendering import object_of
from tests.specs import a_service, a_workload, an_environment, an_image, in_context


def spec() -> dict[str, Any]:
    return dict(deployment_of(a_workload())["spec"])


def configuration_annotation(workload: Workload) -> str:
    annotations = deployment_of(workload)["spec"]["template"]["metadata"]["annotations"]
    return str(annotations["api-platform/configuration"])


@pytest.mark.parametrize("workload", [a_workload(), a_worker()], ids=["utilization", "queue"])
def test_it_says_nothing_of_replicas(workload: Workload) -> None:
    """Every apply would set the count that the autoscaler has found."""
    assert "replicas" not in deployment_of(workload)["spec"]


def test_a_called_container_sleeps_before_it_stops() -> None:
    """The typed classes know `preStop` only without `sleep`, and drop what they do not know: `preStop: {}`."""
    assert container_of(a_workload())["lifecycle"] == {"preStop": {"sleep": {"seconds": 15}}}


def test_a_worker_stops_fetching_at_once() -> None:
    """Nobody calls it, so there is nobody to wait for; it would only take new jobs for 15 seconds more."""
    assert "lifecycle" not in container_of(a_worker())


def test_the_sleep_is_rendered_each_time() -> None:
    """The synth renders a chart more than once; what is patched in must not be patched in twice, or go missing."""
    service = a_service()
    (workload,) = service.workloads
    environment, graph = an_environment(), build_call_graph([service])
    made: list[Any] = []
    first = object_of(lambda chart: made.append(deployment(chart, in_context(environment, service, workload, graph))))
    assert made[0].to_json() == first


def test_a_rollout_never_takes_a_pod_before_its_successor_is_ready() -> None:
    assert spec()["strategy"] == {
        "type": "RollingUpdate",
        "rollingUpdate": {"maxUnavailable": 0, "maxSurge": "25%"},
    }


def test_a_new_pod_must_stay_ready_for_ten_seconds() -> None:
    assert spec()["minReadySeconds"] == 10


@pytest.mark.parametrize(("attempts", "seconds"), [(30, 600), (96, 600), (97, 605), (140, 820)])
def test_a_rollout_that_stands_still_longer_than_a_start_may_take_has_failed(attempts: int, seconds: int) -> None:
    """A deadline before the last start-up probe would fail deployments of pods that are good and slow."""
    assert deployment_of(a_workload(startup_attempts=attempts))["spec"]["progressDeadlineSeconds"] == seconds


def test_five_old_releases_are_kept() -> None:
    assert spec()["revisionHistoryLimit"] == 5


def test_it_selects_the_pods_that_it_makes() -> None:
    made = spec()
    assert made["selector"]["matchLabels"].items() <= made["template"]["metadata"]["labels"].items()


def test_its_selector_stays_the_same_from_release_to_release() -> None:
    """A selector cannot be changed: with the version in it, the apply of the next release would be refused."""
    old, new = (deployment_of(a_workload(image=an_image(tag=tag))) for tag in ("v1.2.3", "v1.2.4"))
    assert old["spec"]["selector"] == new["spec"]["selector"]


def test_its_pods_carry_their_release() -> None:
    labels = spec()["template"]["metadata"]["labels"]
    assert (labels["version"], labels["app.kubernetes.io/version"]) == ("v1.2.3", "v1.2.3")


@pytest.mark.parametrize(
    "change",
    [{"settings": {"LOG_LEVEL": "debug"}}, {"port": 8081}, {"exposure": Exposure(timeout_seconds=31)}],
    ids=["a setting", "the port", "the timeout"],
)
def test_a_change_of_the_configuration_rolls_the_pods(change: dict[str, Any]) -> None:
    """Pods read their environment when they start: without a change in their template they would keep the old one."""
    assert configuration_annotation(a_workload(**change)) != configuration_annotation(a_workload())


def test_the_order_of_settings_changes_nothing() -> None:
    """To sort the lines of a spec is no reason to restart every pod."""
    one, other = {"A": "1", "B": "2"}, {"B": "2", "A": "1"}
    assert configuration_annotation(a_workload(settings=one)) == configuration_annotation(a_workload(settings=other))


def test_what_is_no_configuration_leaves_its_hash_alone() -> None:
    """Else every change of a ceiling or a budget would restart every pod."""
    changed = a_workload(acknowledged={"some-rule": "a reason of some length"})
    assert configuration_annotation(changed) == configuration_annotation(a_workload())


@pytest.mark.parametrize(
    ("workload", "seconds"),
    [
        (a_workload(exposure=Exposure(timeout_seconds=30)), 60),
        (a_workload(exposure=Exposure(timeout_seconds=300)), 330),
        (a_worker(), 930),
        (a_workload(grace_period_seconds=90), 90),
    ],
    ids=["30 s of timeout", "300 s of timeout", "900 s of work", "the spec's own"],
)
def test_a_pod_may_end_its_longest_work_before_it_is_killed(workload: Workload, seconds: int) -> None:
    assert pod_of(workload)["terminationGracePeriodSeconds"] == seconds


def test_its_pods_run_as_the_workloads_own_service_account() -> None:
    """That account is the workload's identity in the mesh and with AWS."""
    assert pod_of(a_workload())["serviceAccountName"] == "orders"


def test_its_pods_get_no_token_of_the_kubernetes_api() -> None:
    assert pod_of(a_workload())["automountServiceAccountToken"] is False


def test_its_pods_get_no_variables_of_other_services() -> None:
    """For a Service named `port` they would overwrite our own PORT, by `tcp://10.0.0.1:8080`."""
    assert pod_of(a_workload())["enableServiceLinks"] is False


def test_a_called_workload_goes_before_one_that_works_through_a_queue() -> None:
    assert (pod_of(a_workload())["priorityClassName"], pod_of(a_worker())["priorityClassName"]) == (
        "serving",
        "background-work",
    )


@pytest.mark.parametrize("workload", [a_workload(name="orders"), a_worker(name="parcels")], ids=["called", "worker"])
def test_it_is_named_after_its_workload(workload: Workload) -> None:
    metadata = deployment_of(workload, an_environment(name="staging"))["metadata"]
    assert (metadata["namespace"], metadata["name"]) == ("staging", workload.name)
