"""Which nodes a workload's pods may use, and how they keep apart."""

from cdk8s_plus_27 import k8s

from api_platform import names
from api_platform.context import WorkloadContext
from api_platform.service import Workload

_ZONE = "topology.kubernetes.io/zone"
_HOSTNAME = "kubernetes.io/hostname"
_PER_ROLLOUT = ["pod-template-hash"]
"""Count only pods of the same rollout: else the new ones are placed around the old, and stay so when those go."""


def topology_spread(context: WorkloadContext) -> list[k8s.TopologySpreadConstraint]:
    """Return the spread over zones, which is kept, and over nodes, which is wished for.

    No `minDomains`: with a zone gone, it would forbid the very pods that replace the lost ones. For the same reason
    tainted nodes do not count (`nodeTaintsPolicy: Honor`): the nodes of a lost zone are.
    """
    selector = k8s.LabelSelector(match_labels=context.selector_labels)
    return [
        k8s.TopologySpreadConstraint(
            topology_key=_ZONE,
            max_skew=1,
            when_unsatisfiable=context.environment.choose(
                development="ScheduleAnyway", staging="DoNotSchedule", production="DoNotSchedule"
            ),
            node_taints_policy="Honor",
            label_selector=selector,
            match_label_keys=_PER_ROLLOUT,
        ),
        k8s.TopologySpreadConstraint(
            topology_key=_HOSTNAME,
            max_skew=1,
            when_unsatisfiable="ScheduleAnyway",
            label_selector=selector,
            match_label_keys=_PER_ROLLOUT,
        ),
    ]


def anti_affinity(context: WorkloadContext) -> k8s.Affinity:
    """Return the wish for nodes that hold no other pod of the workload."""
    return k8s.Affinity(
        pod_anti_affinity=k8s.PodAntiAffinity(
            preferred_during_scheduling_ignored_during_execution=[
                k8s.WeightedPodAffinityTerm(
                    weight=100,
                    pod_affinity_term=k8s.PodAffinityTerm(
                        topology_key=_HOSTNAME,
                        label_selector=k8s.LabelSelector(match_labels=context.selector_labels),
                    ),
                )
            ]
        )
    )


def node_selector(workload: Workload) -> dict[str, str] | None:
    """Return the label of the workload's own nodes; None where it uses the common ones."""
    return {names.NODE_POOL_LABEL: workload.node_pool} if workload.node_pool else None


def tolerations(workload: Workload) -> list[k8s.Toleration] | None:
    """Return what lets the workload onto its own nodes, which are tainted."""
    if not workload.node_pool:
        return None
    return [k8s.Toleration(key=names.NODE_POOL_LABEL, operator="Equal", value=workload.node_pool, effect="NoSchedule")]
