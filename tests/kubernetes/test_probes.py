import pytest

from api_platform.service import Workload
from tests.kubernetes.pods import a_worker, container_of
from tests.specs import a_workload

every_workload = pytest.mark.parametrize("workload", [a_workload(), a_worker()], ids=["called", "worker"])
every_probe = pytest.mark.parametrize("probe", ["livenessProbe", "readinessProbe", "startupProbe"])


@every_workload
def test_liveness_asks_the_path_that_never_looks_at_dependencies(workload: Workload) -> None:
    """Asking /health/ready, a database that is down would restart every pod, and again, and again."""
    assert container_of(workload)["livenessProbe"]["httpGet"]["path"] == "/health"


@every_workload
def test_readiness_asks_whether_the_workload_can_serve(workload: Workload) -> None:
    assert container_of(workload)["readinessProbe"]["httpGet"]["path"] == "/health/ready"


@every_workload
def test_a_start_is_over_when_the_container_answers(workload: Workload) -> None:
    """Asking /health/ready, pods that start while the database is down would be killed before they could serve."""
    assert container_of(workload)["startupProbe"]["httpGet"]["path"] == "/health"


@every_probe
def test_probes_ask_the_business_port(probe: str) -> None:
    assert container_of(a_workload())[probe]["httpGet"]["port"] == "http"


@pytest.mark.parametrize("attempts", [30, 60])
def test_a_container_has_five_seconds_for_each_attempt_to_start(attempts: int) -> None:
    probe = container_of(a_workload(startup_attempts=attempts))["startupProbe"]
    assert (probe["failureThreshold"], probe["periodSeconds"]) == (attempts, 5)


def test_a_container_that_no_longer_answers_is_restarted_after_30_seconds() -> None:
    probe = container_of(a_workload())["livenessProbe"]
    assert probe["failureThreshold"] * probe["periodSeconds"] == 30


def test_a_pod_that_cannot_serve_is_left_out_after_10_seconds() -> None:
    """Well before it would be restarted: it may recover."""
    probe = container_of(a_workload())["readinessProbe"]
    assert probe["failureThreshold"] * probe["periodSeconds"] == 10


@every_probe
def test_a_probe_waits_longer_than_a_second(probe: str) -> None:
    """One second, the default, is less than a pause of a garbage collector under load."""
    assert container_of(a_workload())[probe]["timeoutSeconds"] == 3
