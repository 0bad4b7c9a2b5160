from typing import Any

import pytest

from api_platform.errors import InputError
from api_platform.service import BusinessMetric, Service
from tests.specs import a_service, a_workload


def refusal_of(**facts: Any) -> str:
    with pytest.raises(InputError) as refused:
        Service(**{"name": "shop", "workloads": (a_workload(),), **facts})
    return str(refused.value)


def test_a_service_is_one_workload_or_more() -> None:
    assert [one.name for one in a_service(a_workload(name="a"), a_workload(name="b")).workloads] == ["a", "b"]


def test_a_service_without_a_workload_is_refused() -> None:
    assert refusal_of(workloads=()) == "Service 'shop': workloads: must have 1 or more, has 0. Add what is missing."


def test_two_workloads_of_one_name_are_refused() -> None:
    workloads = (a_workload(name="orders"), a_workload(name="orders"))
    assert refusal_of(workloads=workloads) == "Service 'shop': 2 workloads are named 'orders'. Rename all but one."


def test_two_metrics_of_one_name_are_refused() -> None:
    """The second one's alert would replace the first one's."""
    metric = BusinessMetric(name="logins", help="Logins a second.", query="logins")
    assert refusal_of(metrics=(metric, metric)) == "Service 'shop': 2 metrics are named 'logins'. Rename all but one."


def test_a_list_is_answered_with_how_to_write_a_tuple() -> None:
    message = refusal_of(workloads=[a_workload()])
    assert message.startswith("Service 'shop': workloads: must be a tuple, got [Workload(name='orders'")
    assert message.endswith("Write (a, b), or (a,) for a single one.")


def test_a_single_workload_without_a_tuple_is_answered_likewise() -> None:
    assert "workloads: must be a tuple" in refusal_of(workloads=a_workload())


def test_what_is_no_workload_is_named_by_its_place() -> None:
    assert refusal_of(workloads=(a_workload(), 1)) == "Service 'shop': workloads.1: must be Workload(...), got 1."


def test_a_misspelt_key_is_answered_with_the_nearest() -> None:
    assert "Service 'shop': metrcs: is not a known key. Did you mean 'metrics'?" in refusal_of(metrcs=())
