import pytest

from api_platform.errors import InputError
from api_platform.manifests.selection import Selection


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ENVIRONMENT", raising=False)
    monkeypatch.delenv("API_PLATFORM_SET", raising=False)


def test_without_a_word_all_environments_are_chosen_at_their_own_tags() -> None:
    assert Selection.of_process() == Selection(None, {})


def test_variables_of_the_process_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "staging")
    monkeypatch.setenv("API_PLATFORM_SET", "api-service.image.tag=v2,media-service.image.tag=v3")
    assert Selection.of_process() == Selection("staging", {"api-service": "v2", "media-service": "v3"})


def test_what_the_command_line_says_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "staging")
    monkeypatch.setenv("API_PLATFORM_SET", "api-service.image.tag=v2")
    chosen = Selection.of_process("production", ["api-service.image.tag=v4"])
    assert chosen == Selection("production", {"api-service": "v4"})


def test_an_empty_variable_chooses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """CI systems set variables to nothing instead of leaving them out."""
    monkeypatch.setenv("ENVIRONMENT", "")
    monkeypatch.setenv("API_PLATFORM_SET", "")
    assert Selection.of_process() == Selection(None, {})


def test_a_setting_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_PLATFORM_SET", "api-service")
    with pytest.raises(InputError, match=r"SERVICE\.image\.tag=TAG"):
        Selection.of_process()
