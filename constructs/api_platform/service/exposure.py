"""How a workload is called: from the world, from the mesh, and with what promise."""

from typing import Annotated

from pydantic import Field

from api_platform.model import DnsLabel, Spec

READINESS_PATH = "/health/ready"
"""Answers 200 while a pod can serve: to the kubelet, and to the world at the public hosts."""


class Objectives(Spec):
    """What the service promises its callers; alerts burn against it."""

    availability_percent: Annotated[float, Field(gt=90, lt=100)] = 99.9
    """Share of requests, over 30 days, that end neither in a 5xx nor in no answer. Default: 99.9."""
    p95_latency_milliseconds: Annotated[int, Field(ge=1)] = 500
    """95 of 100 requests are faster. Default: 500."""


class Exposure(Spec):
    """A workload that answers HTTP requests."""

    timeout_seconds: Annotated[int, Field(ge=1, le=3600)]
    """The longest that one request may take, retries included. What takes over an hour is a job for a queue."""
    subdomain: DnsLabel | None = None
    """Public at <subdomain>.<domain>, through the gateway. None: called inside the mesh only."""
    retry_attempts: Annotated[int, Field(ge=0, le=10)] = 3
    """How often the proxy tries again. Default: 3."""
    consecutive_errors: Annotated[int, Field(ge=1)] = 5
    """Server errors in a row after which a pod is ejected (circuit breaker). Default: 5."""
    objectives: Objectives = Objectives()
