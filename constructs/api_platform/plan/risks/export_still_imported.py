"""A stack stops exporting a value that a deployed stack still imports."""

from collections.abc import Iterator

from api_platform.plan.assembly import StackTemplate
from api_platform.plan.changes import DeployChanges
from api_platform.plan.fields import is_same
from api_platform.plan.risks.risk import Danger, Risk
from api_platform.rules.values import at, table, text

_IMPORTS = "Fn::ImportValue"


def export_still_imported(changes: DeployChanges) -> list[Risk]:
    """Find exports that go or change while a deployed stack uses them: CloudFormation refuses it until none does."""
    users = {name: stack.path for stack in changes.before.stacks.values() for name in _imported(dict(stack.template))}
    return [
        Risk(
            Danger.FAILS,
            f"stack {stack.path}",
            f"export {name} goes or changes",
            f"{users[name]} still imports it: CloudFormation refuses the update, and the deploy fails and rolls back.",
            "Keep the export for one deploy (Stack.export_value), until nobody imports it any more.",
        )
        for stack in changes.after.stacks.values()
        for name in _lost(changes.before.stacks.get(stack.key), stack)
        if name in users
    ]


def _lost(before: StackTemplate | None, after: StackTemplate) -> Iterator[str]:
    old, new = _exports(before), _exports(after)
    return (name for name, value in old.items() if not is_same(value, new.get(name)))


def _exports(stack: StackTemplate | None) -> dict[str, object]:
    outputs = table(stack.template, "Outputs").values() if stack else ()
    return {name: at(one, "Value") for one in outputs if (name := text(one, "Export", "Name"))}


def _imported(part: object) -> Iterator[str]:
    match part:
        case dict():
            if isinstance(name := part.get(_IMPORTS), str):
                yield name
            for one in part.values():
                yield from _imported(one)
        case list():
            for one in part:
                yield from _imported(one)
        case _:
            return
