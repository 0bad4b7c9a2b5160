"""Dynamic references: `{{resolve:ssm:...}}`, `{{resolve:ssm-secure:...}}`, `{{resolve:secretsmanager:...}}`."""

import re
from collections.abc import Callable
from typing import Any, Final

from eks_twin.cloudformation.errors import ResourceUntouched
from eks_twin.cloudformation.intrinsics import Scope, resolve

LookUp = Callable[[str, str], str]
"""Takes the service and what it is asked for. Raises LookupError, with the reason, where there is nothing."""

_REFERENCE: Final = re.compile(r"\{\{resolve:([^:{}]*):([^{}]*)\}\}")
_PLAIN: Final = "ssm"
"""The one service whose values are no secrets: stacks and events show them."""


def resolve_plainly(value: Any, scope: Scope) -> Any:
    """Return the value with its functions called, and every reference replaced that anybody may see.

    Raises ResourceUntouched, naming the reference, where there is nothing; and what `resolve` raises.
    """
    return _replaced(resolve(value, scope), lambda service: service == _PLAIN, scope.dynamic_reference)


def reveal(value: Any, look_up: LookUp) -> Any:
    """Return the value with secrets in the place of references to them: for those who make resources, and nobody else.

    Raises ResourceUntouched, naming the reference, where there is nothing.
    """
    return _replaced(value, lambda service: service != _PLAIN, look_up)


def refers_to_secrets(text: str) -> bool:
    """Whether `reveal` would look for any."""
    return any(match[1] != _PLAIN for match in _REFERENCE.finditer(text))


def _replaced(value: Any, chosen: Callable[[str], bool], look_up: LookUp) -> Any:
    def put(match: re.Match[str]) -> str:
        if not chosen(match[1]):
            return match[0]
        try:
            return look_up(match[1], match[2])
        except LookupError as error:
            raise ResourceUntouched(f"Could not resolve {match[0]}: {error.args[0]}") from None

    if isinstance(value, dict):
        return {key: _replaced(one, chosen, look_up) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, chosen, look_up) for one in value]
    return _REFERENCE.sub(put, value) if isinstance(value, str) else value
