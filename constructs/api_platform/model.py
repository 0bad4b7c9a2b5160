"""What every spec and every file model has in common."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationError,
)
from pydantic_core import CoreSchema, core_schema

from api_platform.errors import InputError
from api_platform.refusals import explain

V = TypeVar("V")


@dataclass(frozen=True)
class Matches:
    """What a text must look like: a pattern for machines, words for people."""

    pattern: str
    """Regular expression of the whole text, as Python and JSON Schema both read it."""
    meaning: str
    """Ends the sentence `'...' is not ...`: the rule and an example."""

    def check(self, text: str) -> str:
        """Return the text. Raises ValueError where it does not match."""
        if not re.fullmatch(self.pattern, text):
            raise ValueError(f"{text!r} is not {self.meaning}.")
        return text

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check after everything else that is asked of the text."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Tell editors the pattern."""
        return {**handler(schema), "pattern": f"^{self.pattern}$"}


DnsLabel = Annotated[
    str,
    StringConstraints(max_length=63),
    Matches(
        "[a-z]([a-z0-9-]*[a-z0-9])?", "a name for Kubernetes: lower-case letters, digits and dashes, a letter first"
    ),
]
"""A name that Kubernetes takes everywhere: lower case, digits and dashes, at most 63 characters (RFC 1035)."""


def each_once(values: tuple[V, ...]) -> tuple[V, ...]:
    """Return the values. Raises ValueError where one stands there twice."""
    for value, times in Counter(values).items():
        if times > 1:
            raise ValueError(f"{value!r} stands there {times} times. Leave one.")
    return values


class Frozen(BaseModel):
    """Plain data, checked when it is made and never changed after. Unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


class Spec(Frozen):
    """A part of a service, written in Python by a service's author.

    Raises InputError, never pydantic's own error: the author sees the spec's name, the value, the rule and the way out.
    """

    def __init__(self, **data: object) -> None:
        try:
            super().__init__(**data)
        except ValidationError as error:
            subject = type(self).__name__ + (f" {data['name']!r}" if "name" in data else "")
            raise InputError(explain(error, type(self), "spec", lambda _: subject)) from None

    # Where pydantic itself makes one, as a part of a file, the file's own error names the line.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]
