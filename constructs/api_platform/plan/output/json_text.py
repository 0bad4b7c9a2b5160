"""A plan as JSON, for machines: everything that the other two show, and the exact values."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from api_platform.plan.aws_changes import AwsChange
from api_platform.plan.deploy_plan import DeployPlan
from api_platform.plan.fields import ABSENT, FieldChange
from api_platform.plan.object_changes import ObjectChange
from api_platform.plan.output.summary import summary
from api_platform.plan.risks import Risk


def to_json(plans: Sequence[DeployPlan]) -> str:
    """Return `{"plans": [...]}`, a plan for each environment."""
    return json.dumps({"plans": [_plan(plan) for plan in plans]}, indent=2) + "\n"


def _plan(plan: DeployPlan) -> dict[str, Any]:
    return {
        "environment": plan.environment,
        "against": plan.against,
        "summary": summary(plan),
        "changes": not plan.is_empty,
        "needsSecondLook": plan.needs_second_look,
        "notes": list(plan.notes),
        "risks": [_risk(risk) for risk in plan.risks],
        "objects": [_object(plan, change) for change in plan.changes.objects],
        "resources": [_resource(change) for change in plan.changes.aws.resources],
        "leftStacks": plan.changes.left_stacks,
    }


def _risk(risk: Risk) -> dict[str, Any]:
    return {
        "danger": risk.danger.name.lower(),
        "subject": risk.subject,
        "value": risk.value,
        "consequence": risk.consequence,
        "remedy": risk.remedy,
    }


def _object(plan: DeployPlan, change: ObjectChange) -> dict[str, Any]:
    held, side = (change.after, plan.changes.after) if change.after else (change.before, plan.changes.before)
    return {
        **change.key._asdict(),
        "action": change.action.name.lower(),
        "stack": side.path_of(held.stack) if held else "",
        "logicalId": held.logical_id if held else "",
        "fields": _fields(change.fields),
    }


def _resource(change: AwsChange) -> dict[str, Any]:
    return {
        "stack": change.stack,
        "logicalId": change.logical_id,
        "type": change.type,
        "impact": change.impact.name.lower(),
        "replacing": list(change.replacing),
        "fields": _fields(change.fields),
    }


def _fields(fields: Iterable[FieldChange]) -> list[dict[str, Any]]:
    """Return the fields; a side that has none is left out, since null is a value of its own."""
    return [
        {
            "place": one.place,
            "path": list(one.path),
            **({} if one.before is ABSENT else {"before": one.before}),
            **({} if one.after is ABSENT else {"after": one.after}),
            **({"order": True} if one.is_order else {}),
        }
        for one in fields
    ]
