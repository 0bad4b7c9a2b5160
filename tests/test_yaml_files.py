import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from api_platform.yaml_files import SUFFIX, to_yaml, write_folder

TRAPS = (
    *("on", "No", "y", "N", "true", "null", "~", ""),  # truth values and nothing
    *("1", "08", "0x1f", "0X1F", "0o17", "0b1", "1_000", "4521e37", "9e3", "1.5E3", ".5e3", "+1e1_0", ".inf", ".nan"),
    *("2026-11-01", "2026-11-01T10:00:00Z", "12:30:45"),  # dates, and numbers to the base of sixty
    *("=", "<<", "- a", "a: b", "a #b", "#", "---", "...", "%", "@", "`", "&a", "*a", "!a", "|", ">", "'", '"', "{a}"),
    *(" ", " a", "a ", "\ta", "a\tb", "\n", "\n\n", "a\n", "a\n\n", "\na", " a\nb", "a \nb", "a\n---\nb", "a\r\nb"),
    *("\u00e9", "\u2028a", "a\u0085b", "\ufeff", "\U0001f600\n"),
)
"""What one YAML parser or another takes for something else than text, or cannot write in block style."""

strings = st.sampled_from(TRAPS) | st.text(max_size=20) | st.text(alphabet=" \n\t#:-'ab1e", max_size=20)
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    strings | numbers | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(strings, inner, max_size=3),
    max_leaves=8,
)
documents = st.lists(st.dictionaries(strings, values, max_size=4), max_size=3)

KUBECTL_NUMBER = re.compile(
    r"[-+]?(0[bB][01]+|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)"
)
"""What Go's parsers take for a number, underscores left out (sigs.k8s.io/yaml, by way of which kubectl reads)."""
KUBECTL_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", ".inf", ".nan", "-.inf", "+.inf"}


def parse(text: str) -> list[Any]:
    return list(yaml.safe_load_all(text))


def written(value: str) -> str:
    """How a value is spelled after its key."""
    return to_yaml([{"key": value}]).removeprefix("---\nkey: ").removesuffix("\n")


def a_folder(path: Path, **files: str) -> Path:
    path.mkdir(parents=True)
    for name, text in files.items():
        (path / f"{name}{SUFFIX}").write_text(text)
    return path


def content(folder: Path) -> dict[str, str]:
    """Every file and folder below, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_text() if path.is_file() else "" for path in folder.rglob("*")}


@given(documents)
@example([{trap: trap for trap in TRAPS}])
def test_what_is_written_is_read_again(objects: list[dict[str, Any]]) -> None:
    assert parse(to_yaml(objects)) == objects


@given(strings)
@example("4521e37")
def test_kubectl_reads_no_text_as_something_else(text: str) -> None:
    """A commit as image tag, 4521e37, came out of kubectl as the label 4.521e+40, and was refused. PyYAML reads it."""
    bare = written(text)
    if not bare.startswith(("'", '"', "|")):
        assert not KUBECTL_NUMBER.fullmatch(bare.replace("_", ""))
        assert bare.lower() not in KUBECTL_WORDS


@pytest.mark.parametrize("value", [5, 1.5, True, None, -1, 0])
def test_what_is_no_text_is_not_quoted(value: object) -> None:
    assert "'" not in to_yaml([{"key": value}])


@pytest.mark.parametrize(
    "text", ["30s", "500m", "512Mi", "25%", "10.0.0.0/16", "v1.2.3", "1.2.3", "1e3:1", "yes-man", "\u00e9"]
)
def test_ordinary_text_stays_bare(text: str) -> None:
    assert written(text) == text


@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_document_starts_with_dashes(count: int) -> None:
    """So that files can be joined: `cat dist/production/*.yaml | kubectl apply -f -`."""
    objects = [{"number": number} for number in range(count)]
    text = to_yaml(objects)
    assert text.startswith("---\n")
    assert len(re.findall("^---$", text, re.MULTILINE)) == count


def test_joined_files_are_all_their_documents() -> None:
    first, second = [{"kind": "A"}, {"kind": "B"}], [{"kind": "C"}]
    assert parse(to_yaml(first) + to_yaml(second)) == first + second


def test_nothing_is_no_document() -> None:
    assert to_yaml([]) == ""


def test_text_of_several_lines_is_written_as_it_is_read() -> None:
    assert to_yaml([{"query": "sum(\n  rate(a[5m])\n)\n"}]) == "---\nquery: |\n  sum(\n    rate(a[5m])\n  )\n"


def test_a_value_that_stands_there_twice_is_written_twice() -> None:
    """As `&id001` and `*id001` it would puzzle readers, and some tools."""
    shared = {"app": "orders"}
    assert to_yaml([{"has": shared, "wants": shared}]) == "---\nhas:\n  app: orders\nwants:\n  app: orders\n"


def test_keys_keep_their_order() -> None:
    """apiVersion and kind first, as everybody looks for them."""
    assert to_yaml([{"kind": "A", "apiVersion": "v1"}]) == "---\nkind: A\napiVersion: v1\n"


def test_the_folder_holds_the_files(tmp_path: Path) -> None:
    write_folder(tmp_path / "production", {"a.yaml": "a\n", "b.yaml": "\u00e9\n"})
    assert content(tmp_path / "production") == {"a.yaml": "a\n", "b.yaml": "\u00e9\n"}


def test_folders_above_it_are_made(tmp_path: Path) -> None:
    write_folder(tmp_path / "dist" / "production", {"a.yaml": "a\n"})
    assert content(tmp_path / "dist" / "production") == {"a.yaml": "a\n"}


def test_files_of_an_earlier_run_are_gone(tmp_path: Path) -> None:
    """The file of a service that is no more would be applied for ever."""
    folder = a_folder(tmp_path / "production", old="old\n")
    write_folder(folder, {"new.yaml": "new\n"})
    assert content(folder) == {"new.yaml": "new\n"}


def test_folders_beside_it_stay_as_they_are(tmp_path: Path) -> None:
    beside = a_folder(tmp_path / "staging", kept="kept\n")
    write_folder(tmp_path / "production", {"a.yaml": "a\n"})
    assert content(beside) == {f"kept{SUFFIX}": "kept\n"}


def test_nothing_else_is_left_behind(tmp_path: Path) -> None:
    write_folder(a_folder(tmp_path / "production", old="old\n"), {"new.yaml": "new\n"})
    assert set(content(tmp_path)) == {"production", "production/new.yaml"}


def test_others_may_read_it(tmp_path: Path) -> None:
    """A temporary folder is its owner's alone; a web server or a container would find it closed."""
    write_folder(tmp_path / "production", {"a.yaml": "a\n"})
    assert (tmp_path / "production").stat().st_mode & 0o777 == 0o755


def test_a_failure_midway_leaves_the_old_folder(tmp_path: Path) -> None:
    a_folder(tmp_path / "production", old="old\n")
    before = content(tmp_path)
    half = {"a.yaml": "a\n", "b.yaml": "\ud800 cannot be encoded"}
    with pytest.raises(UnicodeEncodeError):
        write_folder(tmp_path / "production", half)
    assert content(tmp_path) == before


def test_a_failure_midway_leaves_no_folder_where_there_was_none(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_folder(tmp_path / "production", {"a.yaml": "a\n", "no/such/folder.yaml": "b\n"})
    assert content(tmp_path) == {}


def test_a_failure_of_the_last_step_brings_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the two renames there is no folder: a failure there left none, and deleted the old one."""
    folder = a_folder(tmp_path / "production", old="old\n")
    before = content(tmp_path)
    rename = Path.rename

    def fail_for_the_new_one(source: Path, target: Path) -> Path:
        if target == folder and not (source / f"old{SUFFIX}").exists():
            raise PermissionError(13, "Permission denied", str(target))
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", fail_for_the_new_one)
    with pytest.raises(PermissionError):
        write_folder(folder, {"new.yaml": "new\n"})
    assert content(tmp_path) == before
