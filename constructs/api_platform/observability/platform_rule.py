"""The rules about the ground that all services stand on, as the Prometheus operator takes them."""

from collections.abc import Mapping, Sequence
from typing import Final

from constructs import Construct

from api_platform import names
from api_platform.environment import ChartEnvironment
from api_platform.labels import platform_metadata
from api_platform.observability.alert import Alert, alert_rule
from api_platform.observability.certificate_alerts import certificate_alerts
from api_platform.observability.component import GroundComponent, components
from api_platform.observability.component_alerts import component_unavailable, component_unseen
from api_platform.observability.control_plane_alerts import configuration_rejected
from api_platform.observability.gateway_alerts import gateway_finds_no_route
from api_platform.observability.scaler_alerts import scaler_fails
from api_platform.observability.secret_alerts import secret_not_synced
from imports.com.coreos import monitoring

NAME = "platform"
TOLD_BY: Final[Mapping[str, Sequence[Alert]]] = {
    names.GATEWAY_RELEASE: (gateway_finds_no_route(),),
    names.CONTROL_PLANE: (configuration_rejected(),),
    names.CERT_MANAGER: certificate_alerts(),
    names.KEDA_OPERATOR: (scaler_fails(),),
    names.EXTERNAL_SECRETS: (secret_not_synced(),),
}
"""GroundComponent -> what its own metrics tell, beside that it is gone."""


def platform_rule(scope: Construct, environment: ChartEnvironment) -> monitoring.PrometheusRule:
    """Create the alerts of every component: that it is gone, and what only it can tell."""
    return monitoring.PrometheusRule(
        scope,
        f"prometheus-rule-{NAME}",
        metadata=platform_metadata(NAME, names.namespace_name(environment)),
        spec=monitoring.PrometheusRuleSpec(groups=[_group(one) for one in components(environment)]),
    )


def _group(component: GroundComponent) -> monitoring.PrometheusRuleSpecGroups:
    own = TOLD_BY.get(component.name)
    alerts = (component_unavailable(component), *((component_unseen(component), *own) if own else ()))
    return monitoring.PrometheusRuleSpecGroups(
        name=f"{NAME}.{component.name}", rules=[alert_rule(component, alert) for alert in alerts]
    )
