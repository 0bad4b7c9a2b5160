"""A stack's state as JSON-like data, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from eks_twin.cloudformation.state import Output, ResourceState, StackIdentity, StackState


def to_data(state: StackState) -> dict[str, Any]:
    """Return dictionaries, lists and text only, for `json.dumps`."""
    return asdict(state)


def from_data(data: Mapping[str, Any]) -> StackState:
    """Return the state that `to_data` was given; also after a way through JSON, which makes lists of tuples."""
    return StackState(
        **{
            **data,
            "identity": StackIdentity(**data["identity"]),
            "resources": {logical_id: _resource(one) for logical_id, one in data["resources"].items()},
            "outputs": tuple(Output(**one) for one in data["outputs"]),
            "imports": tuple(data["imports"]),
            "stable": from_data(data["stable"]) if data["stable"] else None,
            "leftovers": tuple(_resource(one) for one in data["leftovers"]),
        }
    )


def _resource(data: Mapping[str, Any]) -> ResourceState:
    return ResourceState(**{**data, "dependencies": tuple(data["dependencies"])})
