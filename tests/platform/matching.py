"""How policies name what they are about: patterns, labels, networks."""

from collections.abc import Iterable, Mapping, Sequence
from ipaddress import ip_address, ip_network
from typing import Any

Part = Mapping[str, Any]
"""Some part of a policy."""


def any_of(patterns: Sequence[str] | None, value: str | None) -> bool:
    """Say whether the value is one of these; no patterns are no condition, and no value meets none."""
    return not patterns or (value is not None and any(is_like(pattern, value) for pattern in patterns))


def is_like(pattern: str, value: str) -> bool:
    """Compare as Istio does: exactly, or with one star at either end."""
    if pattern == "*":
        return bool(value)
    if pattern.startswith("*"):
        return value.endswith(pattern[1:])
    if pattern.endswith("*"):
        return value.startswith(pattern[:-1])
    return value == pattern


def selects(selector: Part, labels: Mapping[str, str]) -> bool:
    """Say whether a selector selects what carries these labels. An empty one selects everything."""
    known(selector, "matchLabels")
    wanted: Mapping[str, str] = selector.get("matchLabels", {})
    return wanted.items() <= labels.items()


def within(address: str, networks: Iterable[str]) -> bool:
    return any(ip_address(address) in ip_network(network) for network in networks)


def known(part: Part, *fields: str) -> Part:
    """Return the part. Raises NotImplementedError where it has another field than these."""
    unknown = set(part) - set(fields)
    if unknown:
        raise NotImplementedError(f"field {', '.join(sorted(unknown))}")
    return part
