from collections.abc import Sequence
from typing import Any

import pytest

from api_platform.manifests.rendering import Rendering
from api_platform.proof.delivery import deletion as module
from api_platform.proof.delivery.deletion import Deletion, delete_and_redeploy
from api_platform.proof.stage import ProofStage
from eks_twin.objects.api import ObjectsApi
from eks_twin.objects.inventory import Entry, Inventory, Key
from tests.eks_twin.objects.fake_api import FakeServer, service

SERVICE = Entry(Key("Service", "production", "api-service"), "service", finalizers=["example/keep"])
SLICE = Entry(Key("EndpointSlice", "production", "api-service-1"), "slice", owners=["service"])
OTHER = Entry(Key("Service", "production", "media-service"), "other")


class FakeStack:
    """A protected stack, which is gone once it is deleted without protection."""

    is_protected = True

    def __init__(self, *_: object) -> None:
        self.path = "production/api-service"
        self._free = False

    def physical_ids(self, _: str) -> Sequence[str]:
        return ["production-api-service"]

    def delete(self) -> str:
        return "" if self._free else "TerminationProtection is enabled"

    def remove_protection(self) -> None:
        self._free = True

    def settle(self) -> str:
        return "DELETE_COMPLETE"


class FakeStage:
    """A stage with one service, whose AWS has lost a role since it was first asked."""

    def __init__(self) -> None:
        self.services = [type("Service", (), {"name": "api-service"})]
        self.twin = self.cdk = self
        self.deployed: list[str] = []
        self._roles = [["production-api-service", "production-other"], ["production-other"]]

    def aws(self, _: str) -> "FakeStage":
        return self

    def get_paginator(self, _: str) -> "FakeStage":
        return self

    def paginate(self) -> list[dict[str, Any]]:
        return [{"Roles": [{"RoleName": name} for name in self._roles.pop(0)]}]

    def list_queues(self) -> dict[str, Any]:
        return {}  # as SQS answers where there is none

    def deploy(self, stack: str, *, exclusively: bool) -> None:
        self.deployed += [stack] if exclusively else ["all"]

    def wait_until_ready(self) -> None:
        pass


def deleted(monkeypatch: pytest.MonkeyPatch, *after: Entry, stage: FakeStage | None = None) -> Deletion:
    """Delete the stack of a Service, where the cluster holds these afterwards."""
    inventories = iter([_inventory(SERVICE, SLICE, OTHER)])
    left = _inventory(*after)
    monkeypatch.setattr(module, "take", lambda _: next(inventories, left))
    monkeypatch.setattr(module, "LiveStack", FakeStack)
    monkeypatch.setattr(module, "_SECONDS", 0.0)
    chosen: ProofStage = stage or FakeStage()  # type: ignore[assignment]
    rendering: Rendering = type("Rendering", (), {"files": {"50-api-service": [service()]}})  # type: ignore[assignment]
    api: ObjectsApi = FakeServer().client()
    return delete_and_redeploy(chosen, api, rendering, "api-service")


def _inventory(*entries: Entry) -> Inventory:
    return {entry.uid: entry for entry in entries}


def test_a_stack_that_takes_all_of_its_own_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    result = deleted(monkeypatch, OTHER)
    assert (result.rendered, result.dependents, result.held) == (1, 1, 1)
    assert (result.left, result.by_mistake) == ([], [])


def test_what_stays_is_named_and_so_is_what_controllers_made_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert deleted(monkeypatch, SERVICE, SLICE, OTHER).left == [SLICE.key, SERVICE.key]


def test_what_goes_beside_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert deleted(monkeypatch).by_mistake == [OTHER.key]


def test_an_object_under_the_name_of_one_that_is_gone_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """By names alone, one that was deleted and made anew by a controller would seem untouched."""
    again = Entry(OTHER.key, "again")
    assert deleted(monkeypatch, again).by_mistake == [OTHER.key]


def test_it_tries_first_without_removing_the_protection(monkeypatch: pytest.MonkeyPatch) -> None:
    assert deleted(monkeypatch, OTHER).refusal == "TerminationProtection is enabled"


def test_roles_are_compared_too(monkeypatch: pytest.MonkeyPatch) -> None:
    result = deleted(monkeypatch, OTHER)
    assert (result.roles, result.roles_gone, result.queues_gone) == (
        ["production-api-service"],
        ["production-api-service"],
        [],
    )


def test_the_stack_alone_is_deployed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = FakeStage()
    deleted(monkeypatch, OTHER, stage=stage)
    assert stage.deployed == ["production/api-service"]
