"""A service's rules, as the Prometheus operator takes them."""

from collections.abc import Sequence

from constructs import Construct

from api_platform.context import ServiceContext
from api_platform.observability.alert_rules import alert_rules, business_alert_rules
from api_platform.observability.recording_rules import Rule, recording_rules
from imports.com.coreos import monitoring

Group = monitoring.PrometheusRuleSpecGroups


def prometheus_rule(scope: Construct, context: ServiceContext) -> monitoring.PrometheusRule:
    """Create the service's recording rules and alerts."""
    return monitoring.PrometheusRule(
        scope,
        f"prometheus-rule-{context.service.name}",
        metadata=context.metadata(),
        spec=monitoring.PrometheusRuleSpec(groups=_groups(context)),
    )


def _groups(context: ServiceContext) -> list[Group]:
    """Return two groups for each workload and one for the business; those without rules are left out."""
    groups = []
    for one in context.workloads:
        groups += _group(f"{one.name}.records", recording_rules(one))
        groups += _group(f"{one.name}.alerts", alert_rules(one))
    return groups + _group(f"{context.service.name}.business", business_alert_rules(context))


def _group(name: str, rules: Sequence[Rule]) -> list[Group]:
    return [Group(name=name, rules=rules)] if rules else []
