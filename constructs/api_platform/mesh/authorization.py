"""Who may call whom: nobody anybody, but for the calls of the call graph and for scrapes of metrics."""

from cdk8s import ApiObjectMetadata
from constructs import Construct

from api_platform import names
from api_platform.call_graph import CallGraph
from api_platform.environment import Environment
from api_platform.labels import platform_labels, selector_labels, standard_labels
from api_platform.service import METRICS_PORT, Service, Workload
from imports.io.istio.security import (
    AuthorizationPolicy,
    AuthorizationPolicySpec,
    AuthorizationPolicySpecAction,
    AuthorizationPolicySpecRules,
    AuthorizationPolicySpecRulesFrom,
    AuthorizationPolicySpecRulesFromSource,
    AuthorizationPolicySpecRulesTo,
    AuthorizationPolicySpecRulesToOperation,
    AuthorizationPolicySpecSelector,
)


def allow_nothing(scope: Construct, environment: Environment) -> AuthorizationPolicy:
    """Deny every request in the namespace that no other policy allows.

    It allows, and has no rule: an empty `spec`, which must be there. One rule without conditions would allow all.
    """
    return AuthorizationPolicy(
        scope,
        "authorization-policy-allow-nothing",
        metadata=ApiObjectMetadata(
            name="allow-nothing", namespace=names.namespace(environment), labels=platform_labels()
        ),
        spec=AuthorizationPolicySpec(),
    )


def allow_callers(
    scope: Construct, environment: Environment, service: Service, workload: Workload, graph: CallGraph
) -> AuthorizationPolicy | None:
    """Let the workload's callers reach its port; they are known by their certificates, not by their addresses.

    None where nobody calls it.
    """
    callers = graph.callers_of(workload.name)
    if not callers:
        return None
    principals = [_principal(environment, caller) for caller in callers]
    rule = AuthorizationPolicySpecRules(
        from_=[AuthorizationPolicySpecRulesFrom(source=AuthorizationPolicySpecRulesFromSource(principals=principals))],
        to=[_to(AuthorizationPolicySpecRulesToOperation(ports=[str(workload.port)]))],
    )
    return _allow(scope, environment, service, workload, name=f"{workload.name}-callers", rule=rule)


def allow_metrics(
    scope: Construct, environment: Environment, service: Service, workload: Workload
) -> AuthorizationPolicy:
    """Let anybody who reaches the metrics port read the metrics, and do nothing else there.

    Prometheus comes in plain text, so it has no identity to ask for: a NetworkPolicy says who reaches the port.
    """
    scrape = AuthorizationPolicySpecRulesToOperation(methods=["GET"], paths=["/metrics"], ports=[str(METRICS_PORT)])
    rule = AuthorizationPolicySpecRules(to=[_to(scrape)])
    return _allow(scope, environment, service, workload, name=f"{workload.name}-metrics", rule=rule)


def _principal(environment: Environment, caller: str) -> str:
    if caller == names.GATEWAY:
        return names.principal(names.GATEWAY_NAMESPACE, names.GATEWAY_RELEASE)
    return names.principal(names.namespace(environment), caller)


def _to(operation: AuthorizationPolicySpecRulesToOperation) -> AuthorizationPolicySpecRulesTo:
    return AuthorizationPolicySpecRulesTo(operation=operation)


def _allow(
    scope: Construct,
    environment: Environment,
    service: Service,
    workload: Workload,
    *,
    name: str,
    rule: AuthorizationPolicySpecRules,
) -> AuthorizationPolicy:
    return AuthorizationPolicy(
        scope,
        f"authorization-policy-{name}",
        metadata=ApiObjectMetadata(
            name=name, namespace=names.namespace(environment), labels=standard_labels(service, workload)
        ),
        spec=AuthorizationPolicySpec(
            selector=AuthorizationPolicySpecSelector(match_labels=selector_labels(workload)),
            action=AuthorizationPolicySpecAction.ALLOW,
            rules=[rule],
        ),
    )
