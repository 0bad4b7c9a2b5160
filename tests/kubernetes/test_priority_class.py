import pytest

from api_platform.kubernetes.priority_class import priority_class_of, priority_classes
from tests.kubernetes.pods import a_worker
from tests.rendering import Manifest, objects_of
from tests.specs import a_workload

USERS_HIGHEST = 1_000_000_000
"""Above it are the classes of the system itself."""


def classes() -> dict[str, Manifest]:
    return {one["metadata"]["name"]: one for one in objects_of(priority_classes)}


def test_what_answers_requests_goes_before_what_works_through_a_queue() -> None:
    """When nodes are full, a worker's pod makes room; its message comes back to the queue."""
    called, worker = (classes()[priority_class_of(one)] for one in (a_workload(), a_worker()))
    assert called["value"] > worker["value"]


def test_background_work_still_goes_before_what_has_no_class() -> None:
    assert classes()["background-work"]["value"] > 0


def test_none_of_them_goes_before_the_system() -> None:
    assert max(one["value"] for one in classes().values()) < USERS_HIGHEST


@pytest.mark.parametrize("name", ["serving", "background-work"])
def test_none_of_them_is_everybodys(name: str) -> None:
    """A global default would raise add-ons of whatever kind above the workers."""
    assert classes()[name]["globalDefault"] is False


def test_every_class_that_a_workload_takes_exists() -> None:
    """A pod of a class that does not exist is refused."""
    assert {priority_class_of(a_workload()), priority_class_of(a_worker())} == set(classes())


def test_background_work_displaces_nobody() -> None:
    """A backlog of jobs evicted what the whole site stands on."""
    assert classes()["background-work"]["preemptionPolicy"] == "Never"
    assert classes()["serving"]["preemptionPolicy"] == "PreemptLowerPriority"
