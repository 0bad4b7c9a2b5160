"""AWS permissions are widened."""

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, Final

from api_platform.plan.aws_changes import Grant
from api_platform.plan.changes import DeployChanges
from api_platform.plan.fields import is_same
from api_platform.plan.risks.risk import Danger, Risk
from api_platform.rules.values import table, text, words

Statement = Mapping[str, Any]
_SETS: Final = ("actions", "resources", "principals")
_EVERYONE: Final = frozenset({"*", "AWS:*"})
_EVERYTHING: Final = "AdministratorAccess"


def iam_broadened(changes: DeployChanges) -> list[Risk]:
    """Find statements that allow more than before, or deny less.

    What a new role or queue brings along gives nothing to what is there; unless it may do all of a service, or lets
    everyone in.
    """
    return [risk for grant in changes.aws.grants for risk in _risks(grant, changes.aws.made_in(grant.stack))]


def _risks(grant: Grant, made: set[str]) -> Iterator[Risk]:
    subject = f"stack {grant.stack}"
    allowed, allows = (_without_denials(side) for side in (grant.removed, grant.added))
    denied, denies = (_denials(side) for side in (grant.removed, grant.added))
    for one in allows:
        more = _more(one, allowed)
        if more and not (_is_of(made, one) and not _is_boundless(one)):
            yield Risk(Danger.WEAKENS, subject, f"allows {_shown(more, allowed)}", "It was not allowed before.")
    for one in denied:
        if less := _more(one, denies):
            consequence = "What another statement allows, it allows now."
            yield Risk(Danger.WEAKENS, subject, f"no longer denies {_shown(less, denies)}", consequence)
    for one in grant.managed:
        identity, policy = text(one, "identityArn"), text(one, "managedPolicyArn")
        if _name(identity) not in made or _EVERYTHING in policy:
            value = f"attaches {policy} to {identity}"
            yield Risk(Danger.WEAKENS, subject, value, "It allows all that this policy does.")


def _denials(statements: Iterable[Statement]) -> list[Statement]:
    return [one for one in statements if text(one, "effect") == "Deny"]


def _without_denials(statements: Iterable[Statement]) -> list[Statement]:
    return [one for one in statements if text(one, "effect") != "Deny"]


def _more(statement: Statement, others: list[Statement]) -> Statement | None:
    """Return what a statement says beyond the others: nothing, or the part of one list that is new, or all of it."""
    alike = [other for other in others if is_same(statement.get("condition"), other.get("condition"))]
    for other in alike:
        new = [key for key in _SETS if not _covers(other, statement, key)]
        if not new:
            return None
        if len(new) == 1 and not table(statement, new[0]).get("not"):
            known = words(other, new[0], "values")
            values = [one for one in words(statement, new[0], "values") if not _matches(one, known)]
            return {**statement, new[0]: {"not": False, "values": values}}
    return statement


def _covers(outer: Statement, inner: Statement, key: str) -> bool:
    wide, narrow = table(outer, key), table(inner, key)
    if wide.get("not") or narrow.get("not"):
        return is_same(wide, narrow)
    return all(_matches(one, words(wide, "values")) for one in words(narrow, "values"))


def _matches(one: str, patterns: list[str]) -> bool:
    return any(fnmatchcase(one, pattern) for pattern in patterns)


def _is_of(made: set[str], statement: Statement) -> bool:
    """Return whether a statement belongs to something that this very deploy creates."""
    references = [*words(statement, "principals", "values"), *words(statement, "resources", "values")]
    return any(_name(one) in made for one in references)


def _is_boundless(statement: Statement) -> bool:
    actions = words(statement, "actions", "values")
    everything = table(statement, "actions").get("not") or any(one.rpartition(":")[2] == "*" for one in actions)
    return bool(everything) or not _EVERYONE.isdisjoint(words(statement, "principals", "values"))


def _name(reference: str) -> str:
    """Return the logical id that a reference (`AWS:${Role}`, `${Queue.Arn}`) names; nothing where it names none."""
    return reference.partition("${")[2].partition("}")[0].partition(".")[0]


def _shown(statement: Statement, others: list[Statement]) -> str:
    """Return a statement as messages name it; a condition that alone is another one is named so."""
    who, what, on = (_values(statement, key) for key in ("principals", "actions", "resources"))
    alike = any(all(_covers(other, statement, key) for key in _SETS) for other in others)
    condition = " under another condition" if alike else " under a condition" if "condition" in statement else ""
    return f"{what}{f' on {on}' if on else ''}{f' to {who}' if who else ''}{condition}"


def _values(statement: Statement, key: str) -> str:
    found = table(statement, key)
    return ("all but " if found.get("not") else "") + ", ".join(words(found, "values"))
