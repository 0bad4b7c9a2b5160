"""The charts' ids, which name their files: kubectl takes files by name."""

from api_platform.service import Service

PLATFORM = "00-platform"
"""Applied first."""
VERTICAL_AUTOSCALING = "60-vertical-autoscaling"
"""Applied after the Deployments that it looks at."""


def service_chart_id(service: Service) -> str:
    """Return the id of a service's chart."""
    return f"50-{service.name}"
