"""The words in which pydantic's refusals reach people."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from api_platform.errors import nearest

Language = Literal["spec", "file"]
"""Whether people wrote Python (a spec) or TOML (a file)."""
Where = Callable[[Sequence[str]], str]
"""Turns a key into a file and line, or a spec's name."""

_RULES: Final[Mapping[str, str]] = {
    "string_type": "must be text in quotes, got {given}.",
    "int_type": "must be an integer without quotes, got {given}.",
    "int_from_float": "must be an integer without quotes, got {given}.",
    "float_type": "must be a number without quotes, got {given}.",
    "finite_number": "must be a finite number, got {given}.",
    "bool_type": "must be true or false without quotes, got {given}.",
    "literal_error": "must be {expected}, got {given}.",
    "greater_than_equal": "must be {ge} or more, got {given}.",
    "greater_than": "must be more than {gt:g}, got {given}.",
    "less_than_equal": "must be {le} or less, got {given}.",
    "less_than": "must be less than {lt:g}, got {given}.",
    "too_short": "must have {min_length} or more, has {actual_length}. Add what is missing.",
    "too_long": "must have {max_length} or fewer, has {actual_length}. Remove some.",
    "string_too_short": "must have {min_length} or more characters, has {length}: {given}. Write more.",
    "string_too_long": "must have {max_length} or fewer characters, has {length}. Shorten it.",
}
"""Type of pydantic's error -> the rule in words: {given} is the value, {length} its characters, the rest pydantic's."""
_RULES_OF: Final[Mapping[Language, Mapping[str, str]]] = {
    "spec": {
        "tuple_type": "must be a tuple, got {given}. Write (a, b), or (a,) for a single one.",
        "dict_type": "must be a mapping, got {given}. Write {{name: value}}.",
    },
    "file": {
        "tuple_type": 'must be a list, got {given}. Write ["a", "b"].',
        "dict_type": "must be a table, got {given}. Write [key] on a line of its own, and its values below.",
    },
}

_MEMBER = re.compile(r"^function-.*, |\]$")
"""What pydantic puts around the name of a union's member that has checks of its own."""


def explain(error: ValidationError, model: type[BaseModel], language: Language, where: Where) -> str:
    """Return one line per fault: where, key, rule, value, way out."""
    faults = error.errors()
    lines = (_line(fault, model, language, where) for fault in faults if not _follows_from_another(fault, faults))
    return "\n".join(dict.fromkeys(lines))  # each member of a union complains; the words are the same


def _follows_from_another(fault: ErrorDetails, faults: Iterable[ErrorDetails]) -> bool:
    """Whether a list counts as too short only since one of its values is wrong."""
    place = fault["loc"]
    return fault["type"] == "too_short" and any(
        len(other["loc"]) > len(place) and other["loc"][: len(place)] == place for other in faults
    )


def _line(fault: ErrorDetails, model: type[BaseModel], language: Language, where: Where) -> str:
    key, here, beside = _follow(model, fault["loc"])
    rule = _rule(fault, language, here, beside)
    return ": ".join([where(key), ".".join(key), rule] if key else [where(key), rule])


def _rule(fault: ErrorDetails, language: Language, here: Sequence[Any], beside: Sequence[Any]) -> str:
    """Return the rule in words; `here` may stand where the fault is, `beside` are the models of the table around."""
    given, last = _given(fault), str(fault["loc"][-1]) if fault["loc"] else ""
    fields = {name: field for model in beside for name, field in model.model_fields.items()}
    match fault["type"]:
        case "value_error":
            rule = str(fault["ctx"]["error"])
        case "missing":
            explanation = fields[last].description
            rule = f"is missing. Add it{f': {explanation}' if explanation else '.'}"
        case "extra_forbidden":
            rule = f"is not a known key. {nearest(last, list(fields))}"
        case kind if template := {**_RULES, **_RULES_OF[language]}.get(kind):
            rule = template.format(given=given, length=len(str(fault["input"])), **fault.get("ctx", {}))
        case _ if here and language == "spec":
            rule = f"must be {' or '.join(f'{option.__name__}(...)' for option in here)}, got {given}."
        case _ if here:
            keys = ", ".join(name for option in here for name in option.model_fields)
            rule = f"must be a table with the keys {keys}, got {given}."
        case _:
            rule = f"{fault['msg'][0].lower()}{fault['msg'][1:]}, got {given}."
    return rule


def _given(fault: ErrorDetails) -> str:
    text = repr(fault["input"])
    return text if len(text) <= 100 else f"{text[:100]}..."


def _follow(model: type[BaseModel], location: Sequence[str | int]) -> tuple[list[str], list[Any], list[Any]]:
    """Return the key as a person writes it, the classes that may stand there, and the models of the table around it.

    Pydantic's location names the member of a union that it tried, and ends in `[key]` where a table's key is at fault.
    """
    key: list[str] = []
    here: list[Any] = [model]
    beside: list[Any] = []
    for part in location:
        tried = [
            option
            for option in here
            if len(here) > 1 and _MEMBER.sub("", str(part)) == getattr(option, "__name__", None)
        ]
        if tried or (part == "[key]" and key):
            continue
        key.append(str(part) if str(part).isprintable() else repr(part))
        beside = [option for option in here if isinstance(option, type) and issubclass(option, BaseModel)]
        here = [inner for option in here for inner in _inside(option, str(part))]
    return key, here, beside


def _inside(option: Any, part: str) -> list[Any]:
    """Return the classes that `option` takes under the key or index `part`."""
    if isinstance(option, type) and issubclass(option, BaseModel):
        field = option.model_fields.get(part)
        return _options(field.annotation) if field else []
    items = [argument for argument in get_args(option) if argument is not Ellipsis]
    return _options(items[-1]) if items else []


def _options(annotation: Any) -> list[Any]:
    """Return the members of a union, or the one class; None and what Annotated adds are left out."""
    if get_origin(annotation) is Annotated:
        return _options(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return [option for member in get_args(annotation) if member is not NoneType for option in _options(member)]
    return [annotation]
