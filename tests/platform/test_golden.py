"""What a reviewer reads in a diff: production's services, as `cdk8s synth` writes them to `dist/production/`.

One thing is left out: a dashboard's JSON, thousands of lines that follow from the same specs, is a digest here, so that
a change of it still shows. Update the files with

    UPDATE_GOLDEN=1 pytest tests/platform/test_golden.py

and read what `git diff tests/golden` says before you commit it.
"""

import hashlib
import os
from difflib import unified_diff
from pathlib import Path

import pytest

from api_platform.rules import Manifest
from api_platform.yaml_files import to_yaml
from tests.whole_platform import rendering_of

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "production"
SERVICES = ("api-service", "media-service", "worker-service")
"""A new service needs no golden file; with its name here it is read in diffs as these are.

The platform has none: each new service changes its quota, and each public one its gateway.
"""
HEADER = "# What production comes to. Written by UPDATE_GOLDEN=1 pytest tests/platform/test_golden.py\n"


def expected_text(service: str) -> str:
    return HEADER + to_yaml([readable(one) for one in rendering_of("production").files[f"50-{service}"]])


def readable(manifest: Manifest) -> Manifest:
    """The object, with digests in the place of dashboards."""
    if "grafana_dashboard" not in manifest["metadata"].get("labels", {}):
        return manifest
    return {**manifest, "data": {name: digest(text) for name, text in manifest["data"].items()}}


def digest(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


@pytest.mark.parametrize("service", SERVICES)
def test_production_is_what_was_reviewed(service: str) -> None:
    path, new = GOLDEN / f"{service}.yaml", expected_text(service)
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(new, encoding="utf-8")
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    if old != new:
        shown = f"tests/golden/production/{path.name}"
        difference = "".join(unified_diff(old.splitlines(True), new.splitlines(True), shown, "rendered now", n=3))
        pytest.fail(
            f"{shown} is no longer what production comes to. If that is meant, run\n\n"
            f"    UPDATE_GOLDEN=1 pytest tests/platform/test_golden.py\n\nand commit the difference:\n\n{difference}",
            pytrace=False,
        )


def test_no_golden_file_is_left_over() -> None:
    """Of a service that is gone it would be read as if it still ran."""
    assert {path.name for path in GOLDEN.iterdir()} == {f"{service}.yaml" for service in SERVICES}


def test_only_dashboards_are_left_out() -> None:
    objects = rendering_of("production").objects
    changed = [one["metadata"]["name"] for one in objects if readable(one) != one]
    assert changed == [f"{service.name}-dashboard" for service in rendering_of("production").services]


def test_a_change_of_a_dashboard_shows() -> None:
    (board, *_) = [one for one in rendering_of("production").objects if one["metadata"]["name"].endswith("-dashboard")]
    changed = {**board, "data": {name: f"{text} " for name, text in board["data"].items()}}
    assert readable(changed) != readable(board)
