"""Which packets a workload's pods may send and receive: nothing but what the spec declares."""

from collections.abc import Sequence

from cdk8s_plus_27 import k8s
from constructs import Construct

from api_platform import names
from api_platform.access import workload_role
from api_platform.context import WorkloadContext
from api_platform.environment import ChartEnvironment
from api_platform.labels import NAME, platform_metadata
from api_platform.service import METRICS_PORT, CacheAccess, DatabaseAccess

_DNS_PORT = 53
_ISTIOD_PORT = 15012
_PROXY_METRICS_PORT = 15090
_HTTPS_PORT = 443
_POSTGRESQL_PORT = 5432
_REDIS_PORT = 6379
_ANYWHERE = "0.0.0.0/0"
_NAMESPACE_NAME = "kubernetes.io/metadata.name"


def default_deny(scope: Construct, environment: ChartEnvironment) -> k8s.KubeNetworkPolicy:
    """Create the policy that closes every pod of the namespace, both ways."""
    return k8s.KubeNetworkPolicy(
        scope,
        "network-policy-default-deny",
        metadata=platform_metadata("default-deny", names.namespace_name(environment)),
        spec=k8s.NetworkPolicySpec(pod_selector=k8s.LabelSelector(), policy_types=["Ingress", "Egress"]),
    )


def network_policy(scope: Construct, context: WorkloadContext) -> k8s.KubeNetworkPolicy:
    """Create the policy that opens what the workload needs: its callers, its callees, and its `uses=`."""
    return k8s.KubeNetworkPolicy(
        scope,
        f"network-policy-{context.name}",
        metadata=context.metadata(),
        spec=k8s.NetworkPolicySpec(
            pod_selector=k8s.LabelSelector(match_labels=context.selector_labels),
            policy_types=["Ingress", "Egress"],
            ingress=_ingress(context),
            egress=[*_infrastructure_egress(), *_mesh_egress(context), *_outside_egress(context)],
        ),
    )


def _ingress(context: WorkloadContext) -> list[k8s.NetworkPolicyIngressRule]:
    callers = [_caller(caller) for caller in context.callers]
    monitoring = [_in_namespace(names.MONITORING_NAMESPACE)]
    scrape = k8s.NetworkPolicyIngressRule(from_=monitoring, ports=_ports(METRICS_PORT, _PROXY_METRICS_PORT))
    call = [k8s.NetworkPolicyIngressRule(from_=callers, ports=_ports(context.workload.port))] if callers else []
    return [*call, scrape]


def _caller(caller: str) -> k8s.NetworkPolicyPeer:
    if caller == names.GATEWAY:
        return _in_namespace(names.GATEWAY_NAMESPACE, names.GATEWAY_SELECTOR)
    return _beside({NAME: caller})


def _infrastructure_egress() -> list[k8s.NetworkPolicyEgressRule]:
    return [
        k8s.NetworkPolicyEgressRule(
            to=[_in_namespace("kube-system", {"k8s-app": "kube-dns"})],
            ports=[*_ports(_DNS_PORT, protocol="UDP"), *_ports(_DNS_PORT)],
        ),
        k8s.NetworkPolicyEgressRule(
            to=[_in_namespace(names.ISTIO_NAMESPACE, {"app": "istiod"})], ports=_ports(_ISTIOD_PORT)
        ),
        k8s.NetworkPolicyEgressRule(
            to=[_in_namespace(names.TRACE_COLLECTOR_NAMESPACE)], ports=_ports(names.TRACE_COLLECTOR_PORT)
        ),
    ]


def _mesh_egress(context: WorkloadContext) -> list[k8s.NetworkPolicyEgressRule]:
    return [
        k8s.NetworkPolicyEgressRule(to=[_beside({NAME: call.callee})], ports=_ports(call.port))
        for call in context.callees
    ]


def _outside_egress(context: WorkloadContext) -> list[k8s.NetworkPolicyEgressRule]:
    """Return the way to AWS and to the data stores, which are in the VPC.

    AWS's own APIs have no fixed addresses (S3's gateway endpoint routes to public ones), so 443 is open to all.
    """
    rules = []
    if workload_role(context.environment, context.workload):
        rules.append(_to_network(_ANYWHERE, _HTTPS_PORT))
    if context.workload.needs(DatabaseAccess):
        rules.append(_to_network(context.environment.network_cidr, _POSTGRESQL_PORT))
    if context.workload.needs(CacheAccess):
        rules.append(_to_network(context.environment.network_cidr, _REDIS_PORT))
    return rules


def _to_network(cidr: str, port: int) -> k8s.NetworkPolicyEgressRule:
    return k8s.NetworkPolicyEgressRule(to=[k8s.NetworkPolicyPeer(ip_block=k8s.IpBlock(cidr=cidr))], ports=_ports(port))


def _in_namespace(namespace: str, pods: dict[str, str] | None = None) -> k8s.NetworkPolicyPeer:
    return k8s.NetworkPolicyPeer(
        namespace_selector=k8s.LabelSelector(match_labels={_NAMESPACE_NAME: namespace}),
        pod_selector=k8s.LabelSelector(match_labels=pods) if pods else None,
    )


def _beside(pods: dict[str, str]) -> k8s.NetworkPolicyPeer:
    return k8s.NetworkPolicyPeer(pod_selector=k8s.LabelSelector(match_labels=pods))


def _ports(*ports: int, protocol: str = "TCP") -> Sequence[k8s.NetworkPolicyPort]:
    return [k8s.NetworkPolicyPort(port=k8s.IntOrString.from_number(port), protocol=protocol) for port in ports]
