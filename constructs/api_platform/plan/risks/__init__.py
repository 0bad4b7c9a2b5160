"""What is dangerous about a deploy: one risk a file, named after what happens."""

from api_platform.plan.changes import DeployChanges
from api_platform.plan.risks.export_still_imported import export_still_imported
from api_platform.plan.risks.gateway_tls_lowered import gateway_tls_lowered
from api_platform.plan.risks.held_by_another_stack import held_by_another_stack
from api_platform.plan.risks.iam_broadened import iam_broadened
from api_platform.plan.risks.immutable_fields_change import immutable_fields_change
from api_platform.plan.risks.logical_id_moved import logical_id_moved
from api_platform.plan.risks.lost_deny import lost_deny
from api_platform.plan.risks.mutual_tls_lowered import mutual_tls_lowered
from api_platform.plan.risks.objects_go import objects_go
from api_platform.plan.risks.pod_security_lowered import pod_security_lowered
from api_platform.plan.risks.pods_restart import pods_restart
from api_platform.plan.risks.protection_lifted import protection_lifted
from api_platform.plan.risks.resources_are_replaced import resources_are_replaced
from api_platform.plan.risks.risk import Danger, FindRisks, Risk
from api_platform.plan.risks.scaling_changes import scaling_changes
from api_platform.plan.risks.security_groups_opened import security_groups_opened
from api_platform.plan.risks.server_refuses import server_refuses
from api_platform.plan.risks.service_token_changes import service_token_changes
from api_platform.plan.risks.stacks_are_left import stacks_are_left
from api_platform.plan.risks.wider_authorization import wider_authorization
from api_platform.plan.risks.wider_network_policy import wider_network_policy

__all__ = ["RISKS", "Danger", "Risk", "find_risks"]

RISKS: tuple[FindRisks, ...] = (
    immutable_fields_change,
    server_refuses,
    logical_id_moved,
    held_by_another_stack,
    export_still_imported,
    service_token_changes,
    stacks_are_left,
    objects_go,
    resources_are_replaced,
    protection_lifted,
    wider_authorization,
    wider_network_policy,
    lost_deny,
    mutual_tls_lowered,
    gateway_tls_lowered,
    pod_security_lowered,
    iam_broadened,
    security_groups_opened,
    pods_restart,
    scaling_changes,
)
"""Add a risk here: its function, in a file of its own."""


def find_risks(changes: DeployChanges) -> list[Risk]:
    """Return what every risk finds, the worst first."""
    order = list(Danger)
    found = [risk for find in RISKS for risk in find(changes)]
    return sorted(dict.fromkeys(found), key=lambda risk: order.index(risk.danger))
