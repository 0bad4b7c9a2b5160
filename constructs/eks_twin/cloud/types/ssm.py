"""Parameters of Systems Manager."""

from collections.abc import Mapping
from typing import Any

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.kept import ChangeInPlace, Kept, KeptType
from eks_twin.cloudformation import Request, ResourceType

_PUT = ("Value", "Description", "AllowedPattern", "Type")
"""What one call changes. The tier is not among it: SSM makes no advanced parameter a standard one again."""


def types(clients: Clients) -> Mapping[str, ResourceType]:
    """Return the types."""
    changes: Mapping[str, ChangeInPlace] = dict.fromkeys(_PUT, _put)
    parameter = KeptType(
        clients, lambda kept: _ssm(kept).delete_parameter(Name=kept.id), {**changes, "Tags": _tags}, defaults=_named
    )
    return {"AWS::SSM::Parameter": parameter}


def _ssm(kept: Kept) -> Any:
    return kept.clients("ssm")


def _named(request: Request) -> Mapping[str, object]:
    """Name a parameter as CloudFormation does where the template leaves that to it; moto wants it among the rest."""
    return {"Name": f"{request.stack_name}-{request.logical_id}"}


def _put(kept: Kept) -> None:
    wanted = {name: str(kept.after.get(name, "")) for name in _PUT}  # what is not said would stay as it was
    _ssm(kept).put_parameter(Name=kept.id, Overwrite=True, **wanted)


def _tags(kept: Kept) -> None:
    """Change the tags, which of a parameter alone are a mapping in the template."""
    old, new = (dict(each.get("Tags") or {}) for each in (kept.before, kept.after))
    which = {"ResourceType": "Parameter", "ResourceId": kept.id}
    _ssm(kept).remove_tags_from_resource(**which, TagKeys=sorted(old.keys() - new.keys()))
    _ssm(kept).add_tags_to_resource(**which, Tags=[{"Key": key, "Value": value} for key, value in new.items()])
