"""Commands about a quota of the account."""

from api_platform.environment import Environment


def quota_command(environment: Environment, service: str, code: str) -> str:
    """Return the command that shows a quota."""
    return f"aws service-quotas get-service-quota --service-code {service} --quota-code {code} {_region(environment)}"


def quota_request(environment: Environment, service: str, code: str, value: int) -> str:
    """Return the command that asks AWS for more of it."""
    return (
        f"aws service-quotas request-service-quota-increase --service-code {service} --quota-code {code} "
        f"--desired-value {value} {_region(environment)}"
    )


def _region(environment: Environment) -> str:
    return f"--region {environment.region}"
