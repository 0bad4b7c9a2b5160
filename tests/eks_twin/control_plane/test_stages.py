from pathlib import Path
from typing import Any

import pytest
import yaml

from eks_twin.control_plane.stages import STAGES, write_configuration
from eks_twin.home import Home

FILES = sorted(STAGES.glob("*.yaml"))
EVERY_STAGE = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def read(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(file.read_text())
    return content


@EVERY_STAGE
def test_a_stage_is_named_after_its_file_and_says_what_it_does(file: Path) -> None:
    assert read(file)["metadata"]["name"] == file.stem
    assert file.read_text().startswith("# ")


@EVERY_STAGE
def test_a_pod_that_is_told_to_go_only_goes(file: Path) -> None:
    """Else two stages match it, and kwok chooses one by lot."""
    stage = read(file)["spec"]
    if stage["resourceRef"]["kind"] != "Pod" or file.stem == "pod-delete":
        return
    first = stage["selector"]["matchExpressions"][0]["jq"]
    assert first == {"key": ".metadata.deletionTimestamp", "operator": "DoesNotExist"}


def test_the_configuration_holds_every_stage_and_what_answers_for_logs(tmp_path: Path) -> None:
    documents = list(yaml.safe_load_all(write_configuration(Home(tmp_path)).read_text()))
    assert [one["kind"] for one in documents] == ["Stage"] * len(FILES) + ["ClusterLogs"]
    assert len(FILES) == 10
    assert Path(documents[-1]["spec"]["logs"][0]["logsFile"]).exists()
