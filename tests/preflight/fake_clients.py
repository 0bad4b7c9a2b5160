"""Clients of boto3 for what moto does not keep: quotas, the settings of Lambda, registered domains."""

from typing import Any


class FakeQuotas:
    """Service Quotas, of which moto knows those of VPCs alone. A quota that is not there has AWS's default, 5."""

    class exceptions:  # noqa: N801 - as botocore calls it
        class NoSuchResourceException(Exception):  # noqa: N818
            """Said of a quota that was never granted."""

    def __init__(self, values: dict[str, float]) -> None:
        self.values = values

    def get_service_quota(self, *, ServiceCode: str, QuotaCode: str) -> dict[str, Any]:  # noqa: N803 - boto3's
        assert ServiceCode == "ec2"
        if QuotaCode not in self.values:
            raise self.exceptions.NoSuchResourceException
        return {"Quota": {"Value": self.values[QuotaCode]}}

    def get_aws_default_service_quota(self, **_: str) -> dict[str, Any]:
        return {"Quota": {"Value": 5.0}}


class FakeLambda:
    """Lambda's settings of an account."""

    def __init__(self, executions: int) -> None:
        self.executions = executions

    def get_account_settings(self) -> dict[str, Any]:
        return {"AccountLimit": {"UnreservedConcurrentExecutions": self.executions}}


class FakeRegistrations:
    """Registered domains. moto's take six contacts each, and an hour."""

    class exceptions:  # noqa: N801 - as botocore calls it
        class InvalidInput(Exception):  # noqa: N818
            """Said of a domain that is not this account's."""

    def __init__(self, domains: dict[str, list[str]]) -> None:
        self.domains = domains

    def get_domain_detail(self, *, DomainName: str) -> dict[str, Any]:  # noqa: N803 - boto3's
        if DomainName not in self.domains:
            raise self.exceptions.InvalidInput
        return {"Nameservers": [{"Name": server} for server in self.domains[DomainName]]}
