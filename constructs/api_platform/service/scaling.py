"""How many replicas a workload has, by what measure, and how fast that may change."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from api_platform.model import Spec

Percent = Annotated[int, Field(ge=1, le=100)]
Count = Annotated[int, Field(ge=1, le=5000)]
"""A number of replicas. A cluster of Kubernetes is tested up to 5000 nodes."""


class ScalingBehavior(Spec):
    """How fast replicas may come and go. Defaults: at most +50 % and +10 pods a minute; -10 % after 5 calm minutes."""

    up_percent: Annotated[int, Field(ge=1)] = 50
    """Growth a minute, in percent of the replicas."""
    up_pods: Annotated[int, Field(ge=1)] = 10
    """Growth a minute, in pods."""
    up_select: Literal["Min", "Max"] = "Min"
    """Min: both are upper bounds. Max: the laxer of them holds, twice as fast from small numbers."""
    down_percent: Percent = 10
    """Decline a minute, in percent of the replicas."""
    down_stabilization_seconds: Annotated[int, Field(ge=0, le=3600)] = 300
    """How long the load must stay low before replicas go."""


class _Scaling(Spec):
    """What both kinds of scaling have in common."""

    minimum: Count
    """Replicas at the least; never zero, so that something always answers."""
    maximum: Count
    """Replicas at the most."""
    cpu_percent: Percent = 70
    """Target: the container's CPU use, in percent of its request."""
    memory_percent: Percent = 80
    """Target: the container's memory use, in percent of its request."""
    behavior: ScalingBehavior = ScalingBehavior()

    @model_validator(mode="after")
    def _minimum_is_not_above_maximum(self) -> Self:
        if self.minimum > self.maximum:
            raise ValueError(
                f"minimum {self.minimum} is above maximum {self.maximum}. Lower the minimum, or raise the maximum "
                "(in the spec, or under [replicas] in the environment file)."
            )
        return self


class UtilizationScaling(_Scaling):
    """By CPU and memory: a HorizontalPodAutoscaler."""


class QueueScaling(_Scaling):
    """By the depth of the queue that the workload consumes, besides CPU and memory: a KEDA ScaledObject."""

    messages_per_pod: Annotated[int, Field(ge=1)]
    """One replica for so many messages, waiting or in flight."""


Scaling = UtilizationScaling | QueueScaling
