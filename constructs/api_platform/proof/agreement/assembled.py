"""Changed specs as a cloud assembly: in this process, since the app itself reads the specs from the files.

Everything else is as the CDK CLI does it, so that an assembly of unchanged specs has the very templates that are
deployed.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from aws_cdk import App

from api_platform.aws.stage import EnvironmentStage
from api_platform.manifests.findings import require_clean
from api_platform.manifests.rendering import render
from api_platform.proof.agreement.changes import Services, SpecChange, scaled
from api_platform.proof.delivery.flawed_assembly import flawed
from api_platform.proof.stage import ProofStage
from api_platform.services import check_together

_OF_THE_CLI: Final = {"aws:cdk:enable-path-metadata": True, "aws:cdk:enable-asset-metadata": True}
"""What the CDK CLI puts into every app's context."""


@contextmanager
def assembled(stage: ProofStage, services: Services, change: SpecChange) -> Iterator[Path]:
    """Yield the folder of the assembly of these specs, with the change's flaw in it; at the end it is gone.

    Raises InputError and FindingsError where the app would refuse the specs.
    """
    # One for each change: the CDK remembers which folder it has copied assets to.
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=stage.twin.home.folder, prefix="agreement-")))
        _synthesize(stage, services, folder)
        if change.flaw:
            chosen = scaled(services)
            service = next(one.name for one in services if chosen in one.workloads)
            called = ("Deployment", chosen.name)
            stack.enter_context(flawed(folder, f"{stage.environment.name}-{service}", called, change.flaw))
        yield folder


def _synthesize(stage: ProofStage, services: Services, folder: Path) -> None:
    environment = stage.environment
    check_together(environment, tuple(services))
    rendering = render(environment, tuple(services))
    require_clean({environment.name: rendering.report})
    context = json.loads((stage.repository / "cdk.json").read_text(encoding="utf-8"))["context"]
    app = App(outdir=str(folder), context={**context, **_OF_THE_CLI}, auto_synth=False)
    EnvironmentStage(app, rendering)
    app.synth()
