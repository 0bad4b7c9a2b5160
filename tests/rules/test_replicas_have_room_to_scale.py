import pytest

from api_platform.rules.replicas_have_room_to_scale import RULE
from tests.rules.platform import Platform


@pytest.mark.parametrize(
    ("minimum", "maximum", "found"), [(1, 1, []), (2, 2, []), (3, 2, ["stock"]), (0, 2, ["stock"])]
)
def test_an_autoscalers_bounds_are_in_order(platform: Platform, minimum: int, maximum: int, found: list[str]) -> None:
    """No schema sees it; the API server refuses the object in the middle of a deployment."""
    spec = platform.one("HorizontalPodAutoscaler", "stock")["spec"]
    spec["minReplicas"], spec["maxReplicas"] = minimum, maximum
    assert platform.subjects(RULE) == found


def test_keda_scales_to_zero_unless_told_otherwise(platform: Platform) -> None:
    del platform.one("ScaledObject", "parcels")["spec"]["minReplicaCount"]
    (finding,) = platform.ask(RULE)
    assert (finding.subject, finding.value) == ("parcels", "ScaledObject/parcels: minimum 0, maximum 20")
