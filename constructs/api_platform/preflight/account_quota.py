"""Quotas of an account, and commands about them."""

from dataclasses import dataclass
from typing import Final

from api_platform.environment import Environment


@dataclass(frozen=True)
class AccountQuota:
    """A quota, as Service Quotas knows it."""

    service: str
    code: str

    def shown(self, environment: Environment) -> str:
        """Return the command that shows it."""
        return f"aws service-quotas get-service-quota {self._options(environment)}"

    def asked(self, environment: Environment, value: int) -> str:
        """Return the command that asks AWS for a higher one."""
        return f"aws service-quotas request-service-quota-increase --desired-value {value} {self._options(environment)}"

    def _options(self, environment: Environment) -> str:
        return f"--service-code {self.service} --quota-code {self.code} --region {environment.region}"


STANDARD_VCPUS: Final = AccountQuota("ec2", "L-1216C47A")
"""Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances, in vCPUs."""
ELASTIC_IPS: Final = AccountQuota("ec2", "L-0263D0A3")
"""EC2-VPC Elastic IPs."""
LAMBDA_EXECUTIONS: Final = AccountQuota("lambda", "L-B99A9384")
"""Concurrent executions."""
