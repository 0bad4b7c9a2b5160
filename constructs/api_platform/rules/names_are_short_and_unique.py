"""Every object has a name of its own, of at most 63 characters."""

from collections import Counter
from collections.abc import Sequence

from api_platform.environment import Environment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, name, namespace, title
from api_platform.rules.values import text
from api_platform.service import Service

RULE = rule_name(__name__)
_LONGEST = 63
"""Of a DNS label. Some kinds take more, but cdk8s cuts names here, silently, and two may become one."""


def names_are_short_and_unique(
    _environment: Environment, _services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a name that is missing, cut or too long, and two objects of one kind, namespace and name.

    Of two such objects the second would overwrite the first at every apply.
    """
    findings = [
        _finding(objects, one, f"{title(one)} has {len(name(one))} characters", "Shorten the workload's name.")
        for one in objects
        if not 1 <= len(name(one)) <= _LONGEST
    ]
    first = {_identity(one): one for one in reversed(tuple(objects))}
    times = Counter(map(_identity, objects))
    return findings + [
        _finding(objects, one, f"{title(one)} is rendered {times[identity]} times", "Rename all but one.")
        for identity, one in first.items()
        if times[identity] > 1
    ]


def _identity(manifest: Manifest) -> tuple[str, str, str | None, str]:
    """Return what the API server tells objects apart by; the version is not part of it."""
    group, separator, _ = text(manifest, "apiVersion").partition("/")
    return group if separator else "", text(manifest, "kind"), namespace(manifest), name(manifest)


def _finding(objects: Objects, manifest: Manifest, value: str, remedy: str) -> Finding:
    return Finding(
        RULE,
        objects.subject(manifest),
        value,
        f"A name has 1 to {_LONGEST} characters and is unique among the objects of its kind and namespace.",
        remedy,
    )
