"""Every alert and alarm of an environment, each with what it is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from api_platform import names
from api_platform.environment import Environment
from api_platform.manifests.rendering import Rendering
from api_platform.observability.alert import runbook_url
from api_platform.observability.platform_rule import NAME as PLATFORM
from api_platform.observability.queue_alarms import QueueAlarm, queue_alarms
from api_platform.rules.finding import Manifest
from api_platform.service import Service, Workload

Source = Literal["Prometheus", "CloudWatch"]


@dataclass(frozen=True)
class Occurrence:
    """One alert as one environment fires it: for a workload, for a service as a whole, or for a component."""

    name: str
    """In PascalCase."""
    source: Source
    severity: str
    expression: str
    """As the source takes it; CloudWatch's in words."""
    minutes: int
    """How long it must hold before it fires."""
    description: str
    """Why it matters."""
    url: str
    """Where it sends its reader."""
    environment: Environment
    service: Service | None
    """None where it is about the ground that all services stand on."""
    workload: Workload | None
    component: str = ""
    """Where it is about the ground: the part of it."""

    @property
    def owner(self) -> str:
        """Return the service's name, or the platform's."""
        return self.service.name if self.service else PLATFORM

    @property
    def part(self) -> str:
        """Return the workload or the component; `all` where it is about a service as a whole."""
        return self.workload.name if self.workload else self.component or "all"

    @property
    def subject(self) -> str:
        """Return the name of what it is about."""
        return self.owner if self.part == "all" else self.part


def occurrences(rendering: Rendering) -> list[Occurrence]:
    """Return the rendered alerts in order, then the alarms of the queues."""
    rules = [one for one in rendering.objects if one["kind"] == "PrometheusRule"]
    alerts = [alert for one in rules for group in one["spec"]["groups"] for alert in group["rules"] if "alert" in alert]
    return [*(_of_alert(rendering, alert) for alert in alerts), *_of_queues(rendering)]


def _of_alert(rendering: Rendering, alert: Manifest) -> Occurrence:
    labels = alert["labels"]
    service = next((one for one in rendering.services if one.name == labels.get("service")), None)
    workloads = service.workloads if service else ()
    return Occurrence(
        name=alert["alert"],
        source="Prometheus",
        severity=labels["severity"],
        expression=alert["expr"],
        minutes=int(alert["for"].removesuffix("m")),
        description=alert["annotations"]["description"],
        url=alert["annotations"]["runbook_url"],
        environment=rendering.environment,
        service=service,
        workload=next((one for one in workloads if one.name == labels.get("workload")), None),
        component=labels.get("component", ""),
    )


def _of_queues(rendering: Rendering) -> Iterator[Occurrence]:
    for service in rendering.services:
        for workload in service.workloads:
            for alarm in queue_alarms(rendering.environment, workload):
                yield _of_alarm(rendering.environment, service, workload, alarm)


def _of_alarm(environment: Environment, service: Service, workload: Workload, alarm: QueueAlarm) -> Occurrence:
    return Occurrence(
        name=alarm.name,
        source="CloudWatch",
        severity="e-mail",
        expression=_in_words(environment, workload, alarm),
        minutes=5,
        description=alarm.description.partition(" Runbook: ")[0],
        url=runbook_url(environment, alarm.name),
        environment=environment,
        service=service,
        workload=workload,
    )


def _in_words(environment: Environment, workload: Workload, alarm: QueueAlarm) -> str:
    match alarm.metric:
        case "age":
            queue = names.queue_name(environment, workload.name)
            return f"ApproximateAgeOfOldestMessage of {queue} > {alarm.threshold} seconds"
        case "dead-letters":
            queue = names.dead_letter_queue_name(environment, workload.name)
            return f"ApproximateNumberOfMessagesVisible of {queue} > {alarm.threshold}"
