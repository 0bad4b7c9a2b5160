"""What a service is: plain frozen data, checked where it is made. One part, one file."""

from api_platform.service.budget import Budget, MaxUnavailable, MinAvailable
from api_platform.service.exposure import Exposure, Objectives
from api_platform.service.metric import BusinessMetric, Threshold
from api_platform.service.needs import (
    DEAD_LETTERS_KEPT_DAYS,
    MAXIMUM_RECEIVES,
    MESSAGES_KEPT_DAYS,
    BucketAccess,
    CacheAccess,
    DatabaseAccess,
    Need,
    QueueConsumer,
    QueueSender,
    SecretAccess,
)
from api_platform.service.placement import NodePool
from api_platform.service.quantity import Cpu, Memory
from api_platform.service.resources import PROXY_RESOURCES, Resources
from api_platform.service.runtime import GoRuntime, NodeRuntime, Runtime
from api_platform.service.scaling import QueueScaling, Scaling, ScalingBehavior, UtilizationScaling
from api_platform.service.service import Service
from api_platform.service.workload import METRICS_PORT, Workload

__all__ = [
    "DEAD_LETTERS_KEPT_DAYS",
    "MAXIMUM_RECEIVES",
    "MESSAGES_KEPT_DAYS",
    "METRICS_PORT",
    "PROXY_RESOURCES",
    "BucketAccess",
    "Budget",
    "BusinessMetric",
    "CacheAccess",
    "Cpu",
    "DatabaseAccess",
    "Exposure",
    "GoRuntime",
    "MaxUnavailable",
    "Memory",
    "MinAvailable",
    "Need",
    "NodePool",
    "NodeRuntime",
    "Objectives",
    "QueueConsumer",
    "QueueScaling",
    "QueueSender",
    "Resources",
    "Runtime",
    "Scaling",
    "ScalingBehavior",
    "SecretAccess",
    "Service",
    "Threshold",
    "UtilizationScaling",
    "Workload",
]
