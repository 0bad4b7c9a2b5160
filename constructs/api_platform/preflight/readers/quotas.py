"""The account's quotas in the region, and what others than this environment have used of them."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from api_platform import names
from api_platform.preflight.account_reading import QuotaState
from api_platform.preflight.inquiry import Inquiry
from api_platform.preflight.standard_families import is_standard

STANDARD_VCPUS: Final = "L-1216C47A"
"""Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances, in vCPUs."""
ELASTIC_IPS: Final = "L-0263D0A3"
"""EC2-VPC Elastic IPs."""

_CLUSTER_TAG: Final = "eks:cluster-name"
_STACK_TAG: Final = "aws:cloudformation:stack-name"


def read_vcpus(inquiry: Inquiry) -> QuotaState:
    """Return the quota of vCPUs of the standard families, on demand."""
    cluster = names.cluster_name(inquiry.environment)
    states = [{"Name": "instance-state-name", "Values": ["pending", "running"]}]
    pages = inquiry.client("ec2").get_paginator("describe_instances").paginate(Filters=states)
    machines = (one for page in pages for group in page["Reservations"] for one in group["Instances"])
    used = sum(_vcpus(one) for one in _without(machines, _CLUSTER_TAG, cluster))
    return QuotaState(_limit(inquiry, STANDARD_VCPUS), used)


def read_elastic_ips(inquiry: Inquiry) -> QuotaState:
    """Return the quota of Elastic IP addresses."""
    addresses = inquiry.client("ec2").describe_addresses()["Addresses"]
    others = list(_without(addresses, _STACK_TAG, f"{inquiry.environment.name}-network"))
    return QuotaState(_limit(inquiry, ELASTIC_IPS), len(others))


def read_lambda_executions(inquiry: Inquiry) -> int:
    """Return how many executions of functions may run at once."""
    return int(inquiry.client("lambda").get_account_settings()["AccountLimit"]["UnreservedConcurrentExecutions"])


def _limit(inquiry: Inquiry, code: str) -> int:
    answer = inquiry.client("service-quotas").get_service_quota(ServiceCode="ec2", QuotaCode=code)
    return int(answer["Quota"]["Value"])


def _vcpus(machine: Mapping[str, Any]) -> int:
    if machine.get("InstanceLifecycle") == "spot" or not is_standard(machine["InstanceType"]):
        return 0
    processor = machine["CpuOptions"]
    return int(processor["CoreCount"]) * int(processor["ThreadsPerCore"])


def _without(things: Iterable[Mapping[str, Any]], tag: str, value: str) -> Iterable[Mapping[str, Any]]:
    """Leave out what carries the tag with this value."""
    return (one for one in things if {"Key": tag, "Value": value} not in one.get("Tags", []))
