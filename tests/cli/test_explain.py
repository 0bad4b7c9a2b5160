import pytest

from api_platform.charts.identifiers import service_chart_id
from api_platform.cli.explain import WHY, explain_command, why
from api_platform.environment import ENVIRONMENT_NAMES
from api_platform.errors import InputError
from tests.whole_platform import rendering_of


@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
def test_every_kind_that_a_service_becomes_has_a_reason(environment: str) -> None:
    rendering = rendering_of(environment)
    for service in rendering.services:
        for one in rendering.files[service_chart_id(service)]:
            assert why(one)


def test_no_reason_is_given_for_a_kind_that_no_service_becomes() -> None:
    """A reason that outlives its kind misleads."""
    rendering = rendering_of("development")  # where the vertical autoscalers are
    assert set(WHY.values()) == {why(one) for one in rendering.objects if one["kind"] in WHY}


def test_every_object_of_the_service_is_listed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    explain_command("media-service", "production")
    shown = capsys.readouterr().out
    rendering = rendering_of("production")
    for one in rendering.files["50-media-service"]:
        assert f"{one['kind']} {one['metadata']['name']} " in shown
    assert f"{len(rendering.files['50-media-service'])} objects" in shown


def test_the_nearest_service_is_suggested() -> None:
    with pytest.raises(InputError, match="Did you mean 'media-service'"):
        explain_command("media-servise", "production")
