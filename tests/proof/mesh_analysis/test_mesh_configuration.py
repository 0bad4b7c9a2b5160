import pytest

from api_platform.environment import ROOT
from api_platform.proof.mesh_analysis.istioctl import Istioctl
from api_platform.proof.mesh_analysis.mesh_configuration import is_taken
from eks_twin.binaries import Binaries


@pytest.mark.slow
@pytest.mark.parametrize(("mode", "taken"), [("ALLOW_ANY", True), ("ALLOW_ALL", False)])
def test_one_value_that_cannot_be_read_discards_the_file(istio_binaries: Binaries, mode: str, taken: bool) -> None:
    """istioctl says nothing, and analyzes with the defaults: a different mesh."""
    configuration = {"outboundTrafficPolicy": {"mode": mode}}
    assert is_taken(configuration, Istioctl(istio_binaries["istioctl"]), ROOT) is taken
