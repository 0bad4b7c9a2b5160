"""How many pods of a workload a node drain may take at a time: one bound or the other, never both."""

from typing import Annotated

from pydantic import Field

from api_platform.model import Spec


class MinAvailable(Spec):
    """At least so many pods stay ready."""

    pods: Annotated[int, Field(ge=1)]
    """How many; where it equals the minimum of replicas, a drain has to wait until there are more."""


class MaxUnavailable(Spec):
    """At most so many pods are missing."""

    pods: Annotated[int, Field(ge=1)]
    """How many may go at a time."""


Budget = MinAvailable | MaxUnavailable
