import pytest

from api_platform.errors import InputError
from api_platform.image import Image
from tests.specs import an_image

DIGEST = "sha256:" + "0123456789abcdef" * 4


def refusal_of(**changes: str) -> str:
    with pytest.raises(InputError) as refused:
        an_image(**changes)
    return str(refused.value)


def refusal_of_tag(reference: str) -> str:
    with pytest.raises(InputError) as refused:
        an_image().with_tag(reference)
    return str(refused.value)


def test_an_image_is_written_as_kubernetes_takes_it() -> None:
    image = Image(repository="registry.example/orders", tag="v1.2.3", digest=DIGEST)
    assert str(image) == f"registry.example/orders:v1.2.3@{DIGEST}"


def test_without_a_digest_the_tag_stands_alone() -> None:
    assert str(Image(repository="registry.example/orders", tag="v1.2.3")) == "registry.example/orders:v1.2.3"


@pytest.mark.parametrize("tag", ["v1.2.3", "1", "2026-11-01", "git-0a1b2c3", "a" * 63])
def test_a_release_is_a_tag(tag: str) -> None:
    assert an_image(tag=tag).tag == tag


@pytest.mark.parametrize("tag", ["", " ", "v1 2", "v1:2", "v1/2", "-v1", ".v1", "v1-", "v1\n", "v1@sha256:0", "vé"])
def test_what_is_no_tag_is_refused_with_the_rule(tag: str) -> None:
    message = refusal_of(tag=tag)
    assert f"Image: tag: {tag!r} is not an image tag that can label a pod" in message
    assert "at most 63" in message
    assert "e.g. v1.2.3" in message


@pytest.mark.parametrize("tag", ["_v1", "v1_", "a" * 64])
def test_a_tag_that_no_label_takes_is_refused(tag: str) -> None:
    """A registry takes them, and the API server then refuses the pods, whose label `version` is the tag."""
    assert "can label a pod" in refusal_of(tag=tag)


def test_the_tag_latest_is_refused_with_the_reason_and_the_way_out() -> None:
    assert refusal_of(tag="latest") == (
        "Image: tag: the tag 'latest' names no release: nodes would run different code. Name a release, e.g. v1.2.3."
    )


@pytest.mark.parametrize("digest", ["", "sha256:", "sha256:" + "0" * 63, "sha256:" + "A" * 64, "md5:" + "0" * 64])
def test_what_is_no_digest_is_refused_with_the_rule(digest: str) -> None:
    assert f"digest: {digest!r} is not a digest: sha256: and 64 hexadecimal digits" in refusal_of(digest=digest)


@pytest.mark.parametrize("repository", ["registry.example/orders", "registry.example:5000/team/orders-api", "a.b/c_d"])
def test_a_repository_is_a_host_and_a_path(repository: str) -> None:
    assert an_image(repository=repository).repository == repository


@pytest.mark.parametrize("repository", ["", "orders", "registry.example/", "registry.example/Orders", "https://a.b/c"])
def test_what_is_no_repository_is_refused_with_the_rule(repository: str) -> None:
    assert f"repository: {repository!r} is not an image repository: the registry's host" in refusal_of(
        repository=repository
    )


def test_a_repository_with_a_tag_in_it_is_refused() -> None:
    """The image would be called orders:v1:v1.2.3."""
    assert "without tag" in refusal_of(repository="registry.example/orders:v1")


def test_another_tag_drops_the_digest() -> None:
    """The digest wins when a node pulls: with the old one, the new tag would run the old code."""
    assert an_image(tag="v1", digest=DIGEST).with_tag("v2").digest is None


def test_another_tag_may_bring_its_digest() -> None:
    assert an_image().with_tag(f"v2@{DIGEST}").digest == DIGEST


def test_another_tag_keeps_the_repository() -> None:
    assert an_image(repository="registry.example/orders").with_tag("v2").repository == "registry.example/orders"


@pytest.mark.parametrize("reference", ["latest", "", f"latest@{DIGEST}", "v1 2"])
def test_another_tag_is_checked_like_the_first(reference: str) -> None:
    assert "Image: tag: " in refusal_of_tag(reference)


@pytest.mark.parametrize("reference", ["v2@", "v2@sha256:0", f"v2@{DIGEST}@{DIGEST}"])
def test_another_tags_digest_is_checked(reference: str) -> None:
    """`v2@$DIGEST` with an empty variable would deploy without a digest, unnoticed."""
    assert "Image: digest: " in refusal_of_tag(reference)
