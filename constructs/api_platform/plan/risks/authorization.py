"""Reads what AuthorizationPolicies let through, call by call, so that two sides of them can be compared."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import product
from typing import Any, NamedTuple

from api_platform.rules.finding import Manifest
from api_platform.rules.values import at, rows, table, text, words

ANY = "*"
_SOURCE, _OPERATION = ("principals", "namespaces", "ipBlocks"), ("ports", "methods", "paths")


class Admission(NamedTuple):
    """One caller's right to one call; `*` where anybody, or anything, is meant."""

    principal: str
    namespace: str
    address: str
    port: str
    method: str
    path: str
    unless: str
    """All that narrows it further (`not...`, `when`, hosts), as JSON; `{}` where nothing does."""

    def __str__(self) -> str:
        """Return it as messages name it."""
        who = [one for one in (self.principal, _of("namespace", self.namespace), _of("", self.address)) if one != ANY]
        what = [self.method if self.method != ANY else "", self.path if self.path != ANY else ""]
        where = f" on port {self.port}" if self.port != ANY else " on every port"
        call = " ".join(word for word in what if word)
        return f"{' and '.join(who) or 'everyone'}{where}{f' ({call})' if call else ''}"

    def covers(self, other: "Admission") -> bool:
        """Return whether whoever has this needs the other no more."""
        patterns = zip(other[:-1], self[:-1], strict=True)
        return self.unless in ("{}", other.unless) and all(fnmatchcase(one, pattern) for one, pattern in patterns)


def admissions(policies: Iterable[Manifest], action: str = "ALLOW") -> list[Admission]:
    """Return what the policies of one action say."""
    return [
        one
        for policy in with_action(policies, action)
        for rule in rows(policy, "spec", "rules")
        for one in _of_rule(rule)
    ]


def with_action(policies: Iterable[Manifest], action: str) -> list[Manifest]:
    """Return the policies of one action; ALLOW is the default."""
    return [policy for policy in policies if (text(policy, "spec", "action") or "ALLOW") == action]


def uncovered(wanted: Sequence[Admission], given: Sequence[Admission]) -> list[Admission]:
    """Return those that nothing given covers."""
    return [one for one in dict.fromkeys(wanted) if not any(other.covers(one) for other in given)]


def _of_rule(rule: Mapping[str, Any]) -> Iterator[Admission]:
    sources = [table(one, "source") for one in rows(rule, "from")] or [{}]
    operations = [table(one, "operation") for one in rows(rule, "to")] or [{}]
    for source, operation in product(sources, operations):
        rest = {key: value for key, value in source.items() if key not in _SOURCE}
        rest |= {key: value for key, value in operation.items() if key not in _OPERATION}
        rest |= {"when": found} if (found := at(rule, "when")) else {}
        lists = [words(source, key) or [ANY] for key in _SOURCE] + [
            words(operation, key) or [ANY] for key in _OPERATION
        ]
        for values in product(*lists):
            yield Admission._make((*values, json.dumps(rest, sort_keys=True)))


def _of(kind: str, value: str) -> str:
    return value if value == ANY or not kind else f"{kind} {value}"
