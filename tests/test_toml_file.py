from pathlib import Path

import pytest

from api_platform.errors import InputError
from api_platform.toml_file import place_of, read_toml

TEXT = """\
# A comment; colour = "red" in it sets nothing.
colour = "blue"
zones = [
  "a",
  "b",
]
  indented.deep = 1

[tables.first]
name = "one"

["quoted.table"]
'quoted key' = 2

[[list]]
name = "two"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file.toml"
    path.write_text(TEXT)
    return path


def refusal_of(path: Path) -> str:
    with pytest.raises(InputError) as refused:
        read_toml(path)
    return str(refused.value)


def test_a_file_is_read(file: Path) -> None:
    assert read_toml(file)["tables"] == {"first": {"name": "one"}}


def test_the_mark_that_some_editors_put_first_is_passed_over(tmp_path: Path) -> None:
    """Such a file looks right on the screen, and `tomllib` calls its first line an invalid statement."""
    (tmp_path / "marked.toml").write_bytes(b"\xef\xbb\xbfa = 1\n")
    assert read_toml(tmp_path / "marked.toml") == {"a": 1}


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (["colour"], 2),
        (["zones", "1"], 3),
        (["indented", "deep"], 7),
        (["tables", "first", "name"], 10),
        (["tables", "first", "absent"], 9),
        (["tables"], 9),
        (["quoted.table", "quoted key"], 13),
        (["list", "0", "name"], 15),
    ],
    ids=lambda value: ".".join(value) if isinstance(value, list) else None,
)
def test_a_key_is_found_on_its_line_or_on_that_of_the_table_around_it(file: Path, key: list[str], line: int) -> None:
    assert place_of(file, key) == f"{file}:{line}"


def test_a_key_that_stands_nowhere_leaves_the_file_alone(file: Path) -> None:
    assert place_of(file, ["absent"]) == str(file)


def test_a_separator_of_lines_that_toml_does_not_know_is_not_counted(tmp_path: Path) -> None:
    """`str.splitlines` breaks at U+2028, so every number after such a comment would be wrong."""
    (tmp_path / "file.toml").write_text("# one\u2028line\na = 1\n")
    assert place_of(tmp_path / "file.toml", ["a"]).endswith(":2")


def test_broken_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "file.toml").write_text("a = 1\nb = \n")
    message = refusal_of(tmp_path / "file.toml")
    assert message == f"{tmp_path}/file.toml:2: is not valid TOML: Invalid value. Mend that line."


def test_a_key_that_stands_there_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "file.toml").write_text("a = 1\na = 2\n")
    assert ":2: is not valid TOML" in refusal_of(tmp_path / "file.toml")


@pytest.mark.parametrize("text", ["a = " + "9" * 5000, "a = " + "[" * 100_000], ids=["long number", "deep nesting"])
def test_what_is_too_much_for_the_reader_is_refused_like_any_broken_file(tmp_path: Path, text: str) -> None:
    """`tomllib` answers both with errors of Python's, which are none of its own."""
    (tmp_path / "file.toml").write_text(text)
    assert "file.toml: is not valid TOML" in refusal_of(tmp_path / "file.toml")


def test_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file.toml").write_bytes('domain = "é.example"'.encode("latin-1"))
    assert "file.toml: is not UTF-8 text" in refusal_of(tmp_path / "file.toml")
    assert "Save it as UTF-8" in refusal_of(tmp_path / "file.toml")


def test_a_directory_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file.toml").mkdir()
    assert "file.toml: cannot be read (Is a directory). Check" in refusal_of(tmp_path / "file.toml")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "file.toml: cannot be read (No such file or directory). Check" in refusal_of(tmp_path / "file.toml")


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a stand-in, since a test that runs as root may read everything."""

    def denied(*_arguments: object, **_options: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", denied)
    assert "file.toml: cannot be read (Permission denied). Check" in refusal_of(tmp_path / "file.toml")
