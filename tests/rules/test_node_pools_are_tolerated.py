import pytest

from api_platform.rules.node_pools_are_tolerated import RULE
from tests.rules.platform import Platform


def test_a_pool_that_is_not_tolerated_is_found(platform: Platform) -> None:
    """Every pod would stay Pending: the pool's nodes are tainted."""
    del platform.pod("stock")["tolerations"]
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("stock", "selects pool media-processing without tolerating its taint")


@pytest.mark.parametrize(
    ("toleration", "found"),
    [
        ({"operator": "Exists"}, []),
        ({"key": "workload", "operator": "Exists", "effect": "NoSchedule"}, []),
        ({"key": "workload", "value": "media-processing"}, []),
        ({"key": "workload", "value": "media"}, ["stock"]),
        ({"key": "dedicated", "value": "media-processing"}, ["stock"]),
        ({"key": "workload", "value": "media-processing", "effect": "NoExecute"}, ["stock"]),
    ],
)
def test_a_toleration_is_read_as_the_scheduler_does(
    platform: Platform, toleration: dict[str, str], found: list[str]
) -> None:
    platform.pod("stock")["tolerations"] = [toleration]
    assert platform.subjects(RULE) == found


def test_a_pool_that_nobody_provides_is_found(platform: Platform) -> None:
    platform.pod("stock")["nodeSelector"]["workload"] = "gpu"
    (finding,) = platform.ask(RULE)
    assert finding.value == "selects nodes with workload=gpu, which no node group has"


def test_who_does_not_select_the_pool_does_not_tolerate_it(platform: Platform) -> None:
    """Its pods would take the room on the expensive nodes."""
    del platform.pod("stock")["nodeSelector"]
    assert platform.subjects(RULE) == ["stock"]
