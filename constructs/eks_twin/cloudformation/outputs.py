"""A stack's outputs and exports: worked out last, and a failure there is the stack's."""

from collections.abc import Mapping

from eks_twin.cloudformation.blueprint import Blueprint
from eks_twin.cloudformation.dynamic_references import refers_to_secrets, resolve_plainly
from eks_twin.cloudformation.errors import ResourceFailed, ValidationError, reason_of
from eks_twin.cloudformation.intrinsics import Scope, text
from eks_twin.cloudformation.state import Output
from eks_twin.cloudformation.surroundings import Surroundings


def outputs_of(blueprint: Blueprint, scope: Scope) -> tuple[Output, ...]:
    """Return them all. Raises ResourceFailed where one cannot be worked out."""
    found = []
    for name, body in blueprint.outputs.items():
        export = (body.get("Export") or {}).get("Name", "")
        try:
            value = text(resolve_plainly(body["Value"], scope), f"Output {name}")
            exported = text(resolve_plainly(export, scope), f"The export of output {name}")
        except (ResourceFailed, ValidationError) as error:
            raise ResourceFailed(f"Output {name}: {reason_of(error)}") from None
        if refers_to_secrets(value):
            raise ResourceFailed(f"Output {name}: it refers to a secret, which outputs cannot show.")
        found.append(Output(name, value, exported, str(body.get("Description", ""))))
    return tuple(found)


def check_exports(
    surroundings: Surroundings, stack_name: str, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    """Raise ResourceFailed where an export (name -> value) is in use and would go or change, or is another stack's."""
    for name, value in before.items():
        if after.get(name) != value:
            users = [user for user in surroundings.imported_by(name) if user != stack_name]
            if users:
                done = "updated" if name in after else "deleted"
                raise ResourceFailed(f"Export {name} cannot be {done} as it is in use by {', '.join(users)}")
    for name in after:
        owners = [owner for owner in surroundings.exported_by(name) if owner != stack_name]
        if owners:
            raise ResourceFailed(f"Export with name {name} is already exported by stack {owners[0]}.")
