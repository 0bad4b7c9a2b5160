"""The proof: which scenarios run, and what stops it from running."""

from pathlib import Path

import pytest

from api_platform.errors import InputError
from api_platform.proof import prove
from api_platform.proof.scenarios.table import SCENARIOS
from eks_twin.binaries import in_silence
from eks_twin.errors import TwinError
from eks_twin.home import Home
from eks_twin.processes.lifecycle import start_supervisor, stop


@pytest.fixture(autouse=True)
def nothing_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prove, "HOME", Home(tmp_path / "proof"))
    monkeypatch.setattr(prove, "find_binaries", lambda *_, **__: {})


def test_every_scenario_of_the_mission_is_there_and_each_has_the_name_of_its_file() -> None:
    names = [scenario.name for scenario in SCENARIOS]
    assert names == [
        "delivery",
        "agreement",
        "admission",
        "mesh",
        "spread",
        "pressure",
        "disruption",
        "rollout",
        "pipeline",
        "scaling",
        "doctor",
        "drift",
        "destruction",
        "faults",
    ]
    folder = Path(prove.__file__).parent / "scenarios"
    assert all((folder / f"{name}.py").is_file() for name in names)


def test_a_scenario_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"no scenario is named 'sprea'\. Did you mean 'spread'\?"):
        prove.prove(["sprea"], say=print, steps=in_silence)


def test_two_proofs_at_once_do_not_end_each_others_twins() -> None:
    """The second one began by clearing away what it took for a leftover."""
    start_supervisor(prove.HOME)
    try:
        with pytest.raises(TwinError, match="Another proof is running"):
            prove.prove([], say=print, steps=in_silence)
    finally:
        stop(prove.HOME)
