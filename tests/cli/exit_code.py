"""The command line, called in this process."""

import sys

import pytest

from api_platform.cli import main


def exit_code(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Return what `api-platform <words>` exits with."""
    monkeypatch.setattr(sys, "argv", ["api-platform", *words])
    with pytest.raises(SystemExit) as exit_:
        main()
    return int(exit_.value.code or 0)


def assert_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], says: str, *words: str) -> None:
    """Fail unless the words get this one line, and exit code 2."""
    monkeypatch.delenv("ENVIRONMENT", raising=False)
    assert exit_code(monkeypatch, *words) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.strip()) == ("", says)
