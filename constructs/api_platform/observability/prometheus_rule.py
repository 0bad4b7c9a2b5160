"""A service's rules, as the Prometheus operator takes them."""

from collections.abc import Sequence

from cdk8s import ApiObjectMetadata
from constructs import Construct

from api_platform import names
from api_platform.environment import Environment
from api_platform.labels import standard_labels
from api_platform.observability.alert_rules import alert_rules, business_alert_rules
from api_platform.observability.recording_rules import Rule, recording_rules
from api_platform.service import Service
from imports.com.coreos import monitoring

Group = monitoring.PrometheusRuleSpecGroups


def prometheus_rule(scope: Construct, environment: Environment, service: Service) -> monitoring.PrometheusRule:
    """Create the service's recording rules and alerts."""
    return monitoring.PrometheusRule(
        scope,
        f"prometheus-rule-{service.name}",
        metadata=ApiObjectMetadata(
            name=service.name, namespace=names.namespace(environment), labels=standard_labels(service)
        ),
        spec=monitoring.PrometheusRuleSpec(groups=_groups(environment, service)),
    )


def _groups(environment: Environment, service: Service) -> list[Group]:
    """Return two groups for each workload and one for the business; those without rules are left out."""
    groups = []
    for workload in service.workloads:
        groups += _group(f"{workload.name}.records", recording_rules(environment, service, workload))
        groups += _group(f"{workload.name}.alerts", alert_rules(environment, service, workload))
    return groups + _group(f"{service.name}.business", business_alert_rules(environment, service))


def _group(name: str, rules: Sequence[Rule]) -> list[Group]:
    return [Group(name=name, rules=rules)] if rules else []
