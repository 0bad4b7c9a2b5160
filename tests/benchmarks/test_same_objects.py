"""The comparison with Helm is fair only while both sides render the same objects."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.helm_side import HELM, releases
from tests.whole_platform import every_environment, rendering_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HELM.exists(), reason="helm is not in the virtual environment: Linux x86-64 only"),
]

Identity = tuple[str, str, str]


@every_environment
def test_helm_renders_the_objects_that_we_render(environment: str, tmp_path: Path) -> None:
    rendering = rendering_of(environment)
    printed: list[dict[str, Any]] = []
    for release in releases(rendering, tmp_path):
        done = subprocess.run(release.words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        printed += [one for one in yaml.load_all(done.stdout, yaml.CSafeLoader) if one]
    theirs, ours = _by_identity(printed), _by_identity(rendering.objects)
    assert theirs.keys() == ours.keys()
    assert not [identity for identity in ours if _comparable(theirs[identity]) != _comparable(ours[identity])]


def _by_identity(objects: Iterable[Mapping[str, Any]]) -> dict[Identity, Mapping[str, Any]]:
    return {(one["kind"], one["metadata"].get("namespace", ""), one["metadata"]["name"]): one for one in objects}


def _comparable(manifest: Mapping[str, Any]) -> Any:
    """Return the object without what need not be alike: the digest of a configuration, and JSON's white space."""
    copy: Any = json.loads(json.dumps(manifest))
    if copy["kind"] == "Deployment":
        del copy["spec"]["template"]["metadata"]["annotations"]["api-platform/configuration"]
    if copy["kind"] == "ConfigMap":
        copy["data"] = {name: _parsed(name, text) for name, text in copy["data"].items()}
    return copy


def _parsed(name: str, text: str) -> Any:
    return json.loads(text) if name.endswith(".json") else text
