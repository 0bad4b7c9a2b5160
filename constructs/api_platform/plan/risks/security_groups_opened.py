"""Security groups let more in."""

from collections.abc import Mapping
from typing import Any, Final

from api_platform.plan.changes import DeployChanges
from api_platform.plan.risks.risk import Danger, Risk
from api_platform.rules.values import text

_EVERYONE: Final = frozenset({"0.0.0.0/0", "::/0"})


def security_groups_opened(changes: DeployChanges) -> list[Risk]:
    """Find rules by which a security group that is there lets more in; or a new one lets in everyone."""
    return [
        Risk(Danger.WEAKENS, f"stack {grant.stack}", f"{group} lets in {_shown(rule)}", "It did not before.")
        for grant in changes.aws.grants
        for rule in grant.opened
        if (group := text(rule, "groupId"))
        and (_name(group) not in changes.aws.made_in(grant.stack) or _peer(rule) in _EVERYONE)
    ]


def _name(reference: str) -> str:
    return reference.removeprefix("${").partition(".")[0].rstrip("}")


def _shown(rule: Mapping[str, Any]) -> str:
    first, last = rule.get("fromPort"), rule.get("toPort")
    ports = "every port" if first is None else f"port {first}" if first == last else f"ports {first} to {last}"
    return f"{_peer(rule)} on {text(rule, 'ipProtocol')} {ports}"


def _peer(rule: Mapping[str, Any]) -> str:
    return next(
        (text(rule, "peer", key) for key in ("ip", "securityGroupId", "prefixListId") if text(rule, "peer", key)),
        "everyone",
    )
