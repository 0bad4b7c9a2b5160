import pytest

from api_platform.rules.labels_are_valid import RULE
from tests.rules.platform import Platform


@pytest.mark.parametrize("tag", ["v1.2.3", "", "x" * 63, "a_b-c.d"])
def test_a_value_that_kubernetes_takes_is_accepted(platform: Platform, tag: str) -> None:
    platform.one("Deployment", "orders")["spec"]["template"]["metadata"]["labels"]["version"] = tag
    assert platform.ask(RULE) == []


@pytest.mark.parametrize("tag", ["x" * 64, "_v1", "v1-", "v1+build", "v 1"])
def test_an_image_tag_that_is_no_label_is_found(platform: Platform, tag: str) -> None:
    """A registry takes tags of 128 characters that begin with `_`; the API server then refuses the Deployment."""
    platform.one("Deployment", "orders")["spec"]["template"]["metadata"]["labels"]["version"] = tag
    (finding,) = platform.ask(RULE)
    assert finding.subject == "orders"
    assert f"label version is {tag!r}" in finding.value


def test_an_objects_own_labels_are_looked_at_too(platform: Platform) -> None:
    platform.one("Deployment", "orders")["metadata"]["labels"]["team"] = "a b"
    assert platform.subjects(RULE) == ["orders"]
