import pytest

from api_platform.cli.services_table import services_command
from api_platform.errors import InputError


def _shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int, only: str | None) -> str:
    monkeypatch.setenv("COLUMNS", str(columns))
    services_command(only)
    return capsys.readouterr().out


def _row(shown: str, workload: str, label: str) -> list[str]:
    after = shown[shown.index(f"│ {workload} ") :]
    (row,) = [line for line in after.splitlines() if line.startswith(f"│   {label} ")][:1]
    return [cell.strip() for cell in row.strip("│").split("│")][1:]


def test_figures_of_all_environments_stand_side_by_side(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _shown(capsys, monkeypatch, 140, None)
    assert _row(shown, "api-service", "replicas") == ["2 to 4", "3 to 10", "3 to 100"]
    assert _row(shown, "data-export", "budget") == ["1 may be missing", "1 may be missing", "1 stay ready"]


def test_one_environment_can_be_shown_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _shown(capsys, monkeypatch, 140, "production")
    assert _row(shown, "media-service", "timeout") == ["300 s"]
    assert "staging" not in shown


def test_a_narrow_terminal_breaks_lines_and_loses_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A figure that ends in three dots is no figure."""
    shown = _shown(capsys, monkeypatch, 60, None)
    assert "…" not in shown
    assert max(len(line) for line in shown.splitlines()) <= 60


def test_an_unknown_environment_is_refused() -> None:
    with pytest.raises(InputError, match="'productoin' does not exist"):
        services_command("productoin")
