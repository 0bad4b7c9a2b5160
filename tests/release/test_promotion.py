import pytest

from api_platform.environment import load_environments
from api_platform.errors import InputError
from api_platform.release.image_release import ImageRelease
from api_platform.release.promotion import promotion


def test_all_services_of_the_source_come_along_unless_some_are_named() -> None:
    assert set(promotion("staging", "production", []).releases) == {"api-service", "media-service", "worker-service"}
    assert set(promotion("staging", "production", ["api-service"]).releases) == {"api-service"}


def test_the_source_s_release_goes_to_the_target_s_repository() -> None:
    edit = promotion("staging", "production", ["api-service"])
    (staging,), (production,) = load_environments("staging"), load_environments("production")
    assert edit.environment.name == "production"
    assert edit.releases["api-service"] == ImageRelease.of(staging.images["api-service"])
    assert staging.images["api-service"].repository != production.images["api-service"].repository


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("staging", "staging", []), "staging cannot be promoted to itself"),
        (("stagin", "production", []), "environment 'stagin' does not exist. Did you mean 'staging'"),
        (("staging", "prodution", []), "environment 'prodution' does not exist. Did you mean 'production'"),
        (("staging", "production", ["api-servce"]), "there is no service 'api-servce'. Did you mean 'api-service'"),
    ],
)
def test_what_cannot_be_promoted_is_refused(words: tuple[str, str, list[str]], says: str) -> None:
    with pytest.raises(InputError, match=says):
        promotion(*words)
