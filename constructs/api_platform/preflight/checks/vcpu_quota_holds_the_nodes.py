"""The account's quota of vCPUs holds the nodes, at the start and at the most."""

from collections.abc import Sequence

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.environment import Environment
from api_platform.preflight.account_quota import STANDARD_VCPUS
from api_platform.preflight.account_reading import AccountReading, QuotaState
from api_platform.preflight.node_groups import node_groups
from api_platform.rules.finding import PLATFORM
from api_platform.service import Service

CHECK = check_name(__name__)


def vcpu_quota_holds_the_nodes(
    environment: Environment, _services: Sequence[Service], reading: AccountReading
) -> list[Diagnosis]:
    """Find node groups that do not come up, or that come up and cannot grow. Standard families, on demand, alone."""
    types, quota = reading.machine_types, reading.vcpus
    if types is None or quota is None:
        return []
    counted = [
        (size, types[size.instance_type].vcpus)
        for size in node_groups(environment).values()
        if size.instance_type in types and types[size.instance_type].standard
    ]
    at_start = sum(size.minimum * vcpus for size, vcpus in counted)
    at_most = sum(size.maximum * vcpus for size, vcpus in counted)
    if at_start > quota.left:
        what = f"{at_start} vCPUs are needed at the start, and {quota.left} are left"
        why = f"{_said(quota)} Nodes that the quota refuses fail the stack `cluster` after some 25 minutes."
    elif at_most > quota.left:
        what = f"the nodes come up, and cannot grow: {at_most} vCPUs are needed at the most, and {quota.left} are left"
        why = f"{_said(quota)} Pods beyond it stay Pending, and no stack says so."
    else:
        return []
    return [
        Diagnosis(
            CHECK,
            PLATFORM,
            "quota of vCPUs",
            what,
            why,
            STANDARD_VCPUS.shown(environment),
            f"Ask for {at_most + quota.used}, which holds all node groups at their maximum: "
            f"{STANDARD_VCPUS.asked(environment, at_most + quota.used)} (or lower [node_groups]).",
        )
    ]


def _said(quota: QuotaState) -> str:
    others = f", of which others use {quota.used}" if quota.used else ""
    return f"The account may run {quota.limit} vCPUs of standard machines on demand in this region{others}."
