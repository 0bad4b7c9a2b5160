from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from api_platform.environment import ROOT
from api_platform.twin.binaries import Binaries
from api_platform.twin.errors import TwinError
from api_platform.twin.proof.result import Verdict
from api_platform.twin.scenarios.mesh import SCENARIO

pytestmark = pytest.mark.aws


@dataclass(frozen=True)
class Context:
    binaries: Mapping[str, Path]
    repository: Path = ROOT


def test_needs_istioctl_and_nothing_of_the_twin() -> None:
    assert SCENARIO.needs == {"istio"}


def test_says_so_where_istioctl_does_not_run(tmp_path: Path) -> None:
    with pytest.raises(TwinError, match="No such file"):
        SCENARIO.run(Context({"istioctl": tmp_path / "istioctl"}))


@pytest.mark.slow
def test_the_mesh_holds(istio_binaries: Binaries) -> None:
    outcome = SCENARIO.run(Context(istio_binaries))
    assert outcome.reasons == []
    assert outcome.verdict is Verdict.HELD
