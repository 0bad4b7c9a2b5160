"""Every kind of refusal, in the words that people read: spec and file."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, ValidationError

from api_platform.errors import InputError
from api_platform.model import DnsLabel, Frozen, Spec
from api_platform.refusals import explain


class Square(Spec):
    side: int


class Circle(Spec):
    radius: int


class Inner(Frozen):
    size: Annotated[int, Field(ge=1, le=9)] = 1
    """How large it is."""
    colour: str = "red"


class Drawing(Spec):
    name: str = "sketch"
    shape: Square | Circle = Square(side=1)
    shapes: tuple[Square | Circle, ...] = ()
    frame: Square | None = None
    notes: Mapping[str, str] = {}


class File(Frozen):
    title: str = ""
    inner: Inner = Inner()
    more: Mapping[DnsLabel, Inner] = {}
    several: Annotated[tuple[str, ...], Field(min_length=1, max_length=3, strict=False)] = ("a",)
    share: Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)] = 0.5
    on: bool = False
    kind: Literal["small", "large"] = "small"
    code: Annotated[str, Field(min_length=2, max_length=3)] = "ab"


class Needy(Frozen):
    first: int
    """Comes before the second."""
    second: int


def in_a_file(model: type[BaseModel] = File, /, **data: object) -> str:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(data)
    return explain(refused.value, model, "file", lambda _: "file.toml:1")


def in_a_spec(**data: Any) -> str:
    with pytest.raises(InputError) as refused:
        Drawing(**data)
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"title": 3}, "title: must be text in quotes, got 3."),
        ({"inner": {"size": "3"}}, "inner.size: must be an integer without quotes, got '3'."),
        ({"inner": {"size": 1.5}}, "inner.size: must be an integer without quotes, got 1.5."),
        ({"inner": {"size": 0}}, "inner.size: must be 1 or more, got 0."),
        ({"inner": {"size": 10}}, "inner.size: must be 9 or less, got 10."),
        ({"inner": {"sice": 1}}, "inner.sice: is not a known key. Did you mean 'size'?"),
        ({"inner": {"zebra": 1}}, "inner.zebra: is not a known key. Known: colour, size."),
        ({"inner": 3}, "inner: must be a table with the keys size, colour, got 3."),
        ({"more": 3}, "more: must be a table, got 3. Write [key] on a line of its own, and its values below."),
        ({"more": {"a": {"sice": 1}}}, "more.a.sice: is not a known key. Did you mean 'size'?"),
        ({"several": "a"}, 'several: must be a list, got \'a\'. Write ["a", "b"].'),
        ({"several": []}, "several: must have 1 or more, has 0. Add what is missing."),
        ({"several": list("abcd")}, "several: must have 3 or fewer, has 4. Remove some."),
        ({"several": ["a", 3]}, "several.1: must be text in quotes, got 3."),
        ({"share": "0.5"}, "share: must be a number without quotes, got '0.5'."),
        ({"share": 0.0}, "share: must be more than 0, got 0.0."),
        ({"share": 1}, "share: must be less than 1, got 1."),
        ({"share": float("nan")}, "share: must be a finite number, got nan."),
        ({"on": "yes"}, "on: must be true or false without quotes, got 'yes'."),
        ({"kind": "huge"}, "kind: must be 'small' or 'large', got 'huge'."),
        ({"code": "a"}, "code: must have 2 or more characters, has 1: 'a'. Write more."),
        ({"code": "abcd"}, "code: must have 3 or fewer characters, has 4. Shorten it."),
    ],
    ids=lambda value: value.partition(".")[0] if isinstance(value, str) else None,
)
def test_a_file_is_refused_in_words_that_end_in_a_way_out(data: dict[str, Any], message: str) -> None:
    assert in_a_file(**data) == f"file.toml:1: {message}"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"shape": "round"}, "shape: must be Square(...) or Circle(...), got 'round'."),
        ({"shape": None}, "shape: must be Square(...) or Circle(...), got None."),
        ({"frame": 3}, "frame: must be Square(...), got 3."),
        (
            {"shapes": [Square(side=1)]},
            "shapes: must be a tuple, got [Square(side=1)]. Write (a, b), or (a,) for a single one.",
        ),
        ({"shapes": (3,)}, "shapes.0: must be Square(...) or Circle(...), got 3."),
        ({"notes": []}, "notes: must be a mapping, got []. Write {name: value}."),
        ({"notes": {"a": 1}}, "notes.a: must be text in quotes, got 1."),
        ({"shap": Square(side=1)}, "shap: is not a known key. Did you mean 'shape'?"),
    ],
    ids=lambda value: value.partition(".")[0] if isinstance(value, str) else None,
)
def test_a_spec_is_refused_in_words_of_python(data: dict[str, Any], message: str) -> None:
    """Pydantic would name each member of a union, and speak of valid dictionaries."""
    assert in_a_spec(**data) == f"Drawing: {message}"


def test_a_spec_with_a_name_is_called_by_it() -> None:
    assert in_a_spec(name="map", notes=3).startswith("Drawing 'map': notes: ")


def test_a_missing_key_is_explained_by_what_the_model_says_of_it() -> None:
    assert in_a_file(Needy, second=2) == "file.toml:1: first: is missing. Add it: Comes before the second."


def test_a_missing_key_that_the_model_says_nothing_of_is_named() -> None:
    assert in_a_file(Needy, first=1) == "file.toml:1: second: is missing. Add it."


def test_every_fault_has_its_line() -> None:
    assert len(in_a_file(title=3, on=3).splitlines()) == 2


def test_a_list_is_not_called_too_short_for_a_value_that_is_refused_itself() -> None:
    """Pydantic counts only the values that it takes."""
    assert in_a_file(several=[3]) == "file.toml:1: several.0: must be text in quotes, got 3."


def test_a_tables_key_that_is_no_name_is_called_as_it_stands_there() -> None:
    assert in_a_file(more={"Not A Name": {}}).startswith("file.toml:1: more.Not A Name: 'Not A Name' is not a name")


def test_a_long_value_is_cut() -> None:
    assert len(in_a_file(inner="x" * 1000)) < 200


def test_a_key_named_like_pydantics_own_words_is_named() -> None:
    """The location of a fault holds names of classes and `[key]` among the keys that people wrote."""
    lines = in_a_file(File, **{"File": 1, "[key]": 2}).splitlines()
    assert [line.partition(" is not")[0] for line in lines] == ["file.toml:1: File:", "file.toml:1: [key]:"]
