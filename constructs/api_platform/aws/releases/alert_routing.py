"""Where Alertmanager sends what fires: all to operations, by mail; and a sign of life, whose absence is an alarm."""

from typing import Any, Final

from api_platform import names
from api_platform.environment import Environment

_WATCHDOG: Final = 'alertname = "Watchdog"'
"""The chart's alert that always fires."""
_NOT_FOR_PEOPLE: Final = 'alertname = "InfoInhibitor"'
"""The chart's alert that only silences others."""

_ABOUT: Final = ("namespace", "service", "workload", "component", "source_workload")
"""What an alert may be about. One that is critical silences the warning about the very same thing, and no other."""


def alert_routing(environment: Environment) -> dict[str, Any]:
    """Return Alertmanager's configuration.

    It publishes to SNS under its own role. The sign of life goes to a topic that nobody reads: CloudWatch counts its
    messages, and alarms when none comes (`aws/watchdog.py`).
    """
    return {
        "route": {
            "receiver": "operations",
            "group_by": ["alertname", "namespace", "service", "component"],
            "group_wait": "30s",
            "group_interval": "5m",
            "repeat_interval": "12h",
            "routes": [
                {
                    "matchers": [_WATCHDOG],
                    "receiver": "watchdog",
                    "group_wait": "0s",
                    # Repeated only when the group is looked at: at the same pace, every second time would come late.
                    "group_interval": "1m",
                    "repeat_interval": "5m",
                },
                {"matchers": [_NOT_FOR_PEOPLE], "receiver": "nobody"},
            ],
        },
        "receivers": [
            {"name": "operations", "sns_configs": [_topic(environment, names.OPERATIONS)]},
            {"name": "watchdog", "sns_configs": [{**_topic(environment, names.WATCHDOG), "send_resolved": False}]},
            {"name": "nobody"},
        ],
        # What is critical says enough of what is a warning for the same reason.
        "inhibit_rules": [
            {
                "source_matchers": ['severity = "critical"'],
                "target_matchers": ['severity =~ "warning|info"'],
                "equal": ["alertname", *_ABOUT],
            },
            {
                "source_matchers": ['severity = "warning"'],
                "target_matchers": ['severity = "info"'],
                "equal": ["alertname", *_ABOUT],
            },
            {
                "source_matchers": [_NOT_FOR_PEOPLE],
                "target_matchers": ['severity = "info"'],
                "equal": ["namespace"],
            },
        ],
    }


def _topic(environment: Environment, purpose: str) -> dict[str, Any]:
    return {
        "topic_arn": names.topic_arn(environment, purpose),
        "sigv4": {"region": environment.region},
        "subject": "{{ .Status | toUpper }}: {{ .GroupLabels.alertname }} in " + environment.name,
        "message": _MESSAGE,
    }


_MESSAGE: Final = """{{ range .Alerts }}{{ .Status | toUpper }} {{ .Labels.alertname }} ({{ .Labels.severity }})
{{ .Annotations.summary }}
{{ .Annotations.description }}
{{ .Annotations.runbook_url }}

{{ end }}"""
