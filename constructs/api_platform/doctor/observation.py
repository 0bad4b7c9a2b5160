"""All that checks look at: what the cluster and AWS said at one moment, and what the specs say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from api_platform import names
from api_platform.charts.identifiers import service_chart_id
from api_platform.environment import Environment
from api_platform.rules.finding import Manifest
from api_platform.rules.objects import Objects
from api_platform.service import Service, Workload


@dataclass(frozen=True)
class QueueState:
    """A queue and its dead-letter queue."""

    messages: int
    """Waiting or in flight."""
    earlier: int | None = None
    """The same, `seconds` before; None where the queue was empty, so that nobody waited to look again."""
    seconds: float = 0
    dead_letters: int = 0

    @property
    def shrinks(self) -> bool:
        """Whether it is being worked off."""
        return self.earlier is not None and self.messages < self.earlier


@dataclass(frozen=True)
class StackHealth:
    """A CloudFormation stack."""

    name: str
    status: str
    """As CloudFormation spells it: UPDATE_ROLLBACK_FAILED, ..."""
    failed_resource: str = ""
    """The first that failed in its last operation: kind and name; empty where none did."""
    failed_type: str = ""
    """Its type, e.g. AWS::SQS::Queue."""
    reason: str = ""
    """Why, in CloudFormation's words."""


@dataclass(frozen=True)
class AwsState:
    """What AWS said."""

    queues: Mapping[str, QueueState | None]
    """By the workload that consumes it; None where there is no such queue."""
    stacks: tuple[StackHealth, ...]
    """The environment's that are there."""


@dataclass(frozen=True)
class Observation:
    """One environment at one moment."""

    environment: Environment
    services: tuple[Service, ...]
    objects: Objects
    """What the cluster has: of the environment's namespace, its nodes, and the gateway's certificates."""
    aws: AwsState | None
    """None where AWS was not asked."""
    now: datetime
    """When the cluster was read, with a time zone."""
    kubectl_options: tuple[str, ...] = ()
    """What names the cluster on a command line."""
    left_out: tuple[str, ...] = ()
    """What was not looked at, and why: a sentence each."""

    @property
    def namespace(self) -> str:
        """Where the services are."""
        return names.namespace_name(self.environment)

    def deployments(self) -> Iterator[tuple[Workload, Manifest]]:
        """Return each workload with its Deployment, where it has one."""
        return self.objects.deployments(self.environment, self.services)

    def workloads(self) -> Iterator[tuple[Service, Workload]]:
        """Return each workload with the service that it belongs to."""
        return ((service, workload) for service in self.services for workload in service.workloads)

    def kubectl(self, words: str, namespace: str | None = None) -> str:
        """Return a command on this cluster. `namespace`: default is the services' own; empty for the whole cluster."""
        where = self.namespace if namespace is None else namespace
        return " ".join(["kubectl", *self.kubectl_options, *(["-n", where] if where else []), words])

    def apply_again(self, workload: str) -> str:
        """Return the way out where an object of a workload was deleted by hand: CloudFormation does not notice."""
        service = next(service for service, one in self.workloads() if one.name == workload)
        where = self.environment.name
        apply = self.kubectl(f"apply -f dist/{where}/{service_chart_id(service)}.k8s.yaml", "")
        return f"If it was deleted by hand: api-platform synth -e {where} && {apply}"

    def aws_command(self, words: str) -> str:
        """Return a command of the AWS CLI, in the environment's region."""
        return f"aws {words} --region {self.environment.region}"
