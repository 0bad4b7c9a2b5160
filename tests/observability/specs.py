"""Specs that these tests share, beside those of `tests.specs`."""

from typing import Any

from api_platform.service import BusinessMetric, QueueConsumer, QueueScaling, Service, Threshold, Workload
from tests.specs import a_service, a_workload


def a_worker(**changes: Any) -> Workload:
    """Return a workload that empties a queue and answers no requests."""
    facts: dict[str, Any] = {
        "exposure": None,
        "scaling": QueueScaling(minimum=2, maximum=10, messages_per_pod=10),
        "uses": (QueueConsumer(longest_job_seconds=60),),
    }
    return a_workload(**{**facts, **changes})


def a_shop() -> Service:
    """Return a service that has everything that an alert can be about."""
    share = BusinessMetric(
        name="failed-payments",
        help="Share of payments that failed in the last five minutes.",
        query='sum(rate(payments_total{result="failure"}[5m])) / sum(rate(payments_total[5m]))',
        alert=Threshold(above=0.5, for_minutes=5),
    )
    return a_service(a_workload(), metrics=(share,))
