"""Conditions and Rules: what is true of a stack's parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from eks_twin.cloudformation.calls import arguments
from eks_twin.cloudformation.errors import ValidationError
from eks_twin.cloudformation.intrinsics import Scope, resolve, text
from eks_twin.cloudformation.state import canonical


@dataclass(frozen=True)
class Judge:
    """Says whether a condition holds."""

    scope: Scope
    named: Callable[[str], bool]
    """The condition of this name."""

    def holds(self, condition: Any) -> bool:
        """Whether it does. Raises ValidationError where it is no condition."""
        if isinstance(condition, bool) or condition in ("true", "false"):
            return condition in (True, "true")
        if isinstance(condition, dict) and len(condition) == 1:
            ((name, argument),) = condition.items()
            if name in _FUNCTIONS:
                return _FUNCTIONS[name](argument, self)
        raise ValidationError(f"Template error: {condition!r} is no condition. Known: {', '.join(sorted(_FUNCTIONS))}.")

    def several(self, name: str, argument: Any) -> list[bool]:
        """What each of a function's two to ten conditions is."""
        if not isinstance(argument, list) or not 2 <= len(argument) <= 10:
            raise ValidationError(f"Template error: every {name} takes 2 to 10 conditions, and got {argument!r}.")
        return [self.holds(one) for one in argument]

    def words(self, value: Any) -> str:
        """The value, so that equal ones are equal text: true is "true", and 1 is "1"."""
        resolved = resolve(value, self.scope)
        return canonical(resolved) if isinstance(resolved, dict | list) else text(resolved, "a condition")

    def list_of_words(self, value: Any) -> list[str]:
        """The values of a list."""
        resolved = resolve(value, self.scope)
        if not isinstance(resolved, list):
            raise ValidationError(f"Template error: a condition needs a list of values, and got {resolved!r}.")
        return [self.words(one) for one in resolved]


def _named(argument: Any, judge: Judge) -> bool:
    return judge.named(text(argument, "Condition"))


def _and(argument: Any, judge: Judge) -> bool:
    return all(judge.several("Fn::And", argument))


def _or(argument: Any, judge: Judge) -> bool:
    return any(judge.several("Fn::Or", argument))


def _not(argument: Any, judge: Judge) -> bool:
    (condition,) = arguments("Fn::Not", argument, 1)
    return not judge.holds(condition)


def _equals(argument: Any, judge: Judge) -> bool:
    one, other = (judge.words(value) for value in arguments("Fn::Equals", argument, 2))
    return one == other


def _contains(argument: Any, judge: Judge) -> bool:
    values, value = arguments("Fn::Contains", argument, 2)
    return judge.words(value) in judge.list_of_words(values)


def _each_equals(argument: Any, judge: Judge) -> bool:
    values, value = arguments("Fn::EachMemberEquals", argument, 2)
    return all(one == judge.words(value) for one in judge.list_of_words(values))


def _each_in(argument: Any, judge: Judge) -> bool:
    values, allowed = (judge.list_of_words(one) for one in arguments("Fn::EachMemberIn", argument, 2))
    return set(values) <= set(allowed)


_FUNCTIONS: Final[Mapping[str, Callable[[Any, Judge], bool]]] = {
    "Condition": _named,
    "Fn::And": _and,
    "Fn::Or": _or,
    "Fn::Not": _not,
    "Fn::Equals": _equals,
    "Fn::Contains": _contains,
    "Fn::EachMemberEquals": _each_equals,
    "Fn::EachMemberIn": _each_in,
}
"""The last three only make sense in Rules."""


def decide(conditions: Mapping[str, Any], scope: Scope) -> dict[str, bool]:
    """Return name -> whether it holds. Raises ValidationError where one is unknown, or conditions go in a circle."""
    decided: dict[str, bool] = {}
    asked: list[str] = []

    def named(name: str) -> bool:
        if name not in conditions:
            raise ValidationError(f"Template format error: Unresolved condition dependency {name}.")
        if name in asked:
            raise ValidationError(f"Template format error: Circular dependency between conditions: {[*asked, name]}.")
        if name not in decided:
            asked.append(name)
            decided[name] = Judge(scope, named).holds(conditions[name])
            asked.pop()
        return decided[name]

    return {name: named(name) for name in conditions}


def check_rules(rules: Mapping[str, Any], scope: Scope) -> None:
    """Raise ValidationError with the description of the first assertion that the parameters break."""

    def named(name: str) -> bool:
        raise ValidationError(f"Template error: a rule cannot use the condition {name}.")

    judge = Judge(scope, named)
    for name, rule in rules.items():
        if not judge.holds(rule.get("RuleCondition", True)):
            continue
        assertions = rule.get("Assertions", [])
        for assertion in assertions if isinstance(assertions, list) else [assertions]:
            if not isinstance(assertion, dict) or "Assert" not in assertion:
                raise ValidationError(f"Template format error: Rules/{name}: every assertion must have an Assert.")
            if not judge.holds(assertion["Assert"]):
                why = assertion.get("AssertDescription", "its assertion does not hold.")
                raise ValidationError(f"Template validation error: Rule {name}: {why}")
