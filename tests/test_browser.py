from pathlib import Path

import pytest

from tests.browser import browser


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a program that could be a browser."""
    file = tmp_path / "My Browser"
    file.touch(mode=0o755)
    return file


def test_the_first_that_is_here_is_taken(program: Path) -> None:
    assert browser(["no-such-browser", str(program)]) == str(program)


def test_without_one_a_test_is_left_out_and_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUIRE_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        browser(["no-such-browser"])


def test_where_one_is_required_a_test_fails_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """CI that quietly looks at less than it seems to is worse than none."""
    monkeypatch.setenv("REQUIRE_BROWSER", "1")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        browser(["no-such-browser"])
