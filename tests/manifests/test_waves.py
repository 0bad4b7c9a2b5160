"""The order of kinds."""

import pytest

from api_platform.environment import ENVIRONMENT_NAMES
from api_platform.errors import InputError
from api_platform.manifests.waves import WAVES, Wave, in_waves, wave_of
from api_platform.rules.finding import Manifest
from tests.whole_platform import rendering_of


def a(kind: str, name: str = "orders") -> Manifest:
    return {"kind": kind, "metadata": {"name": name}}


def test_an_unknown_kind_is_refused_with_the_way_out() -> None:
    with pytest.raises(InputError, match=r"kind 'CronJob' \(orders\).*Add it to WAVES"):
        wave_of(a("CronJob"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Namespace", "ServiceAccount"),
        ("Namespace", "NetworkPolicy"),
        ("ServiceAccount", "Deployment"),
        ("ConfigMap", "Deployment"),
        ("ExternalSecret", "Deployment"),
        ("AuthorizationPolicy", "Deployment"),
        ("PeerAuthentication", "Deployment"),
        ("NetworkPolicy", "Deployment"),
        ("Sidecar", "Deployment"),
        ("Deployment", "ScaledObject"),
        ("Deployment", "HorizontalPodAutoscaler"),
        ("Deployment", "PodDisruptionBudget"),
        ("Service", "VirtualService"),
        ("Service", "ServiceMonitor"),
    ],
)
def test_what_others_rest_on_comes_first(before: str, after: str) -> None:
    assert WAVES[before] < WAVES[after]


def test_waves_come_in_order_each_with_its_objects_in_theirs_and_no_empty_one() -> None:
    objects = [a("PodDisruptionBudget"), a("ConfigMap", "b"), a("ConfigMap", "a"), a("Namespace")]
    assert list(in_waves(objects).items()) == [
        (Wave.NAMESPACE, [a("Namespace")]),
        (Wave.IDENTITY_AND_CONFIGURATION, [a("ConfigMap", "b"), a("ConfigMap", "a")]),
        (Wave.AROUND_WORKLOADS, [a("PodDisruptionBudget")]),
    ]


def test_no_kind_is_in_the_table_that_no_environment_has() -> None:
    """A kind that went away would leave a line that nobody dares to touch."""
    kinds = {one["kind"] for name in ENVIRONMENT_NAMES for one in rendering_of(name).objects}
    assert set(WAVES) == kinds
