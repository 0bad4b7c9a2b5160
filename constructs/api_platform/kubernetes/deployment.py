"""A workload's pods, and how new ones replace old ones."""

from typing import Any

from cdk8s_plus_27 import k8s
from constructs import Construct

from api_platform.call_graph import CallGraph
from api_platform.environment import Environment
from api_platform.kubernetes.config_map import configuration_hash
from api_platform.kubernetes.container import container
from api_platform.kubernetes.metadata import workload_metadata
from api_platform.kubernetes.priority_class import priority_class_of
from api_platform.kubernetes.scheduling import anti_affinity, node_selector, tolerations, topology_spread
from api_platform.kubernetes.security_context import pod_security_context
from api_platform.kubernetes.volumes import volumes
from api_platform.labels import pod_labels, selector_labels
from api_platform.service import Service, Workload

SURGE_PERCENT = 25
"""So many pods more than wanted may exist during a rollout; none fewer."""


class DeploymentWithSleep(k8s.KubeDeployment):
    """A Deployment whose containers sleep before they stop.

    `preStop.sleep` is newer than the API that the typed classes know (1.27), and they drop unknown fields without a
    word, from JSON patches too. So it is added to what they return.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        pre_stop_seconds: int,
        metadata: k8s.ObjectMeta,
        spec: k8s.DeploymentSpec,
    ) -> None:
        super().__init__(scope, construct_id, metadata=metadata, spec=spec)
        self._pre_stop_seconds = pre_stop_seconds

    def to_json(self) -> Any:
        """Return the manifest."""
        manifest = super().to_json()
        for one in manifest["spec"]["template"]["spec"]["containers"]:
            one["lifecycle"] = {"preStop": {"sleep": {"seconds": self._pre_stop_seconds}}}
        return manifest


def deployment(
    scope: Construct, environment: Environment, service: Service, workload: Workload, graph: CallGraph
) -> k8s.KubeDeployment:
    """Create the Deployment.

    It says nothing of `replicas`: an autoscaler owns them, and an apply that drops the field resets it to one.
    """
    construct_id = f"deployment-{workload.name}"
    metadata = workload_metadata(environment, service, workload)
    spec = k8s.DeploymentSpec(
        selector=k8s.LabelSelector(match_labels=selector_labels(workload)),
        strategy=k8s.DeploymentStrategy(
            type="RollingUpdate",
            rolling_update=k8s.RollingUpdateDeployment(
                max_unavailable=k8s.IntOrString.from_number(0),
                max_surge=k8s.IntOrString.from_string(f"{SURGE_PERCENT}%"),
            ),
        ),
        min_ready_seconds=10,
        progress_deadline_seconds=600,
        revision_history_limit=5,
        template=_pod_template(environment, service, workload, graph),
    )
    if not workload.pre_stop_seconds:
        return k8s.KubeDeployment(scope, construct_id, metadata=metadata, spec=spec)
    return DeploymentWithSleep(
        scope, construct_id, pre_stop_seconds=workload.pre_stop_seconds, metadata=metadata, spec=spec
    )


def _pod_template(
    environment: Environment, service: Service, workload: Workload, graph: CallGraph
) -> k8s.PodTemplateSpec:
    return k8s.PodTemplateSpec(
        metadata=k8s.ObjectMeta(
            labels=pod_labels(service, workload),
            annotations={"api-platform/configuration": configuration_hash(environment, workload, graph)},
        ),
        spec=k8s.PodSpec(
            containers=[container(workload)],
            service_account_name=workload.name,
            automount_service_account_token=False,
            enable_service_links=False,
            priority_class_name=priority_class_of(workload),
            security_context=pod_security_context(workload),
            termination_grace_period_seconds=workload.grace_seconds,
            topology_spread_constraints=topology_spread(environment, workload),
            affinity=anti_affinity(workload),
            node_selector=node_selector(workload),
            tolerations=tolerations(workload),
            volumes=volumes(workload),
        ),
    )
