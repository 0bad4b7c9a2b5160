from tests.preflight.prepared import REGISTRY, images, with_account

CHECK = "images-are-pushed"
STOCK = f"{REGISTRY}/stock:v1.2.3"


def test_an_image_that_nobody_has_pushed_is_found() -> None:
    found = with_account(images={**images(), STOCK: None}).only(CHECK)
    assert (found.subject, found.object, found.what) == ("stock", "Image/stock", f"the registry has no {STOCK}")
    assert "--registry-id 123456789012 --repository-name stock --image-ids imageTag=v1.2.3" in found.command


def test_one_with_a_digest_is_shown_by_it() -> None:
    reference = f"{REGISTRY}/orders:v1.2.3@sha256:{'a' * 64}"
    found = with_account(images={**images(), reference: None}).only(CHECK)
    assert f"--image-ids imageDigest=sha256:{'a' * 64}" in found.command


def test_images_that_were_not_asked_for_are_left_out() -> None:
    assert with_account(images={}).say(CHECK) == []
    assert with_account(images=None).say(CHECK) == []
