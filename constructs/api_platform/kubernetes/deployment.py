"""A workload's pods, and how new ones replace old ones."""

from typing import Any

from cdk8s_plus_27 import k8s
from constructs import Construct

from api_platform.context import WorkloadContext
from api_platform.kubernetes.config_map import configuration_hash
from api_platform.kubernetes.container import container
from api_platform.kubernetes.priority_class import priority_class_of
from api_platform.kubernetes.scheduling import anti_affinity, node_selector, tolerations, topology_spread
from api_platform.kubernetes.security_context import pod_security_context
from api_platform.kubernetes.volumes import volumes
from api_platform.labels import Metadata
from api_platform.service.rollout import progress_deadline_seconds

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
        metadata: Metadata,
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


def deployment(scope: Construct, context: WorkloadContext) -> k8s.KubeDeployment:
    """Create the Deployment.

    It says nothing of `replicas`: an autoscaler owns them, and an apply that drops the field resets it to one.
    """
    construct_id = f"deployment-{context.name}"
    metadata = context.metadata()
    spec = k8s.DeploymentSpec(
        selector=k8s.LabelSelector(match_labels=context.selector_labels),
        strategy=k8s.DeploymentStrategy(
            type="RollingUpdate",
            rolling_update=k8s.RollingUpdateDeployment(
                max_unavailable=k8s.IntOrString.from_number(0),
                max_surge=k8s.IntOrString.from_string(f"{SURGE_PERCENT}%"),
            ),
        ),
        min_ready_seconds=10,
        progress_deadline_seconds=progress_deadline_seconds(context.workload.startup_attempts),
        revision_history_limit=5,
        template=_pod_template(context),
    )
    if not context.workload.pre_stop_seconds:
        return k8s.KubeDeployment(scope, construct_id, metadata=metadata, spec=spec)
    return DeploymentWithSleep(
        scope, construct_id, pre_stop_seconds=context.workload.pre_stop_seconds, metadata=metadata, spec=spec
    )


def _pod_template(context: WorkloadContext) -> k8s.PodTemplateSpec:
    return k8s.PodTemplateSpec(
        metadata=k8s.ObjectMeta(
            labels=context.pod_labels,
            annotations={"api-platform/configuration": configuration_hash(context)},
        ),
        spec=k8s.PodSpec(
            containers=[container(context.workload)],
            service_account_name=context.name,
            automount_service_account_token=False,
            enable_service_links=False,
            priority_class_name=priority_class_of(context.workload),
            security_context=pod_security_context(context.workload),
            termination_grace_period_seconds=context.workload.grace_seconds,
            topology_spread_constraints=topology_spread(context),
            affinity=anti_affinity(context),
            node_selector=node_selector(context.workload),
            tolerations=tolerations(context.workload),
            volumes=volumes(context.workload),
        ),
    )
