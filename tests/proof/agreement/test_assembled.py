"""Changed specs as a cloud assembly."""

import json
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from api_platform.environment import ROOT, Environment, load_environments
from api_platform.plan.assembly import CloudAssembly
from api_platform.plan.planning import OldAssembly
from api_platform.plan.sources.synthesis import synthesize
from api_platform.proof.agreement.assembled import assembled
from api_platform.proof.agreement.changes import CHANGES, scaled
from api_platform.proof.stage import ProofStage
from api_platform.services import all_services

pytestmark = [pytest.mark.aws, pytest.mark.slow]
(PRODUCTION,) = load_environments("production")


@dataclass(frozen=True)
class FakeStage:
    """Knows where its twin is, and what is deployed."""

    twin: Any
    environment: Environment = PRODUCTION
    repository: Path = ROOT


def test_unchanged_specs_are_what_the_app_makes_but_for_the_flaw(tmp_path: Path) -> None:
    """What differs between this way and the app's would be deployed with the first change, unsaid by any plan."""
    (flawed,) = (change for change in CHANGES if change.flaw)
    home, app = tmp_path / "home", tmp_path / "app"
    home.mkdir()
    app.mkdir()
    stage = cast("ProofStage", FakeStage(SimpleNamespace(home=SimpleNamespace(folder=home))))
    synthesize(ROOT, app, "production")
    services = all_services(PRODUCTION)
    with assembled(stage, services, flawed) as folder:
        changes = OldAssembly("the app", CloudAssembly.read(app)).changes("production", CloudAssembly.read(folder))
        assert [(str(one.key), {field.path[:2] for field in one.fields}) for one in changes.objects] == [
            (f"Deployment production/{scaled(services).name}", {("spec", "selector")})
        ]
        assert not changes.aws.resources
        metadata = json.dumps([dict(stack.template) for stack in CloudAssembly.read(folder).stacks])
        assert "aws:cdk:path" in metadata, "the CLI asks for it, so without it every stack would be deployed"
    assert list(home.iterdir()) == []
