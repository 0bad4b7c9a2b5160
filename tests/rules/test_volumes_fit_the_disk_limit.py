import pytest

from api_platform.rules.volumes_fit_the_disk_limit import RULE
from tests.rules.platform import Platform


@pytest.mark.parametrize(("size", "found"), [("896Mi", []), ("897Mi", ["stock"])])
def test_volumes_over_the_disk_limit_are_found(platform: Platform, size: str, found: list[str]) -> None:
    """With 128Mi for /tmp and a limit of 1Gi, a fuller scratch volume gets the pod evicted, not an error from write."""
    platform.pod("stock")["volumes"].append({"name": "scratch", "emptyDir": {"sizeLimit": size}})
    assert platform.subjects(RULE) == found


def test_a_volume_without_a_size_is_found(platform: Platform) -> None:
    platform.pod("stock")["volumes"].append({"name": "scratch", "emptyDir": {}})
    assert platform.subjects(RULE) == ["stock"]


def test_a_volume_in_memory_takes_no_disk(platform: Platform) -> None:
    platform.pod("stock")["volumes"].append({"name": "fast", "emptyDir": {"medium": "Memory", "sizeLimit": "8Gi"}})
    assert platform.ask(RULE) == []


def test_a_missing_disk_limit_is_found(platform: Platform) -> None:
    del platform.container("stock")["resources"]["limits"]["ephemeral-storage"]
    assert platform.subjects(RULE) == ["stock"]
