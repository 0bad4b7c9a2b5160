"""The environment's node groups, by the name that the file gives them, and whose pods run on which."""

from collections.abc import Mapping

from api_platform.environment import Environment
from api_platform.environment_file import NodeGroup
from api_platform.service import Workload


def node_groups(environment: Environment) -> Mapping[str, NodeGroup]:
    """Return the groups by their names in the file."""
    groups = environment.node_groups
    return {name: getattr(groups, name) for name in type(groups).model_fields}


def node_group_of(environment: Environment, workload: Workload) -> NodeGroup:
    """Return the group that the workload's pods run on."""
    groups = node_groups(environment)
    return groups[workload.node_pool.replace("-", "_")] if workload.node_pool else groups["system"]
