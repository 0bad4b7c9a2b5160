"""How the kubelet asks a container whether it has started, lives, and is ready."""

from cdk8s_plus_27 import k8s

from api_platform.kubernetes.service import HTTP_PORT_NAME
from api_platform.service import Workload
from api_platform.service.exposure import READINESS_PATH
from api_platform.service.rollout import STARTUP_PERIOD_SECONDS

_LIVENESS_PATH = "/health"
"""Never looks at dependencies: a database that is down must not restart every pod."""


def liveness_probe() -> k8s.Probe:
    """Return the probe that restarts a container which no longer answers: three failures, 10 seconds apart."""
    return _probe(_LIVENESS_PATH, period_seconds=10, failure_threshold=3)


def readiness_probe() -> k8s.Probe:
    """Return the probe that takes a pod out of its Service: two failures, 5 seconds apart."""
    return _probe(READINESS_PATH, period_seconds=5, failure_threshold=2)


def startup_probe(workload: Workload) -> k8s.Probe:
    """Return the probe that holds the other two back while the container starts."""
    attempts = workload.startup_attempts
    return _probe(_LIVENESS_PATH, period_seconds=STARTUP_PERIOD_SECONDS, failure_threshold=attempts)


def _probe(path: str, *, period_seconds: int, failure_threshold: int) -> k8s.Probe:
    return k8s.Probe(
        http_get=k8s.HttpGetAction(path=path, port=k8s.IntOrString.from_string(HTTP_PORT_NAME)),
        period_seconds=period_seconds,
        failure_threshold=failure_threshold,
        timeout_seconds=3,
    )
