import pytest

from api_platform.errors import InputError
from api_platform.overrides import parse_context, parse_overrides

FORM = "Write SERVICE.image.tag=TAG, e.g. api-service.image.tag=v1.1.0."


def refusal_of(setting: str) -> str:
    with pytest.raises(InputError) as refused:
        parse_overrides([setting])
    return str(refused.value)


def refusal_of_context(key: str, value: object = "v1") -> str:
    with pytest.raises(InputError) as refused:
        parse_context({key: value})
    return str(refused.value)


def test_a_setting_gives_a_service_its_tag() -> None:
    assert parse_overrides(["api-service.image.tag=v1.1.0"]) == {"api-service": "v1.1.0"}


def test_settings_may_speak_of_several_services() -> None:
    assert parse_overrides(["a.image.tag=v1", "b.image.tag=v2"]) == {"a": "v1", "b": "v2"}


def test_of_two_settings_for_one_service_the_last_wins() -> None:
    """What is typed comes after what the surroundings say."""
    assert parse_overrides(["a.image.tag=v1", "a.image.tag=v2"]) == {"a": "v2"}


def test_blanks_around_a_setting_are_passed_over() -> None:
    """Lists in CI files are often written with a blank after the comma."""
    assert parse_overrides([" a.image.tag = v1 "]) == {"a": "v1"}


def test_a_tag_may_bring_its_digest() -> None:
    digest = "sha256:" + "a" * 64
    assert parse_overrides([f"a.image.tag=v1@{digest}"]) == {"a": f"v1@{digest}"}


def test_a_setting_without_a_value_is_refused_with_the_form() -> None:
    assert refusal_of("api-service.image.tag") == f"override 'api-service.image.tag': has no '='. {FORM}"


@pytest.mark.parametrize(
    "path",
    [
        "api-service",
        "api-service.tag",
        "api-service.image",
        "api-service.image.digest",
        ".image.tag",
        "a.b.image.tag",
        "",
    ],
)
def test_anything_but_a_tag_is_refused_with_the_form(path: str) -> None:
    assert refusal_of(f"{path}=v1") == f"override {path!r}: only an image's tag can be set for one run. {FORM}"


def test_the_context_gives_a_service_its_tag() -> None:
    assert parse_context({"api-service.image.tag": "v1.1.0"}) == {"api-service": "v1.1.0"}


@pytest.mark.parametrize(
    "key",
    [
        "@aws-cdk/aws-eks:useNativeOidcProvider",
        "availability-zones:account=123456789012:region=eu-west-1",
        "hosted-zone:account=123456789012:domainName=image.example.com:region=eu-west-1",
        "acknowledged-issue-numbers",
        "aws:cdk:bundling-stacks",
    ],
)
def test_the_contexts_other_keys_are_passed_over(key: str) -> None:
    assert parse_context({key: ["anything"]}) == {}


@pytest.mark.parametrize(
    "key", ["api-service.image.tga", "api-service.imge.tag", "api-service.image", "api-service.tag", "a.b.image.tag"]
)
def test_a_context_key_that_is_nearly_a_tags_is_refused(key: str) -> None:
    """CDK ignores context that nobody reads: the run would deploy the old tag, and succeed."""
    assert refusal_of_context(key) == f"override {key!r}: only an image's tag can be set for one run. {FORM}"


def test_a_tag_that_cdk_json_holds_as_a_number_is_refused() -> None:
    """1.10 and 1.1 are one number and two releases."""
    message = refusal_of_context("api-service.image.tag", 1.10)
    assert message == (
        "override 'api-service.image.tag': a tag is text, got 1.1: 1.10 would become 1.1. Put it in quotes."
    )
