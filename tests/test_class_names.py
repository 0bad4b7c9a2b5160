"""A name of a class means one thing, in the platform and in the twin."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

CONSTRUCTS = Path(__file__).resolve().parent.parent / "constructs"
SAME_THING_TWICE = {
    "Functions": "where functions are called: the AWS side's protocol, and what fulfils it",
    "InputError": "bad input: the twin may import nothing of the platform",
    "NodeGroups": "the two node groups: in an environment file, and as the CDK makes them",
    "NodeRuntime": "Node.js: as a service's runtime, and as a function's",
    "Nodes": "nodes of a cluster: where they join, and those of one group in a report",
    "StackEvent": "an event of a stack: as the executor tells it, and as a scenario reads it",
}
"""Name -> what it means in both places."""


def public_classes() -> Iterator[tuple[str, str]]:
    """Yield the name and the file of each class at the top of a module."""
    for path in CONSTRUCTS.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, str(path.relative_to(CONSTRUCTS))


def test_no_two_classes_share_a_name_but_where_they_are_one_thing() -> None:
    """`Wave` was a step of an apply, and of a pipeline: a reader of one took it for the other."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, path in public_classes():
        found[name].append(path)
    shared = {name: sorted(paths) for name, paths in found.items() if len(paths) > 1}
    assert set(shared) == set(SAME_THING_TWICE), shared
