"""The account's quotas in the region, and what others than this environment have used of them."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from api_platform import names
from api_platform.preflight.account_quota import ELASTIC_IPS, STANDARD_VCPUS, AccountQuota
from api_platform.preflight.account_reading import QuotaState
from api_platform.preflight.inquiry import Inquiry
from api_platform.preflight.instance_types import describe, is_standard, vcpus

_SPOT: Final = "spot"
_CLUSTER_TAG: Final = "eks:cluster-name"


def read_vcpus(inquiry: Inquiry) -> QuotaState:
    """Return the quota of vCPUs of the standard families, on demand."""
    cluster, ec2 = names.cluster_name(inquiry.environment), inquiry.client("ec2")
    states = [{"Name": "instance-state-name", "Values": ["pending", "running"]}]
    pages = ec2.get_paginator("describe_instances").paginate(Filters=states)
    machines = (one for page in pages for group in page["Reservations"] for one in group["Instances"])
    running = Counter(
        one["InstanceType"]
        for one in machines
        if _tag(one, _CLUSTER_TAG) != cluster
        and one.get("InstanceLifecycle") != _SPOT
        and is_standard(one["InstanceType"])
    )
    types = describe(ec2, running) if running else {}
    used = sum(vcpus(described) * running[name] for name, described in types.items())
    return QuotaState(_limit(inquiry, STANDARD_VCPUS), used)


def read_elastic_ips(inquiry: Inquiry) -> QuotaState:
    """Return the quota of Elastic IP addresses. The CDK names those of a network after the place in its app."""
    addresses, ours = inquiry.client("ec2").describe_addresses()["Addresses"], f"{inquiry.environment.name}/network/"
    others = [one for one in addresses if not _tag(one, "Name").startswith(ours)]
    return QuotaState(_limit(inquiry, ELASTIC_IPS), len(others))


def read_lambda_executions(inquiry: Inquiry) -> int:
    """Return how many executions of functions may run at once."""
    return int(inquiry.client("lambda").get_account_settings()["AccountLimit"]["UnreservedConcurrentExecutions"])


def _limit(inquiry: Inquiry, quota: AccountQuota) -> int:
    quotas, which = inquiry.client("service-quotas"), {"ServiceCode": quota.service, "QuotaCode": quota.code}
    try:
        answer = quotas.get_service_quota(**which)
    except quotas.exceptions.NoSuchResourceException:  # nothing was ever granted to this account: all have the same
        answer = quotas.get_aws_default_service_quota(**which)
    return int(answer["Quota"]["Value"])


def _tag(thing: Mapping[str, Any], key: str) -> str:
    return next((str(tag["Value"]) for tag in thing.get("Tags", []) if tag["Key"] == key), "")
