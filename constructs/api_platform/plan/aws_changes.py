"""Which AWS resources a deploy touches, and which permissions it widens: `@aws-cdk/cloudformation-diff` says it.

It alone knows which property of which type makes CloudFormation replace a resource. One Node process compares all
stacks that differ; where none does, none is started.
"""

import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from api_platform.environment import ROOT
from api_platform.errors import InputError
from api_platform.plan.assembly import StackTemplate
from api_platform.plan.fields import FieldChange, field_changes, is_same
from api_platform.plan.masking import mask_resource
from api_platform.plan.states import DeployState
from api_platform.plan.templates import aws_part
from api_platform.rules.values import table

_SCRIPT = ROOT / "tools" / "plan" / "templates.mjs"


class Impact(Enum):
    """What a deploy does to a resource; the values are the library's own."""

    CREATE = "WILL_CREATE"
    UPDATE = "WILL_UPDATE"
    REPLACE = "WILL_REPLACE"
    MAY_REPLACE = "MAY_REPLACE"
    DESTROY = "WILL_DESTROY"
    LEAVE = "WILL_ORPHAN"
    """It leaves the template and stays in the account."""
    IMPORT = "WILL_IMPORT"


@dataclass(frozen=True)
class AwsChange:
    """One resource of CloudFormation that is no Kubernetes object."""

    stack: str
    """Path of its stack."""
    logical_id: str
    type: str
    impact: Impact
    fields: tuple[FieldChange, ...] = ()
    """What differs in its properties; none where it comes or goes."""
    replacing: tuple[str, ...] = ()
    """The properties that make CloudFormation replace it."""

    def __str__(self) -> str:
        """Return it as messages name it."""
        return f"{self.type} {self.logical_id}"


@dataclass(frozen=True)
class Grant:
    """What one stack's policies say more, or no longer."""

    stack: str
    added: tuple[Mapping[str, Any], ...]
    """Statements: effect, actions, resources, principals, condition; each list as `{values, not}`."""
    removed: tuple[Mapping[str, Any], ...]
    managed: tuple[Mapping[str, Any], ...]
    """Managed policies that are attached."""
    opened: tuple[Mapping[str, Any], ...]
    """Rules by which security groups let more in."""


@dataclass(frozen=True)
class AwsChanges:
    """All that changes in AWS."""

    resources: tuple[AwsChange, ...] = ()
    grants: tuple[Grant, ...] = ()

    def made_in(self, stack: str) -> set[str]:
        """Return the logical ids that come to a stack."""
        return {one.logical_id for one in self.resources if one.stack == stack and one.impact is Impact.CREATE}

    @classmethod
    def between(cls, before: DeployState, after: DeployState) -> "AwsChanges":
        """Return what differs. Raises InputError where the library is not installed."""
        pairs = dict(_pairs(before, after))
        if not pairs:
            return cls()
        answers = _ask(pairs)
        resources = tuple(change for path, answer in answers.items() for change in _resources(path, answer))
        return cls(resources, tuple(_grant(path, answer) for path, answer in answers.items()))


def _pairs(before: DeployState, after: DeployState) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield path, and both templates, of each stack whose AWS resources differ. A stack that the app dropped stays."""
    for key, stack in after.stacks.items():
        old, new = (_template(side.stacks.get(key)) for side in (before, after))
        if not is_same(table(old, "Resources"), table(new, "Resources")):
            yield stack.path, {"before": old, "after": new}


def _template(stack: StackTemplate | None) -> dict[str, Any]:
    return aws_part(stack.template) if stack else {}


def _ask(pairs: Mapping[str, Any]) -> Mapping[str, Any]:
    run = subprocess.run(
        [os.environ.get("JSII_NODE", "node"), str(_SCRIPT)],
        input=json.dumps(pairs),
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise InputError(
            f"the AWS resources cannot be compared: {run.stderr.strip()}. Run `make setup`, which installs the tools."
        )
    answers: Mapping[str, Any] = json.loads(run.stdout)
    return answers


def _resources(path: str, answer: Mapping[str, Any]) -> Iterator[AwsChange]:
    for logical_id, one in answer["resources"].items():
        before, after = one["before"], one["after"]
        fields = field_changes(*mask_resource(before, after)) if before is not None and after is not None else ()
        yield AwsChange(path, logical_id, one["type"], Impact(one["impact"]), fields, tuple(one["replacing"]))


def _grant(path: str, answer: Mapping[str, Any]) -> Grant:
    return Grant(path, *(_rows(answer[part]) for part in ("added", "removed", "managed", "opened")))


def _rows(rows: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    return tuple(rows)
