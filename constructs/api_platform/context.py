"""What a chart is given, and nothing else: a value that its objects follow from, and by which they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from api_platform import names
from api_platform.call_graph import Call, CallGraph
from api_platform.environment import ChartEnvironment
from api_platform.labels import NAME, Metadata, Owner
from api_platform.service import Resources, Service, Workload


@dataclass(frozen=True)
class ServiceContext:
    """One service in its environment."""

    environment: ChartEnvironment
    service: Service
    graph: CallGraph
    """Who may call whom; a chart is given the calls around its own service (`CallGraph.around`)."""

    @property
    def name(self) -> str:
        """Return the name of what the objects are about."""
        return self.service.name

    @property
    def namespace(self) -> str:
        """Return the Kubernetes namespace of its objects."""
        return names.namespace_name(self.environment)

    @property
    def owner(self) -> Owner:
        """Return whose the objects are, as their labels say it."""
        return Owner(self.namespace, self.service.name, self.name)

    def metadata(
        self,
        name: str | None = None,
        *,
        labels: dict[str, str] | None = None,
        annotations: dict[str, str] | None = None,
    ) -> Metadata:
        """Return an object's metadata, as `Owner.metadata`."""
        return self.owner.metadata(name, labels=labels, annotations=annotations)

    @property
    def series_labels(self) -> dict[str, str]:
        """Return the labels of every record and every alert."""
        return {"environment": self.environment.name, "service": self.service.name}

    @property
    def workloads(self) -> tuple["WorkloadContext", ...]:
        """Return the service's workloads, each in the same place."""
        parts = self.service.workloads
        return tuple(WorkloadContext(self.environment, self.service, self.graph, workload) for workload in parts)


@dataclass(frozen=True)
class WorkloadContext(ServiceContext):
    """One workload of a service in its environment."""

    workload: Workload

    @property
    def name(self) -> str:
        """Return the workload's name."""
        return self.workload.name

    @property
    def series_labels(self) -> dict[str, str]:
        """Return the labels of every record and every alert of the workload."""
        return {**super().series_labels, "workload": self.name}

    @property
    def selector_labels(self) -> dict[str, str]:
        """Return the labels that select the workload's pods. They never change: a Deployment's selector cannot."""
        return {NAME: self.name}

    @property
    def pod_labels(self) -> dict[str, str]:
        """Return its pods' labels; `app` and `version` are what the mesh's metrics and graphs go by."""
        tag = self.workload.image.tag
        return {**self.owner.labels, "app.kubernetes.io/version": tag, "app": self.name, "version": tag}

    @property
    def mesh_host(self) -> str:
        """Return the host under which others call it inside the mesh."""
        return names.mesh_host(self.environment, self.name)

    @property
    def callers(self) -> tuple[str, ...]:
        """Return who may call it."""
        return self.graph.callers_of(self.name)

    @property
    def callees(self) -> tuple[Call, ...]:
        """Return whom it may call."""
        return self.graph.callees_of(self.name)


@dataclass(frozen=True)
class Size:
    """What one workload may grow to."""

    resources: Resources
    """Of one pod's own container."""
    maximum: int
    """Replicas at the most."""


@dataclass(frozen=True)
class PlatformContext:
    """An environment, and what its shared objects must know of the services in it."""

    environment: ChartEnvironment
    sizes: tuple[Size, ...]
    """One for each workload."""
    subdomains: tuple[str, ...]
    """Those that the world calls, in the services' order."""

    @classmethod
    def of(cls, environment: ChartEnvironment, services: Sequence[Service]) -> "PlatformContext":
        """Read it from the services."""
        workloads = [workload for service in services for workload in service.workloads]
        return cls(
            environment,
            tuple(Size(workload.resources, workload.scaling.maximum) for workload in workloads),
            tuple(one.exposure.subdomain for one in workloads if one.exposure and one.exposure.subdomain),
        )


@dataclass(frozen=True)
class VerticalAutoscalingContext:
    """The workloads whose requests are watched: their names suffice."""

    owners: tuple[Owner, ...]

    @classmethod
    def of(cls, environment: ChartEnvironment, services: Sequence[Service]) -> "VerticalAutoscalingContext":
        """Read it from the services."""
        here = names.namespace_name(environment)
        return cls(tuple(Owner(here, service.name, one.name) for service in services for one in service.workloads))


ChartContext = PlatformContext | ServiceContext | VerticalAutoscalingContext
