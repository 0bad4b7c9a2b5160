"""A figure of the business, measured by the service itself."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api_platform.model import DnsLabel, Spec


class Threshold(Spec):
    """When somebody has to look at a business metric."""

    above: Annotated[float, Field(allow_inf_nan=False)]
    """The alert fires while the metric's value is above this."""
    for_minutes: Annotated[int, Field(ge=1)] = 15
    """How long it must last. Default: 15."""
    severity: Literal["warning", "critical"] = "warning"


class BusinessMetric(Spec):
    """A figure of the business: a panel on the service's dashboard and, with a threshold, an alert."""

    name: DnsLabel
    help: Annotated[str, StringConstraints(min_length=10)]
    """One sentence: what it says, in which unit."""
    query: Annotated[str, StringConstraints(min_length=3)]
    """PromQL."""
    alert: Threshold | None = None
    """Default: no alert."""
