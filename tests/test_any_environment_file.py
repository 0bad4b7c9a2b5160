"""Whatever becomes of a valid environment file: it is taken, or a message names the file, the key and the rule."""

import string
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from api_platform.environment_file import json_schema
from api_platform.errors import InputError
from tests.environment_files import VALID, load_text

UNHURRIED = settings(deadline=None)  # a loaded machine is no fault of the code
LINES = VALID.splitlines()
SETTINGS = [number for number, line in enumerate(LINES) if " = " in line]
SCHEMA = jsonschema.Draft7Validator(json_schema())

WORDS = st.text(alphabet=string.ascii_lowercase + string.digits + "-_", min_size=1, max_size=12)
STRINGS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"\\'), max_size=70).map(
    lambda text: f'"{text}"'
)
SCALARS = (
    st.integers(min_value=-(2**70), max_value=2**70).map(str)
    | st.floats().map(repr)
    | st.sampled_from(["true", "false", "1979-05-27", "1979-05-27T07:32:00Z", "07:32:00", '""', '"latest"', "6"])
    | STRINGS
)
VALUES = (
    SCALARS
    | st.lists(SCALARS, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    | st.tuples(WORDS, SCALARS).map(lambda pair: f"{{{pair[0]} = {pair[1]}}}")
)


def refusal_of(text: str | bytes) -> str | None:
    """Return the message with which the file is refused; None where it is taken. Other errors go through."""
    with TemporaryDirectory() as folder:
        try:
            load_text(Path(folder), text)
        except InputError as error:
            return str(error).replace(folder, "FOLDER")
    return None


def assert_readable(message: str | None) -> None:
    """Every line names the file and ends a sentence; none is in pydantic's words."""
    for line in (message or "").split("\n"):
        assert not line or line.startswith("FOLDER/production.toml"), line
        assert not line or line.endswith((".", "?")), line
    for words in ("validation error", "pydantic", "Input should", "should match pattern", "[type="):
        assert words not in (message or "")


@UNHURRIED
@given(st.sampled_from(SETTINGS), VALUES)
def test_any_value_is_taken_or_its_key_is_named(number: int, value: str) -> None:
    key = LINES[number].partition(" = ")[0]
    message = refusal_of("\n".join([*LINES[:number], f"{key} = {value}", *LINES[number + 1 :]]))
    assert_readable(message)
    assert message is None or key in message


@UNHURRIED
@given(st.sampled_from(SETTINGS), VALUES)
def test_editors_take_whatever_is_taken(number: int, value: str) -> None:
    """A schema that is stricter than the model would mark a right file as wrong."""
    key = LINES[number].partition(" = ")[0]
    text = "\n".join([*LINES[:number], f"{key} = {value}", *LINES[number + 1 :]])
    assert refusal_of(text) is not None or SCHEMA.is_valid(tomllib.loads(text))


@UNHURRIED
@given(st.sampled_from(SETTINGS), WORDS)
def test_any_key_is_taken_or_named_with_its_line(number: int, key: str) -> None:
    value = LINES[number].partition(" = ")[2]
    message = refusal_of("\n".join([*LINES[:number], f"{key} = {value}", *LINES[number + 1 :]]))
    assert_readable(message)
    assert message is None or f"production.toml:{number + 1}: " in message


@UNHURRIED
@given(st.sets(st.integers(min_value=0, max_value=len(LINES) - 1), max_size=5))
def test_any_lines_may_be_missing(gone: set[int]) -> None:
    assert_readable(refusal_of("\n".join(line for number, line in enumerate(LINES) if number not in gone)))


@UNHURRIED
@given(st.permutations(LINES))
def test_lines_may_stand_in_any_order(lines: list[str]) -> None:
    assert_readable(refusal_of("\n".join(lines)))


@UNHURRIED
@given(st.integers(min_value=0, max_value=len(VALID)), st.integers(min_value=0, max_value=8), st.text(max_size=4))
def test_any_slip_of_the_keyboard_is_taken_or_refused_in_words(start: int, length: int, typed: str) -> None:
    text = VALID[:start] + typed + VALID[start + length :]
    assert_readable(refusal_of(text.encode("utf-8", errors="surrogatepass")))


@UNHURRIED
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    message = refusal_of(data)
    assert message is not None
    assert_readable(message)
