import pytest

from api_platform.errors import InputError
from api_platform.image import Image
from api_platform.release.image_release import ImageRelease

DIGEST = "sha256:" + "a" * 64


@pytest.mark.parametrize(("tag", "digest"), [("v1", DIGEST), (f"v1@{DIGEST}", None)])
def test_a_digest_comes_beside_the_tag_or_with_it(tag: str, digest: str | None) -> None:
    assert ImageRelease.parse(tag, digest) == ImageRelease("v1", DIGEST)


@pytest.mark.parametrize(
    ("tag", "digest", "says"),
    [
        ("latest", DIGEST, "names no release"),
        ("v 1", DIGEST, "'v 1' is not an image tag"),
        ("", None, "'' is not an image tag"),
        ("v1", "sha256:abc", "'sha256:abc' is not a digest"),
        ("v1", "", "'' is not a digest"),
        ("v1@", None, "'' is not a digest"),
        (f"v1@{DIGEST}", DIGEST, "Give it once"),
    ],
)
def test_what_is_no_release_is_refused_in_words(tag: str, digest: str | None, says: str) -> None:
    with pytest.raises(InputError, match=says):
        ImageRelease.parse(tag, digest)


def test_an_image_keeps_its_own_repository() -> None:
    """The registry of another environment may be out of its nodes' reach."""
    image = Image(repository="registry.example/orders", tag="v1", digest=DIGEST)
    assert str(ImageRelease("v2", None).on(image)) == "registry.example/orders:v2"


def test_a_release_without_digest_says_so() -> None:
    assert str(ImageRelease("v2", None)) == "v2 (digest none)"
    assert str(ImageRelease("v2", DIGEST)) == "v2 (digest sha256:aaaaaaaaaaaa)"
