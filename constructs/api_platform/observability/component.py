"""The ground that services stand on: the parts of it whose failure they cannot see, and do not survive for long."""

from dataclasses import dataclass

from api_platform import names
from api_platform.environment import ChartEnvironment
from api_platform.observability.alert import Severity


@dataclass(frozen=True)
class GroundComponent:
    """One of them: a Deployment of an add-on."""

    environment: ChartEnvironment
    namespace: str
    name: str
    """The Deployment's."""
    severity: Severity
    """How bad it is when no pod of it is left."""
    serves: str
    """What no longer happens then, as a sentence."""

    @property
    def series_labels(self) -> dict[str, str]:
        """Return the labels of every alert about it."""
        return {"environment": self.environment.name, "component": self.name}


def components(environment: ChartEnvironment) -> tuple[GroundComponent, ...]:
    """Return all of them."""
    return (
        GroundComponent(
            environment,
            names.GATEWAY_NAMESPACE,
            names.GATEWAY_RELEASE,
            "critical",
            "Nothing that the world asks reaches any service.",
        ),
        GroundComponent(
            environment,
            names.ISTIO_NAMESPACE,
            names.CONTROL_PLANE,
            "critical",
            "No pod can start. The proxies of those that run keep their configuration and, for a day, their keys.",
        ),
        GroundComponent(
            environment,
            names.CERT_MANAGER_NAMESPACE,
            names.CERT_MANAGER,
            "warning",
            "No certificate is renewed, and none is watched.",
        ),
        GroundComponent(
            environment,
            names.KEDA_NAMESPACE,
            names.KEDA_OPERATOR,
            "warning",
            "No queue is looked at: workers keep the number of replicas that they have.",
        ),
        GroundComponent(
            environment,
            names.KEDA_NAMESPACE,
            names.KEDA_METRICS_SERVER,
            "warning",
            "Autoscalers do not learn the depth of queues: workers keep the number of replicas that they have.",
        ),
        GroundComponent(
            environment,
            names.EXTERNAL_SECRETS_NAMESPACE,
            names.EXTERNAL_SECRETS,
            "warning",
            "Secrets that change in Secrets Manager do not reach the pods.",
        ),
    )
