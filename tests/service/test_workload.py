from typing import Any

import pytest

from api_platform.errors import InputError
from api_platform.service import (
    METRICS_PORT,
    Cpu,
    Memory,
    QueueConsumer,
    QueueScaling,
    Resources,
    UtilizationScaling,
    Workload,
)
from tests.specs import a_workload, an_exposure


def a_worker(job: int, **changes: Any) -> Workload:
    """Return a workload that nobody calls, and whose jobs take so many seconds at the most."""
    return a_workload(**{"exposure": None, "uses": (QueueConsumer(longest_job_seconds=job),), **changes})


def refusal_of(**changes: Any) -> str:
    with pytest.raises(InputError) as refused:
        a_workload(**changes)
    return str(refused.value)


@pytest.mark.parametrize(
    ("field", "default"),
    [
        ("port", 8080),
        ("user", 1000),
        ("exposure", None),
        ("startup_attempts", 30),
        ("grace_period_seconds", None),
        ("node_pool", None),
        ("scratch", None),
        ("uses", ()),
        ("calls", ()),
        ("settings", {}),
        ("acknowledged", {}),
    ],
)
def test_a_default_stays_as_it_is(field: str, default: object) -> None:
    """Every service that leaves the field out would change with it, in production, at the next deployment."""
    assert Workload.model_fields[field].default == default


def test_metrics_have_a_port_of_their_own() -> None:
    """Port 9090 alone is open to unencrypted calls, from the monitoring namespace."""
    assert METRICS_PORT == 9090


def test_a_workload_that_is_called_waits_before_it_stops() -> None:
    """Until every proxy knows that it goes; without it, each rollout fails some requests."""
    assert a_workload().pre_stop_seconds == 15


def test_a_worker_stops_fetching_at_once() -> None:
    assert a_worker(60).pre_stop_seconds == 0


@pytest.mark.parametrize(("timeout", "grace"), [(30, 60), (300, 330)])
def test_grace_is_the_timeout_the_pre_stop_and_closing_down(timeout: int, grace: int) -> None:
    assert a_workload(exposure=an_exposure(timeout_seconds=timeout)).grace_seconds == grace


def test_a_workers_grace_is_its_longest_job_and_30_seconds() -> None:
    assert a_worker(900).grace_seconds == 930


def test_of_a_request_and_a_job_the_longer_one_counts() -> None:
    uses = (QueueConsumer(longest_job_seconds=900),)
    assert a_workload(exposure=an_exposure(timeout_seconds=30), uses=uses).grace_seconds == 930


def test_a_workload_that_does_neither_has_kubernetes_own_30_seconds() -> None:
    assert a_workload(exposure=None).grace_seconds == 30


def test_a_longer_grace_can_be_asked_for() -> None:
    assert a_workload(grace_period_seconds=120).grace_seconds == 120


def test_a_grace_that_just_covers_pre_stop_and_timeout_is_taken() -> None:
    assert a_workload(exposure=an_exposure(timeout_seconds=30), grace_period_seconds=45).grace_seconds == 45


def test_a_timeout_longer_than_the_grace_period_is_refused_with_the_sum_and_the_way_out() -> None:
    """The kernel kills the pod in the middle of a request."""
    assert refusal_of(exposure=an_exposure(timeout_seconds=300), grace_period_seconds=60) == (
        "Workload 'orders': grace_period_seconds 60 is shorter than 315: 15 s of pre-stop and 300 s of the longest "
        "request or job, which would be cut off. Raise it, or leave it out."
    )


def test_a_job_longer_than_the_grace_period_is_refused() -> None:
    with pytest.raises(InputError, match="grace_period_seconds 60 is shorter than 900: 0 s of pre-stop and 900 s"):
        a_worker(900, grace_period_seconds=60)


def test_a_message_stays_hidden_beyond_the_job_and_its_grace() -> None:
    """Else a slow job is done twice."""
    worker = a_worker(900)
    assert worker.visibility_seconds > 900 + worker.grace_seconds


def test_a_message_that_would_have_to_stay_hidden_longer_than_sqs_can_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        a_worker(20_000, grace_period_seconds=30_000)
    assert str(refused.value) == (
        "Workload 'orders': the queue would hide a message for 50060 s (job, grace and a minute); SQS takes 43200. "
        "Lower longest_job_seconds or grace_period_seconds."
    )


def test_the_proxys_user_is_refused() -> None:
    """Its traffic is not redirected: it would leave the mesh unencrypted and unseen."""
    assert "user 1337 is the mesh proxy's: its traffic escapes the mesh. Choose another." in refusal_of(user=1337)


@pytest.mark.parametrize("user", [0, 999])
def test_a_user_of_the_system_is_refused(user: int) -> None:
    assert f"user: must be 1000 or more, got {user}." in refusal_of(user=user)


def test_the_metrics_port_is_not_for_requests() -> None:
    """It is open to unencrypted calls."""
    assert "port 9090 is for metrics alone. Choose another." in refusal_of(port=9090)


@pytest.mark.parametrize("port", [15000, 15001, 15020, 15090, 15099])
def test_the_proxys_ports_are_refused(port: int) -> None:
    """The container and the proxy share one address: whoever starts second fails to bind."""
    assert f"port {port} is the mesh proxy's (15000-15099). Choose another." in refusal_of(port=port)


@pytest.mark.parametrize("port", [0, 80, 1023, 65536])
def test_a_port_that_user_1000_cannot_open_is_refused(port: int) -> None:
    assert "port: must be " in refusal_of(port=port)


def test_scaling_by_queue_needs_a_queue() -> None:
    scaling = QueueScaling(minimum=2, maximum=4, messages_per_pod=1)
    assert refusal_of(scaling=scaling) == (
        "Workload 'orders': scaling: QueueScaling needs a queue. Add QueueConsumer(...) to uses."
    )


def test_a_worker_may_scale_by_utilization() -> None:
    scaling = UtilizationScaling(minimum=2, maximum=4)
    assert a_worker(60, scaling=scaling).scaling == scaling


def test_what_is_no_scaling_is_answered_with_both_kinds() -> None:
    """Of neither kind, nothing would scale it, and its Deployment, which has no count, would stay at one replica."""
    assert (
        refusal_of(scaling=3)
        == "Workload 'orders': scaling: must be UtilizationScaling(...) or QueueScaling(...), got 3."
    )


def test_scratch_must_leave_disk_to_logs() -> None:
    """The volume counts against ephemeral_storage: the pod would be evicted when it is full."""
    small = Resources(
        cpu=Cpu(100),
        memory=Memory.mebibytes(64),
        cpu_limit=Cpu(100),
        memory_limit=Memory.mebibytes(64),
        ephemeral_storage=Memory.gibibytes(2),
    )
    assert "scratch 2Gi leaves nothing of ephemeral_storage 2Gi" in refusal_of(
        resources=small, scratch=Memory.gibibytes(2)
    )


def test_scratch_without_its_unit_is_taken_for_a_slip() -> None:
    """Memory(10) is ten bytes: the pod would be evicted at its first write."""
    assert "scratch 10 is below 16Mi. Memory counts bytes" in refusal_of(scratch=Memory(10))


def test_a_call_that_is_named_twice_is_refused() -> None:
    assert "calls: 'mails' stands there 2 times. Leave one." in refusal_of(calls=("mails", "mails"))


@pytest.mark.parametrize("name", ["", "1A", "LOG-LEVEL", "LOG LEVEL", "A=B"])
def test_a_setting_is_named_like_an_environment_variable(name: str) -> None:
    """envFrom skips keys that are none, with an event that nobody reads."""
    assert f"{name!r} is not the name of an environment variable, e.g. LOG_LEVEL." in refusal_of(settings={name: "x"})


def test_a_setting_is_text() -> None:
    assert "settings.RETRIES: must be text in quotes, got 3." in refusal_of(settings={"RETRIES": 3})


def test_an_acknowledgement_gives_its_reason() -> None:
    assert "acknowledged.some-rule: must have 10 or more characters" in refusal_of(acknowledged={"some-rule": "ok"})


def test_a_name_of_64_characters_is_refused() -> None:
    """Kubernetes takes 63 in a label, and cdk8s would cut the name without a word."""
    assert "name: must have 63 or fewer characters, has 64" in refusal_of(name="a" * 64)


def test_a_part_that_is_left_out_is_named_with_what_it_is() -> None:
    facts = {key: value for key, value in dict(a_workload()).items() if key != "budget"}
    with pytest.raises(
        InputError, match=r"^Workload 'orders': budget: is missing\. Add it: MinAvailable\(pods=\.\.\.\)"
    ):
        Workload(**facts)


def test_every_field_says_what_it_is() -> None:
    """The refusal of a missing one ends in these words."""
    required = [field for field in Workload.model_fields.values() if field.is_required()]
    assert [field for field in required if not field.description] == []
