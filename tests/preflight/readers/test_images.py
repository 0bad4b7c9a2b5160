from collections.abc import Callable
from typing import Any

import pytest

from api_platform.preflight.account_reading import RegistryImage
from tests.preflight.prepared import REGISTRY
from tests.preflight.simulated_account import SimulatedAccount
from tests.specs import a_service, a_workload, an_image

PARCELS = f"{REGISTRY}/parcels:v1.2.3"


def test_the_architectures_of_an_index_and_of_a_single_image_are_read(account: SimulatedAccount) -> None:
    images = account.read().images or {}
    assert images[f"{REGISTRY}/stock:v1.2.3"] == RegistryImage(frozenset({"amd64", "arm64"}))
    assert images[PARCELS] == RegistryImage(frozenset({"arm64"}))


def test_a_registry_that_is_not_ecr_is_left_out_and_told(account: SimulatedAccount) -> None:
    account.services = (*account.services, a_service(a_workload(name="others", image=an_image(digest=None))))
    reading = account.read()
    assert "registry.example/orders:v1.2.3" not in (reading.images or {})
    assert reading.left_out == ("registry.example/orders:v1.2.3 is not in ECR, the only registry that is asked.",)


def broken(_: str) -> bytes:
    raise OSError("connection refused")


@pytest.mark.parametrize("download", [broken, lambda _: b"no JSON", lambda _: b"{}", lambda _: b"[]"])
def test_a_configuration_that_is_not_had_leaves_the_architecture_open(
    account: SimulatedAccount, monkeypatch: pytest.MonkeyPatch, download: Callable[[str], Any]
) -> None:
    """The image is there all the same: only what it runs on is not known."""
    monkeypatch.setattr(account, "download", download)
    reading = account.read()
    assert (reading.images or {})[PARCELS] == RegistryImage(None)
    (sentence,) = reading.left_out
    assert sentence.startswith(f"the architecture of {PARCELS} could not be read: ")


def test_a_name_that_ecr_cannot_have_is_left_out_without_a_traceback(account: SimulatedAccount) -> None:
    odd = an_image(repository=f"{REGISTRY}/x", digest=None)
    account.services = (*account.services, a_service(a_workload(name="others", image=odd)))
    (sentence,) = account.read().left_out
    assert "AWS can have no such name" in sentence
