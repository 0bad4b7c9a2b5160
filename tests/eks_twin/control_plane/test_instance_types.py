import pytest

from api_platform.environment import load_environments
from eks_twin.control_plane.instance_types import machine
from eks_twin.errors import InputError


@pytest.mark.parametrize(
    ("instance_type", "vcpus", "gib", "architecture", "pods"),
    [
        ("m7g.medium", 1, 4, "arm64", 8),
        ("m7g.large", 2, 8, "arm64", 29),
        ("m7g.xlarge", 4, 16, "arm64", 58),
        ("m7g.2xlarge", 8, 32, "arm64", 58),
        ("c7g.4xlarge", 16, 32, "arm64", 110),
        ("c7i.8xlarge", 32, 64, "amd64", 234),
        ("r6gd.16xlarge", 64, 512, "arm64", 250),
        ("m5.large", 2, 8, "amd64", 29),
    ],
)
def test_a_type_offers_what_its_name_says(
    instance_type: str, vcpus: int, gib: int, architecture: str, pods: int
) -> None:
    """Figures of AWS's own tables."""
    found = machine(instance_type)
    assert (found.vcpus, found.architecture, found.pods) == (vcpus, architecture, pods)
    assert 0.9 * gib * 1024 < found.memory_mib < gib * 1024


def test_pods_have_less_than_the_machine() -> None:
    """As on EKS: 70 millicores of two CPUs, and 255 MiB and 11 for each pod, and 100 for eviction, of the memory."""
    found = machine("m7g.large")
    assert found.allocatable == {"cpu": "1930m", "memory": f"{found.memory_mib - 255 - 11 * 29 - 100}Mi", "pods": "29"}
    assert machine("c7g.4xlarge").allocatable["cpu"] == "15890m"


@pytest.mark.parametrize("instance_type", ["t3.medium", "m4.large", "m7g.metal", "m7g", "", "m7g.2large", "x2gd.large"])
def test_an_unknown_type_is_a_clear_message(instance_type: str) -> None:
    with pytest.raises(InputError, match="the twin knows c, m and r types from generation 5 on"):
        machine(instance_type)


def test_every_environment_names_known_types() -> None:
    for environment in load_environments():
        for group in (environment.node_groups.system, environment.node_groups.media_processing):
            assert machine(group.instance_type).vcpus > 0
