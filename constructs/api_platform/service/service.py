"""A service: workloads that one team owns, deployed together."""

from collections import Counter
from typing import Annotated, Self

from pydantic import Field, model_validator

from api_platform.model import DnsLabel, Spec
from api_platform.service.metric import BusinessMetric
from api_platform.service.workload import Workload


class Service(Spec):
    """What one team owns: one or more workloads, one stack, one file of manifests."""

    name: DnsLabel
    """Unique in the platform; names the stack and the file."""
    workloads: Annotated[tuple[Workload, ...], Field(min_length=1)]
    """What it consists of."""
    metrics: tuple[BusinessMetric, ...] = ()
    """Figures of the business, beside those that every workload has."""

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        for what, parts in (("workload", self.workloads), ("metric", self.metrics)):
            for name, times in Counter(part.name for part in parts).items():
                if times > 1:
                    raise ValueError(f"{times} {what}s are named {name!r}. Rename all but one.")
        return self
