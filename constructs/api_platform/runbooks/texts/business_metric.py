"""A figure of the business: one page for each metric with a threshold."""

from api_platform.errors import InputError
from api_platform.observability.alert import pascal_case
from api_platform.runbooks.looks import LOGS, PODS, ROLLOUT, UNDO_THE_RELEASE
from api_platform.runbooks.occurrence import Occurrence
from api_platform.runbooks.runbook import AlertLimit, Runbook, WayOut
from api_platform.service import BusinessMetric


def business_runbook(one: Occurrence) -> Runbook:
    """Return the runbook of the metric whose alert this is. Raises InputError where no metric has that name."""
    metric = _metric(one)
    return Runbook(
        alert=one.name,
        says=f"The service's own metric `{metric.name}` is above its threshold. {metric.help}",
        noticed="What the metric is about. The pods may well be healthy: no other alert need fire.",
        limit=AlertLimit("above", lambda occurrence: _threshold(_metric(occurrence))),
        looks=(ROLLOUT, PODS, LOGS),
        ways_out=(
            UNDO_THE_RELEASE,
            WayOut(
                "it is not the service",
                f"Grafana draws `{metric.name}` in the row Business of the service's board: since when, and what else "
                "changed then. A dependency, a client's release or an attack look alike there.",
            ),
            WayOut(
                "the threshold is wrong",
                f"Correct `alert` of `{metric.name}` in the service's spec.",
            ),
        ),
    )


def _metric(one: Occurrence) -> BusinessMetric:
    for metric in one.service.metrics if one.service else ():
        if pascal_case(metric.name) == one.name:
            return metric
    raise InputError(
        f"alert {one.name} of {one.subject} has no runbook. Write one in constructs/api_platform/runbooks/texts/, and "
        "add it to RUNBOOKS in constructs/api_platform/runbooks/pages.py."
    )


def _threshold(metric: BusinessMetric) -> str:
    return f"{metric.alert.above:g}" if metric.alert else ""
