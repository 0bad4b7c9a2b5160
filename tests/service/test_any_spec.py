"""Whatever figures an author writes: a spec comes into being and keeps its promises, or a message says why not."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api_platform.errors import InputError
from api_platform.image import Image
from api_platform.service import (
    BucketAccess,
    BusinessMetric,
    Cpu,
    Exposure,
    GoRuntime,
    MaxUnavailable,
    Memory,
    MinAvailable,
    NodeRuntime,
    Objectives,
    QueueConsumer,
    QueueScaling,
    QueueSender,
    Resources,
    ScalingBehavior,
    SecretAccess,
    Service,
    Threshold,
    UtilizationScaling,
    Workload,
)
from tests.specs import a_workload

SPECS: tuple[type[Any], ...] = (
    BucketAccess,
    BusinessMetric,
    Exposure,
    GoRuntime,
    Image,
    MaxUnavailable,
    MinAvailable,
    NodeRuntime,
    Objectives,
    QueueConsumer,
    QueueScaling,
    QueueSender,
    Resources,
    ScalingBehavior,
    SecretAccess,
    Service,
    Threshold,
    UtilizationScaling,
    Workload,
)

UNHURRIED = settings(deadline=None)  # a loaded machine is no fault of the code
FEW = settings(UNHURRIED, max_examples=15)  # for each of many cases
COUNTS = st.integers(min_value=-1, max_value=200) | st.integers()
SECONDS = st.integers(min_value=-1, max_value=25_000)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=80) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=2) | st.tuples(inner) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=3,
)


def assert_readable(message: str) -> None:
    """Every line says what, and ends a sentence; none is in pydantic's words."""
    for line in message.split("\n"):
        assert ": " in line
        assert line.endswith((".", "?")), line
    for words in ("validation error", "pydantic", "Input should", "function-after", "[type="):
        assert words not in message


def assert_made_or_refused(make: Callable[[], object]) -> None:
    """Anything but a refusal in words of ours goes through."""
    try:
        make()
    except InputError as error:
        assert_readable(str(error))


@st.composite
def workloads(draw: st.DrawFn) -> Workload:
    """A workload of any figures that are right."""
    minimum = draw(st.integers(min_value=1, max_value=5000))
    exposed, consumes, explicit = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    timeout = draw(st.integers(min_value=1, max_value=3600)) if exposed else 0
    job = draw(st.integers(min_value=1, max_value=20_000)) if consumes else 0
    longest = 15 + max(timeout, job)
    return a_workload(
        scaling=UtilizationScaling(minimum=minimum, maximum=draw(st.integers(min_value=minimum, max_value=5000))),
        budget=draw(st.sampled_from((MinAvailable, MaxUnavailable)))(
            pods=draw(st.integers(min_value=1, max_value=minimum))
        ),
        exposure=Exposure(timeout_seconds=timeout) if exposed else None,
        uses=(QueueConsumer(longest_job_seconds=job),) if consumes else (),
        grace_period_seconds=draw(st.integers(min_value=longest, max_value=longest + 3000)) if explicit else None,
    )


@UNHURRIED
@given(workloads())
def test_grace_covers_pre_stop_and_the_longest_work(workload: Workload) -> None:
    assert workload.grace_seconds >= workload.pre_stop_seconds + workload.longest_work_seconds


@UNHURRIED
@given(workloads().filter(lambda workload: workload.grace_period_seconds is None))
def test_a_derived_grace_leaves_15_seconds_to_close_down(workload: Workload) -> None:
    assert workload.grace_seconds - workload.pre_stop_seconds - workload.longest_work_seconds >= 15


@UNHURRIED
@given(workloads())
def test_a_message_stays_hidden_beyond_job_and_grace_and_no_longer_than_sqs_can(workload: Workload) -> None:
    if workload.consumer:
        shortest = workload.consumer.longest_job_seconds + workload.grace_seconds
        assert shortest < workload.visibility_seconds <= 43_200


@UNHURRIED
@given(minimum=COUNTS, maximum=COUNTS, pods=COUNTS, kind=st.sampled_from((MinAvailable, MaxUnavailable)))
def test_any_replicas_and_budget_make_a_workload_or_a_message(
    minimum: int, maximum: int, pods: int, kind: type[MinAvailable] | type[MaxUnavailable]
) -> None:
    assert_made_or_refused(
        lambda: a_workload(scaling=UtilizationScaling(minimum=minimum, maximum=maximum), budget=kind(pods=pods))
    )


@UNHURRIED
@given(timeout=SECONDS, job=SECONDS, grace=SECONDS)
def test_any_times_make_a_workload_or_a_message(timeout: int, job: int, grace: int) -> None:
    assert_made_or_refused(
        lambda: a_workload(
            exposure=Exposure(timeout_seconds=timeout),
            uses=(QueueConsumer(longest_job_seconds=job),),
            grace_period_seconds=grace,
        )
    )


@UNHURRIED
@given(port=COUNTS | st.integers(min_value=9000, max_value=16000), user=COUNTS | st.integers(1000, 1400))
def test_any_port_and_user_make_a_workload_or_a_message(port: int, user: int) -> None:
    assert_made_or_refused(lambda: a_workload(port=port, user=user))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.__name__)
@FEW
@given(data=st.data())
def test_anything_in_any_field_makes_a_spec_or_a_message(spec: type[Any], data: st.DataObject) -> None:
    """An author who writes a list for a number reads a sentence, not a traceback through pydantic."""
    names = st.sampled_from(sorted(spec.model_fields)) | st.text(min_size=1, max_size=8)
    facts = data.draw(st.dictionaries(names, ANYTHING, max_size=4))
    assert_made_or_refused(lambda: spec(**facts))


@pytest.mark.parametrize("field", sorted(Workload.model_fields))
@FEW
@given(data=st.data())
def test_anything_in_one_field_of_a_valid_workload_is_taken_or_blamed_on_it(field: str, data: st.DataObject) -> None:
    value = data.draw(ANYTHING)
    try:
        a_workload(**{field: value})
    except InputError as error:
        assert_readable(str(error))
        assert f": {field}" in str(error) or "secrets" in str(error)  # noqa: PT017 - either outcome is right


@UNHURRIED
@given(st.integers(min_value=16, max_value=2**20), st.integers(min_value=16, max_value=2**20))
def test_nodes_heap_never_reaches_the_memory_target(request_mebibytes: int, more: int) -> None:
    memory = Memory.mebibytes(request_mebibytes)
    resources = Resources(cpu=Cpu(100), memory=memory, cpu_limit=Cpu(100), memory_limit=memory + Memory.mebibytes(more))
    assert NodeRuntime().heap(resources).bytes < memory.bytes * 0.8
