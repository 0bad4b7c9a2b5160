"""Label selectors, as far as the autoscaler and `kubectl top` send them."""

import re
from collections.abc import Callable, Mapping

Labels = Mapping[str, str]

_TERM = re.compile(r"(?P<key>[\w./-]+)\s*(?P<operator>==|=|!=)\s*(?P<value>[\w.-]*)")
_PRESENCE = re.compile(r"(?P<absent>!?)(?P<key>[\w./-]+)")


def selector(text: str) -> Callable[[Labels], bool]:
    """Return whether labels match `key=value,key!=value,key,!key`. Raises ValueError on anything else."""
    tests = [_test(term.strip()) for term in text.split(",") if term.strip()]
    return lambda labels: all(test(labels) for test in tests)


def _test(term: str) -> Callable[[Labels], bool]:
    if match := _TERM.fullmatch(term):
        key, value, wanted = match["key"], match["value"], match["operator"] != "!="
        return lambda labels: (labels.get(key) == value) is wanted
    if match := _PRESENCE.fullmatch(term):
        key, present = match["key"], not match["absent"]
        return lambda labels: (key in labels) is present
    raise ValueError(f"label selector {term!r}: this server reads only =, ==, !=, a key, and ! before a key")
