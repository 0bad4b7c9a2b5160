from pathlib import Path

import pytest

from api_platform.errors import nearest, shown


def test_a_slip_is_answered_with_the_nearest_word() -> None:
    assert nearest("api-servic", ["media-service", "api-service"]) == "Did you mean 'api-service'?"


def test_a_word_that_is_near_nothing_is_answered_with_all_in_order() -> None:
    assert nearest("zebra", ["staging", "production"]) == "Known: production, staging."


def test_where_nothing_is_known_the_hint_says_so() -> None:
    assert nearest("orders", []) == "Known: none."


def test_a_path_below_the_current_directory_is_shown_from_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "environments" / "staging.toml") == "environments/staging.toml"


def test_a_path_elsewhere_is_shown_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert shown(tmp_path / "there.toml") == str(tmp_path / "there.toml")
