from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from api_platform.errors import InputError
from api_platform.image import Image
from api_platform.model import DnsLabel, Frozen, Matches, Spec, each_once


class Point(Spec):
    name: DnsLabel
    x: int = 0


class Map(Frozen):
    point: Point


def refusal_of(**data: Any) -> str:
    with pytest.raises(InputError) as refused:
        Point(**data)
    return str(refused.value)


@pytest.mark.parametrize("name", ["a", "api-service", "a1", "a" * 63])
def test_a_name_that_kubernetes_takes_is_taken(name: str) -> None:
    assert Point(name=name).name == name


@pytest.mark.parametrize("name", ["", "Api", "1a", "-a", "a-", "a_b", "a.b", "a b", "a\n", "ä"])
def test_a_name_that_kubernetes_refuses_is_refused_with_the_rule(name: str) -> None:
    assert refusal_of(name=name) == (
        f"Point {name!r}: name: {name!r} is not a name for Kubernetes: lower-case letters, digits and dashes, "
        "a letter first."
    )


def test_a_name_of_64_characters_is_refused_with_its_length() -> None:
    assert refusal_of(name="a" * 64).endswith("name: must have 63 or fewer characters, has 64. Shorten it.")


def test_a_spec_refuses_unknown_keys() -> None:
    """A misspelt key would leave the default in force, silently."""
    assert "Point 'a': xx: is not a known key. Did you mean 'x'?" in refusal_of(name="a", xx=1)


def test_a_spec_takes_no_number_for_text_or_the_reverse() -> None:
    assert "x: must be an integer" in refusal_of(name="a", x="1")


def test_a_spec_cannot_be_changed() -> None:
    point = Point(name="a")
    with pytest.raises(ValidationError):
        point.x = 1  # type: ignore[misc]


def test_a_spec_inside_a_file_leaves_the_refusal_to_the_file() -> None:
    """With an error of its own the spec would hide the file's name and the line, and all other faults of the file."""
    with pytest.raises(ValidationError):
        Map.model_validate({"point": {"name": "A"}})


def test_an_image_made_in_a_spec_is_refused_like_a_spec() -> None:
    """A service may bring its own image: env.image(..., default=Image(...))."""
    with pytest.raises(InputError, match=r"^Image: tag: the tag 'latest' names no release"):
        Image(repository="registry.example/orders", tag="latest")


def test_a_pattern_holds_for_the_whole_text() -> None:
    """In Python `$` matches before a line's end too."""
    digit = Matches("[0-9]", "a digit")
    with pytest.raises(ValueError, match=r"^'1\\n' is not a digit\.$"):
        digit.check("1\n")


def test_editors_are_told_the_pattern() -> None:
    assert TypeAdapter(DnsLabel).json_schema()["pattern"] == "^[a-z]([a-z0-9-]*[a-z0-9])?$"


def test_values_that_differ_pass() -> None:
    assert each_once(("a", "b")) == ("a", "b")


def test_a_value_that_stands_there_twice_is_named() -> None:
    with pytest.raises(ValueError, match=r"^'b' stands there 2 times\. Leave one\.$"):
        each_once(("a", "b", "b"))
