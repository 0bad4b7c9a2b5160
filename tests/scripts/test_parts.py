from pathlib import Path

import pytest

from scripts.parts import Part, Stamp, digest, make_parts, stamped


def counted(stamp: Stamp) -> tuple[Part, list[str]]:
    made: list[str] = []
    return stamped("part", stamp, lambda: made.append(stamp.key)), made


def test_a_second_run_makes_nothing(tmp_path: Path) -> None:
    part, made = counted(Stamp(tmp_path / "stamp", "a"))
    first, second = make_parts([part]), make_parts([part])
    assert [name for name, _ in first] == ["part"]
    assert second == []
    assert made == ["a"]


def test_a_changed_input_makes_the_part_again(tmp_path: Path) -> None:
    make_parts([counted(Stamp(tmp_path / "stamp", "a"))[0]])
    part, made = counted(Stamp(tmp_path / "stamp", "b"))
    make_parts([part])
    assert made == ["b"]


def test_a_part_that_was_cut_off_is_made_again(tmp_path: Path) -> None:
    """A stamp written first would call half an installation whole."""

    def cut_off() -> None:
        raise KeyboardInterrupt

    stamp = Stamp(tmp_path / "stamp", "a")
    with pytest.raises(KeyboardInterrupt):
        make_parts([stamped("part", stamp, cut_off)])
    assert not stamp.is_current()


def test_a_stronger_key_will_do(tmp_path: Path) -> None:
    Stamp(tmp_path / "stamp", "dev").write()
    assert Stamp(tmp_path / "stamp", "run", also=("dev",)).is_current()
    assert not Stamp(tmp_path / "stamp", "other").is_current()


def test_a_digest_tells_where_one_input_ends() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def test_a_digest_reads_the_file_and_not_its_name(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("same")
    (tmp_path / "two").write_text("same")
    assert digest(tmp_path / "one") == digest(tmp_path / "two")
