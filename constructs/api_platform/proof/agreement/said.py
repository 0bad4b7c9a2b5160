"""What the plan says: asked as a person asks, by its command; and against the assembly before, which must say the same.

Both come as the command's JSON, so that nothing is compared that a reader of the plan does not get.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, assert_never

from api_platform.plan.assembly import CloudAssembly
from api_platform.plan.aws_changes import Impact
from api_platform.plan.deploy_plan import DeployPlan
from api_platform.plan.object_changes import Action
from api_platform.plan.object_key import ObjectKey
from api_platform.plan.output.json_text import to_json
from api_platform.plan.planning import OldAssembly
from api_platform.plan.risks import Danger
from api_platform.proof.agreement.effects import Effects, Fate
from api_platform.proof.stage import ProofStage
from eks_twin.aws_clients import variables
from eks_twin.errors import TwinError

PlanJson = Mapping[str, Any]
"""One plan of the command's JSON."""
_CONTENT = ("risks", "objects", "resources", "leftStacks")
"""What a plan says, whatever it is against; its summary names that, and follows from these."""


def ask_plan(stage: ProofStage, assembly: Path) -> PlanJson:
    """Return the plan of the assembly against what is deployed. Raises TwinError where the command makes none."""
    words = ("plan", "--environment", stage.environment.name, "--against", "deployed", "--assembly", str(assembly))
    run = subprocess.run(
        [sys.executable, "-m", "api_platform.cli", *words, "--format", "json"],
        env={**os.environ, **variables(stage.twin.endpoint, stage.place)},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise TwinError(f"the plan could not be made: {run.stderr.strip()}")
    return _only(run.stdout)


def plan_between(environment: str, before: CloudAssembly, after: CloudAssembly) -> PlanJson:
    """Return the plan of one assembly against another."""
    old = OldAssembly("the assembly before", before)
    return _only(to_json([DeployPlan.of(environment, old.title, old.changes(environment, after))]))


def unlike_parts(one: PlanJson, other: PlanJson) -> list[str]:
    """Return the parts in which two plans say differently; none where they differ in what they are against alone."""
    return [part for part in _CONTENT if one[part] != other[part]]


def effects_said(plan: PlanJson) -> Effects:
    """Return what the plan says that comes. A deploy that fails goes back, so of the objects nothing comes."""
    failing = {risk["subject"] for risk in plan["risks"] if risk["danger"] == Danger.FAILS.name.lower()}
    resources = frozenset(_resources(plan))
    if failing:
        held = {_subject(one): _resource(one) for one in plan["objects"]}
        return Effects(resources=resources, failing={held.get(subject, subject) for subject in failing})
    fates = {_subject(one): _fate(_action(one)) for one in plan["objects"]}
    return Effects(
        objects={subject: fate for subject, fate in fates.items() if fate},
        restarts={risk["subject"] for risk in plan["risks"] if risk["danger"] == Danger.RESTARTS.name.lower()},
        resources=resources,
    )


def _only(text: str) -> PlanJson:
    (plan,) = json.loads(text)["plans"]
    found: PlanJson = plan
    return found


def _subject(one: Mapping[str, Any]) -> str:
    return str(ObjectKey(one["kind"], one["namespace"], one["name"]))


def _action(one: Mapping[str, Any]) -> Action:
    return Action[one["action"].upper()]


def _resource(one: Mapping[str, Any]) -> str:
    return f"{one['stack']} {one['logicalId']}"


def _resources(plan: PlanJson) -> Iterator[str]:
    yield from (_resource(one) for one in plan["objects"] if _action(one) is not Action.LEAVE)
    yield from (_resource(one) for one in plan["resources"] if Impact[one["impact"].upper()] is not Impact.LEAVE)


def _fate(action: Action) -> Fate | None:
    match action:
        case Action.CREATE:
            return Fate.CREATED
        case Action.UPDATE:
            return Fate.UPDATED
        case Action.DELETE:
            return Fate.DELETED
        case Action.MOVE | Action.APPLY | Action.LEAVE:
            return None
    assert_never(action)
