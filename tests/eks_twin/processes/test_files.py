from pathlib import Path

from eks_twin.processes.files import last_lines, write_whole


def test_the_last_lines_of_a_long_log_are_shown(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("".join(f"line {number}\n" for number in range(100_000)))
    assert last_lines(log, 2) == "line 99998\nline 99999"


def test_a_log_that_is_missing_or_empty_says_so(tmp_path: Path) -> None:
    assert last_lines(tmp_path / "missing") == "(no log was written)"
    (tmp_path / "empty").touch()
    assert last_lines(tmp_path / "empty") == "(the log is empty)"


def test_what_is_written_is_nobody_elses_to_read(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", "secret")
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "file").read_text() == "secret"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
