"""The side that CloudFormation holds: the templates of the last deploy."""

import json
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from api_platform.aws_calls import aws_calls, session
from api_platform.labels import MANAGED_BY
from api_platform.plan.assembly import CloudAssembly, StackKey, StackTemplate
from api_platform.plan.changes import DeployChanges
from api_platform.plan.states import DeployState
from api_platform.plan.templates import kubernetes_objects
from api_platform.rules.values import table, text

if TYPE_CHECKING:
    from botocore.client import BaseClient

_AT_ONCE: Final = 8
_HOLDS_NOTHING: Final = frozenset(
    {"CREATE_FAILED", "DELETE_COMPLETE", "REVIEW_IN_PROGRESS", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}
)
"""Statuses of a stack that never came up, or is gone: to a deploy all of it is new."""


@dataclass(frozen=True)
class Deployed:
    """What CloudFormation holds now, of the stacks of an app and of those that the app has dropped."""

    title: str = "what is deployed"
    notes: tuple[str, ...] = ()

    def environments(self, after: CloudAssembly) -> list[str]:
        """Return the app's own: of another one nobody says where it would be."""
        return after.environments

    def changes(self, environment: str, after: CloudAssembly) -> DeployChanges:
        """Compare with what is deployed. Raises InputError where AWS refuses or cannot be reached."""
        wanted = after.of(environment)
        before = CloudAssembly(tuple(_deployed(environment, wanted)))
        return DeployChanges.between(
            DeployState.of_stacks(_with_characters(before, wanted)), DeployState.of_stacks(wanted)
        )


def _deployed(environment: str, wanted: CloudAssembly) -> Iterator[StackTemplate]:
    places: dict[StackPlace, list[StackTemplate]] = {}
    for stack in wanted.stacks:
        places.setdefault(StackPlace(stack.key.account, stack.key.region, stack.lookup_role), []).append(stack)
    for place, stacks in places.items():
        yield from place.stacks(environment, {stack.key.name: stack for stack in stacks})


class StackPlace(NamedTuple):
    """Where stacks are, and under which role they may be looked up."""

    account: str
    region: str
    role: str | None = None
    """ARN. Default: the caller's own credentials."""

    def stacks(self, environment: str, known: Mapping[str, StackTemplate]) -> Iterator[StackTemplate]:
        """Yield what is deployed here of the app, or was deployed by it; `known`: the app's own, by name.

        Raises InputError where AWS refuses or cannot be reached.
        """
        with aws_calls(f"read the stacks of {self.account} in {self.region}", every_refusal=True):
            client = session(self.region, self.role).client("cloudformation")
            live = list(_live(client, environment, known))
            with ThreadPoolExecutor(_AT_ONCE) as threads:
                templates = list(threads.map(partial(_template, client), live))
        for name, template in zip(live, templates, strict=True):
            if name in known:
                yield replace(known[name], template=template)
            elif _was_ours(environment, template):
                path = f"{environment}/{name.removeprefix(f'{environment}-')}"
                yield StackTemplate(path, StackKey(self.account, self.region, name), template)


def _live(client: "BaseClient", environment: str, known: Mapping[str, StackTemplate]) -> Iterator[str]:
    """Yield the names of deployed stacks: the app's, and those that begin as its own do."""
    for page in client.get_paginator("list_stacks").paginate():
        for stack in page["StackSummaries"]:
            name = stack["StackName"]
            ours = name in known or name.startswith(f"{environment}-")
            if ours and stack["StackStatus"] not in _HOLDS_NOTHING:
                yield name


def _template(client: "BaseClient", name: str) -> Mapping[str, Any]:
    body = client.get_template(StackName=name, TemplateStage="Original")["TemplateBody"]
    found: Mapping[str, Any] = json.loads(body) if isinstance(body, str) else json.loads(json.dumps(body))
    return found


def _was_ours(environment: str, template: Mapping[str, Any]) -> bool:
    """Return whether a stack came from this app, which its resources' paths or its objects' labels tell.

    Another app's name may begin with the same word.
    """
    paths = (text(resource, "Metadata", "aws:cdk:path") for resource in table(template, "Resources").values())
    labels = (table(manifest, "metadata", "labels") for _, _, manifest in kubernetes_objects(template))
    return any(path.startswith(f"{environment}/") for path in paths) or any(
        MANAGED_BY.items() <= dict(one).items() for one in labels
    )


def _with_characters(before: CloudAssembly, after: CloudAssembly) -> CloudAssembly:
    """Return the deployed templates with the characters that CloudFormation answers as `?`, where the app has them."""
    new = {stack.key: stack.template for stack in after.stacks}
    return CloudAssembly(
        tuple(replace(stack, template=restored(stack.template, new.get(stack.key))) for stack in before.stacks)
    )


def restored(before: Any, after: Any) -> Any:
    """Return what was deployed with the characters that CloudFormation answers as `?`, where `after` has them."""
    match before, after:
        case str(), str():
            return _restored_text(before, after)
        case dict(), dict():
            return {key: restored(value, after.get(key)) for key, value in before.items()}
        case list(), list() if len(before) == len(after):
            return [restored(old, new) for old, new in zip(before, after, strict=True)]
        case _:
            return before


def _restored_text(before: str, after: str) -> str:
    if "?" not in before or after.isascii():
        return before
    if before == _NOT_ASCII.sub("?", after):
        return after
    try:  # a manifest, in which something else changes too
        return json.dumps(restored(json.loads(before), json.loads(after)))
    except ValueError:
        return before


_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
