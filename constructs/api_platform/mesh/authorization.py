"""Who may call whom: nobody anybody, but for the calls of the call graph and for scrapes of metrics."""

from constructs import Construct

from api_platform import names
from api_platform.context import WorkloadContext
from api_platform.environment import ChartEnvironment
from api_platform.labels import platform_metadata
from api_platform.service import METRICS_PORT
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


def allow_nothing(scope: Construct, environment: ChartEnvironment) -> AuthorizationPolicy:
    """Deny every request in the namespace that no other policy allows.

    It allows, and has no rule: an empty `spec`, which must be there. One rule without conditions would allow all.
    """
    return AuthorizationPolicy(
        scope,
        "authorization-policy-allow-nothing",
        metadata=platform_metadata("allow-nothing", names.namespace_name(environment)),
        spec=AuthorizationPolicySpec(),
    )


def allow_callers(scope: Construct, context: WorkloadContext) -> AuthorizationPolicy | None:
    """Let the workload's callers reach its port; they are known by their certificates, not by their addresses.

    None where nobody calls it.
    """
    callers = context.callers
    if not callers:
        return None
    principals = [_principal(context.environment, caller) for caller in callers]
    rule = AuthorizationPolicySpecRules(
        from_=[AuthorizationPolicySpecRulesFrom(source=AuthorizationPolicySpecRulesFromSource(principals=principals))],
        to=[_to(AuthorizationPolicySpecRulesToOperation(ports=[str(context.workload.port)]))],
    )
    return _allow(scope, context, name=names.callers_policy(context.name), rule=rule)


def allow_metrics(scope: Construct, context: WorkloadContext) -> AuthorizationPolicy:
    """Let anybody who reaches the metrics port read the metrics, and do nothing else there.

    Prometheus comes in plain text, so it has no identity to ask for: a NetworkPolicy says who reaches the port.
    """
    scrape = AuthorizationPolicySpecRulesToOperation(methods=["GET"], paths=["/metrics"], ports=[str(METRICS_PORT)])
    rule = AuthorizationPolicySpecRules(to=[_to(scrape)])
    return _allow(scope, context, name=f"{context.name}-metrics", rule=rule)


def _principal(environment: ChartEnvironment, caller: str) -> str:
    if caller == names.GATEWAY:
        return names.principal(names.GATEWAY_NAMESPACE, names.GATEWAY_RELEASE)
    return names.principal(names.namespace_name(environment), caller)


def _to(operation: AuthorizationPolicySpecRulesToOperation) -> AuthorizationPolicySpecRulesTo:
    return AuthorizationPolicySpecRulesTo(operation=operation)


def _allow(
    scope: Construct, context: WorkloadContext, *, name: str, rule: AuthorizationPolicySpecRules
) -> AuthorizationPolicy:
    return AuthorizationPolicy(
        scope,
        f"authorization-policy-{name}",
        metadata=context.metadata(name),
        spec=AuthorizationPolicySpec(
            selector=AuthorizationPolicySpecSelector(match_labels=context.selector_labels),
            action=AuthorizationPolicySpecAction.ALLOW,
            rules=[rule],
        ),
    )
