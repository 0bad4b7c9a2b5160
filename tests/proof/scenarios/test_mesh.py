from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from api_platform.environment import ROOT
from eks_twin.binaries import Binaries
from eks_twin.errors import TwinError
from eks_twin.proof.result import Verdict
from eks_twin.proof.scenario import Scenario

if TYPE_CHECKING:
    from api_platform.proof.scenarios.mesh import MeshContext

pytestmark = pytest.mark.aws
MeshScenario: TypeAlias = "Scenario[MeshContext]"


@dataclass(frozen=True)
class Context:
    binaries: Mapping[str, Path]
    repository: Path = ROOT
    short: bool = False


@pytest.fixture
def scenario() -> MeshScenario:
    from api_platform.proof.scenarios.mesh import SCENARIO  # noqa: PLC0415 - takes seconds, also where none of these runs

    return SCENARIO


def test_needs_istioctl_and_nothing_of_the_twin(scenario: MeshScenario) -> None:
    assert scenario.needs == {"istio"}


def test_says_so_where_istioctl_does_not_run(scenario: MeshScenario, tmp_path: Path) -> None:
    with pytest.raises(TwinError, match="No such file"):
        scenario.run(Context({"istioctl": tmp_path / "istioctl"}))


@pytest.mark.slow
def test_the_mesh_holds(scenario: MeshScenario, istio_binaries: Binaries) -> None:
    outcome = scenario.run(Context(istio_binaries))
    assert outcome.reasons == []
    assert outcome.verdict is Verdict.HELD
