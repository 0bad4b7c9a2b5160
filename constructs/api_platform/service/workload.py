"""One Deployment's worth of a service: pods of one image that scale together."""

from collections.abc import Mapping
from typing import Annotated, Self, TypeVar

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from api_platform.image import Image
from api_platform.model import DnsLabel, Matches, Spec, each_once
from api_platform.service.budget import Budget, MinAvailable
from api_platform.service.exposure import Exposure
from api_platform.service.needs import DatabaseAccess, Need, QueueConsumer, SecretAccess
from api_platform.service.placement import NodePool
from api_platform.service.quantity import Memory
from api_platform.service.resources import LEAST_MEMORY, Resources
from api_platform.service.rollout import MOST_STARTUP_ATTEMPTS, STARTUP_PERIOD_SECONDS
from api_platform.service.runtime import Runtime
from api_platform.service.scaling import QueueScaling, Scaling

METRICS_PORT = 9090
"""Where every workload serves GET /metrics, apart from its business port."""
PROXY_USER = 1337
"""The mesh proxy's user id; a container that runs under it escapes the mesh."""
PRE_STOP_SECONDS = 15
"""A pod that answers requests waits so long before it stops: until every proxy knows that it goes."""
DRAIN_SECONDS = 15
"""Beyond its longest request or job, a pod has so long to close connections."""

PROXY_PORTS = range(15000, 15100)
"""Where the mesh's proxy listens beside the container."""
LONGEST_VISIBILITY_SECONDS = 43_200
"""SQS hides a message twelve hours at most."""

VariableName = Annotated[str, Matches("[A-Za-z_][A-Za-z0-9_]*", "the name of an environment variable, e.g. LOG_LEVEL")]
Reason = Annotated[str, StringConstraints(min_length=10)]
N = TypeVar("N", bound=Need)


class Workload(Spec):
    """One Deployment with everything around it."""

    name: DnsLabel
    """Of the Deployment and all that belongs to it; unique in the platform."""
    image: Image
    """The container's; env.image("<service>") reads it from the environment file."""
    runtime: Runtime
    """What runs in the container; its memory settings follow from the resources."""
    resources: Resources
    """What the container asks for and may not exceed."""
    scaling: Scaling
    """UtilizationScaling, or QueueScaling for a workload that consumes a queue."""
    budget: Budget
    """MinAvailable(pods=...) or MaxUnavailable(pods=...): how many a node drain may take at a time."""
    port: Annotated[int, Field(ge=1024, le=65535)] = 8080
    """Where the container answers HTTP: its requests, and the probes. Default: 8080."""
    user: Annotated[int, Field(ge=1000, le=65535)] = 1000
    """User and group id that the container runs under. Default: 1000."""
    exposure: Exposure | None = None
    """How it is called. None: nobody calls it."""
    startup_attempts: Annotated[int, Field(ge=1)] = 30
    """Start-up probes, 5 seconds apart, before a container is restarted; at most 140. Default: 30, so 150 seconds."""
    grace_period_seconds: Annotated[int, Field(ge=1)] | None = None
    """How long a pod may take to stop. None: pre-stop, the longest request or job, and 15 seconds or more beside."""
    node_pool: NodePool | None = None
    """Nodes that it alone may use. None: the common ones."""
    scratch: Memory | None = None
    """Size of the scratch volume at /scratch, a part of resources.ephemeral_storage. None: no volume."""
    uses: Annotated[tuple[Need, ...], AfterValidator(each_once)] = ()
    """What it needs outside the mesh."""
    calls: Annotated[tuple[DnsLabel, ...], AfterValidator(each_once)] = ()
    """Workloads that it calls inside the mesh."""
    settings: Mapping[VariableName, str] = {}
    """Environment variables of its own; what follows from the rest of the spec is added."""
    acknowledged: Mapping[str, Reason] = {}
    """Rule -> why its finding on this workload is accepted. The report prints it."""

    def needs(self, kind: type[N]) -> tuple[N, ...]:
        """Return the needs of one kind."""
        return tuple(need for need in self.uses if isinstance(need, kind))

    @property
    def consumer(self) -> QueueConsumer | None:
        """What it consumes, if it consumes a queue."""
        return next(iter(self.needs(QueueConsumer)), None)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Names of the secrets that are mounted."""
        database = ("database",) if self.needs(DatabaseAccess) else ()
        return database + tuple(need.secret for need in self.needs(SecretAccess))

    @property
    def pre_stop_seconds(self) -> int:
        """How long a pod waits before it stops. Zero where nobody calls it: a worker stops fetching at once."""
        return PRE_STOP_SECONDS if self.exposure else 0

    @property
    def longest_work_seconds(self) -> int:
        """The longest request or job."""
        request = self.exposure.timeout_seconds if self.exposure else 0
        return max(request, self.consumer.longest_job_seconds if self.consumer else 0)

    @property
    def grace_seconds(self) -> int:
        """terminationGracePeriodSeconds: as the spec says, or the longest request or job and 30 s to close down.

        The 30 s hold the pre-stop of a pod that is called; a worker, which has none, has them for itself.
        """
        return self.grace_period_seconds or self.longest_work_seconds + PRE_STOP_SECONDS + DRAIN_SECONDS

    @property
    def visibility_seconds(self) -> int:
        """The queue's visibility timeout: above the longest job plus its grace, or a slow job would be done twice."""
        return self.longest_work_seconds + self.grace_seconds + 60

    @model_validator(mode="after")
    def _user_and_ports_are_free(self) -> Self:
        if self.user == PROXY_USER:
            raise ValueError(f"user {PROXY_USER} is the mesh proxy's: its traffic escapes the mesh. Choose another.")
        if self.port == METRICS_PORT:
            raise ValueError(f"port {METRICS_PORT} is for metrics alone. Choose another.")
        if self.port in PROXY_PORTS:
            raise ValueError(f"port {self.port} is the mesh proxy's (15000-15099). Choose another.")
        return self

    @model_validator(mode="after")
    def _budget_can_be_met(self) -> Self:
        if isinstance(self.budget, MinAvailable) and self.budget.pods > self.scaling.minimum:
            raise ValueError(
                f"budget: at least {self.budget.pods} pods can never be kept with a minimum of {self.scaling.minimum} "
                "replicas. Lower the budget or raise the minimum."
            )
        return self

    @model_validator(mode="after")
    def _needs_fit_together(self) -> Self:
        if isinstance(self.scaling, QueueScaling) and self.consumer is None:
            raise ValueError("scaling: QueueScaling needs a queue. Add QueueConsumer(...) to uses.")
        if len(self.needs(QueueConsumer)) > 1:
            raise ValueError("uses: a workload consumes one queue, its own. Make a workload of each.")
        if len(set(self.secrets)) < len(self.secrets):
            raise ValueError("uses: DatabaseAccess() mounts the secret 'database' already. Remove its SecretAccess.")
        return self

    @model_validator(mode="after")
    def _work_ends_in_time(self) -> Self:
        needed = self.pre_stop_seconds + self.longest_work_seconds
        if self.grace_seconds < needed:
            raise ValueError(
                f"grace_period_seconds {self.grace_seconds} is shorter than {needed}: {self.pre_stop_seconds} s of "
                f"pre-stop and {self.longest_work_seconds} s of the longest request or job, which would be cut off. "
                "Raise it, or leave it out."
            )
        if self.consumer and self.visibility_seconds > LONGEST_VISIBILITY_SECONDS:
            raise ValueError(
                f"the queue would hide a message for {self.visibility_seconds} s (job, grace and a minute); SQS takes "
                f"{LONGEST_VISIBILITY_SECONDS}. Lower longest_job_seconds or grace_period_seconds."
            )
        return self

    @model_validator(mode="after")
    def _start_fits_into_a_deployment(self) -> Self:
        if self.startup_attempts > MOST_STARTUP_ATTEMPTS:
            raise ValueError(
                f"startup_attempts {self.startup_attempts} let a start take "
                f"{self.startup_attempts * STARTUP_PERIOD_SECONDS} s: a deployment, which waits 14 minutes, could not "
                f"tell it from a dead one. Write {MOST_STARTUP_ATTEMPTS} at the most, and load later what takes longer."
            )
        return self

    @model_validator(mode="after")
    def _scratch_fits_on_the_disk(self) -> Self:
        disk = self.resources.ephemeral_storage
        if self.scratch is not None and self.scratch < LEAST_MEMORY:
            raise ValueError(
                f"scratch {self.scratch} is below {LEAST_MEMORY}. Memory counts bytes: write e.g. Memory.gibibytes(1)."
            )
        if self.scratch is not None and self.scratch >= disk:
            raise ValueError(
                f"scratch {self.scratch} leaves nothing of ephemeral_storage {disk} to logs and /tmp: the pod would be "
                "evicted when it is full. Raise ephemeral_storage in resources."
            )
        return self
