"""How callers' proxies treat a workload's pods: encryption, balancing, connection pool, circuit breaker."""

from constructs import Construct

from api_platform.context import WorkloadContext
from api_platform.service import Exposure
from imports.io.istio.networking import (
    DestinationRule,
    DestinationRuleSpec,
    DestinationRuleSpecTrafficPolicy,
    DestinationRuleSpecTrafficPolicyConnectionPool,
    DestinationRuleSpecTrafficPolicyConnectionPoolHttp,
    DestinationRuleSpecTrafficPolicyConnectionPoolHttpH2UpgradePolicy,
    DestinationRuleSpecTrafficPolicyConnectionPoolTcp,
    DestinationRuleSpecTrafficPolicyConnectionPoolTcpTcpKeepalive,
    DestinationRuleSpecTrafficPolicyLoadBalancer,
    DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSetting,
    DestinationRuleSpecTrafficPolicyLoadBalancerSimple,
    DestinationRuleSpecTrafficPolicyOutlierDetection,
    DestinationRuleSpecTrafficPolicyTls,
    DestinationRuleSpecTrafficPolicyTlsMode,
)

MAX_REQUESTS = 4096
"""Requests under way from one proxy to all pods of the workload, over HTTP/1.1 and HTTP/2 alike. The rest get 503 at
once: a bound on what a stalled workload can pile up in its callers. Istio's default is 2^32 - 1."""
MAX_CONNECTIONS = MAX_REQUESTS
"""HTTP/1.1 carries one request a connection, so fewer would be the tighter bound, and more could not be used."""
MAX_PENDING_REQUESTS = 1024
"""Requests that wait for a connection, if only while it is being made: a low figure fails on a burst after a calm."""
MAX_RETRIES = MAX_REQUESTS // 4
"""Retries under way at a time. One pod of four may vanish with all its requests tried again; a workload that fails as a
whole is not sent its load three times over. Envoy's own default, 3, gives out in any rollout."""
CONNECT_TIMEOUT = "5s"
"""For TCP and the TLS handshake. With Istio's 10 seconds, three tries at pods of a lost node would use up 30."""
IDLE_TIMEOUT = "300s"
"""A connection without requests lives so long. Istio's default, an hour, keeps a burst's connections long after it."""
KEEPALIVE_TIME = "60s"
"""A silent connection is probed after this: well within the idle timeout, or it would never be."""
KEEPALIVE_INTERVAL = "10s"
"""Between probes."""
KEEPALIVE_PROBES = 3
"""Unanswered, they end the connection: a node that vanished without a word is noticed after 90 seconds, not 2 hours."""

EJECTION_INTERVAL = "10s"
"""How often ejected pods are looked at again."""
EJECTION_TIME = "30s"
"""A pod's first ejection lasts so long, its second twice as long, and so on."""
MAX_EJECTION_PERCENT = 50
"""At most this share is ejected. At Istio's 10 %, nobody is where there are fewer than ten pods."""

ZONE_AWARE = False
"""Every pod takes an equal share, in whatever zone its caller is. Spread over zones is only preferred, and autoscalers
go by averages: kept within its zone, traffic would swamp the pods of a zone that has few. Named, since an outlier
detection switches it on otherwise."""


def destination_rule(scope: Construct, context: WorkloadContext, exposure: Exposure) -> DestinationRule:
    """Say how to call the workload. The circuit breaker ejects a pod after so many server errors in a row."""
    return DestinationRule(
        scope,
        f"destination-rule-{context.name}",
        metadata=context.metadata(),
        spec=DestinationRuleSpec(
            host=context.mesh_host,
            traffic_policy=DestinationRuleSpecTrafficPolicy(
                tls=DestinationRuleSpecTrafficPolicyTls(
                    mode=DestinationRuleSpecTrafficPolicyTlsMode.ISTIO_UNDERSCORE_MUTUAL
                ),
                load_balancer=_LOAD_BALANCER,
                connection_pool=_CONNECTION_POOL,
                outlier_detection=_circuit_breaker(exposure),
            ),
        ),
    )


_LOAD_BALANCER = DestinationRuleSpecTrafficPolicyLoadBalancer(
    simple=DestinationRuleSpecTrafficPolicyLoadBalancerSimple.LEAST_UNDERSCORE_REQUEST,
    locality_lb_setting=DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSetting(enabled=ZONE_AWARE),
)

# The pods' own proxies would take these limits too, were there no Sidecar with an inboundConnectionPool.
_CONNECTION_POOL = DestinationRuleSpecTrafficPolicyConnectionPool(
    tcp=DestinationRuleSpecTrafficPolicyConnectionPoolTcp(
        connect_timeout=CONNECT_TIMEOUT,
        max_connections=MAX_CONNECTIONS,
        tcp_keepalive=DestinationRuleSpecTrafficPolicyConnectionPoolTcpTcpKeepalive(
            time=KEEPALIVE_TIME, interval=KEEPALIVE_INTERVAL, probes=KEEPALIVE_PROBES
        ),
    ),
    http=DestinationRuleSpecTrafficPolicyConnectionPoolHttp(
        http1_max_pending_requests=MAX_PENDING_REQUESTS,
        http2_max_requests=MAX_REQUESTS,
        max_retries=MAX_RETRIES,
        idle_timeout=IDLE_TIMEOUT,
        max_requests_per_connection=0,  # no end: 1 would switch keep-alive off
        # The mesh's own setting, by which HTTP/1.1 stays HTTP/1.1: Express speaks no HTTP/2 without TLS.
        h2_upgrade_policy=DestinationRuleSpecTrafficPolicyConnectionPoolHttpH2UpgradePolicy.DEFAULT,
    ),
)


def _circuit_breaker(exposure: Exposure) -> DestinationRuleSpecTrafficPolicyOutlierDetection:
    return DestinationRuleSpecTrafficPolicyOutlierDetection(
        consecutive5_xx_errors=exposure.consecutive_errors,
        interval=EJECTION_INTERVAL,
        base_ejection_time=EJECTION_TIME,
        max_ejection_percent=MAX_EJECTION_PERCENT,
    )
