"""Runs the scenarios on a twin of their own, and writes what they measured."""

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Final

from api_platform.environment import ROOT, load_environments
from api_platform.errors import InputError, nearest
from api_platform.manifests.synthesis import DIST
from api_platform.proof.extension import EXTENSION, NAME
from api_platform.proof.project import project
from api_platform.proof.scenarios.table import SCENARIOS
from api_platform.proof.stage import ProofStage
from eks_twin.binaries import CONTROL_PLANE, FAMILIES, KEDA, Family, Progress, find_binaries
from eks_twin.errors import TwinError
from eks_twin.home import Home
from eks_twin.processes.leftovers import is_supervised
from eks_twin.proof.console import conclude, progress
from eks_twin.proof.runner import Runner
from eks_twin.proof.scenario import Scenario
from eks_twin.proof.setting import Setting
from eks_twin.up import Wanted, down, stop_all, up

ENVIRONMENT = "production"
HOME = Home(ROOT / ".twin-proof")
"""A folder of its own: a twin that somebody works with goes on undisturbed."""
FOLDER = DIST / "proof"
"""No synth touches it: each swaps the folders of its environments, and none of these is called so."""
ALL_FAMILIES: Final[Mapping[str, Family]] = {**FAMILIES, **EXTENSION.families}
NOTES = (
    (
        "Real: the CDK CLI, the templates, the function that applies manifests, kubectl, the API server with all its "
        "admission, etcd, the controllers, the scheduler, KEDA, istioctl."
    ),
    (
        "Simulated: AWS (moto, with a CloudFormation executor of our own), nodes and kubelets (kwok), containers, "
        "probes, load balancers, the network between pods, and the pods of the Helm releases."
    ),
)


def prove(names: Sequence[str], *, say: Callable[[str], None], steps: Progress, short: bool = False) -> int:
    """Bring a twin up, run the scenarios of these names (default: all), write the page, take the twin down.

    `short`: whether each takes its short form. Returns 1 if any failed; the logs then stay in `HOME`. Raises
    InputError on a name that there is not, TwinError where the twin does not come up.
    """
    chosen = _chosen(names)
    families = needed(chosen)
    binaries = find_binaries(families, progress=steps)
    setting = Setting.here(ENVIRONMENT, _versions(families), NOTES, short=short)
    if is_supervised(HOME):  # its twin ends with it, so it goes on
        raise TwinError(f"Another proof is running in {HOME.folder}. Wait for it, or end it.")
    down(HOME)
    try:
        wanted = Wanted(project(ENVIRONMENT), extension=NAME, natives=KEDA in families, stop_with=os.getpid())
        twin, timings = up(HOME, wanted, say=say, progress=steps)
        say(f"{ENVIRONMENT} is up after {timings.total:.0f} s")
        with progress() as shown:
            required = os.environ.get("REQUIRE_CONTROL_PLANE") == "1"
            runner = Runner(progress=shown, log=HOME.logs / "scenarios.log", required=required, short=short)
            (environment,) = load_environments(ENVIRONMENT)
            results = runner.run(chosen, ProofStage(twin, environment, binaries, short=short))
    finally:
        stop_all(HOME)
    code = conclude(results, setting, FOLDER)
    if code == 0:  # else the logs are worth a look; the next run removes them
        down(HOME)
    return code


def needed(scenarios: Iterable[Scenario[ProofStage]]) -> tuple[Family, ...]:
    """Return the families of programs that these scenarios run on, and no others: some take minutes to build."""
    wanted = {family.name for family in CONTROL_PLANE} | {name for scenario in scenarios for name in scenario.needs}
    return tuple(family for name, family in ALL_FAMILIES.items() if name in wanted)


def _chosen(names: Sequence[str]) -> Sequence[Scenario[ProofStage]]:
    known = {scenario.name: scenario for scenario in SCENARIOS}
    for name in names:
        if name not in known:
            raise InputError(f"no scenario is named {name!r}. {nearest(name, list(known))}")
    return [scenario for scenario in SCENARIOS if not names or scenario.name in names]


def _versions(families: Iterable[Family]) -> dict[str, str]:
    cdk = json.loads((ROOT / "package.json").read_text())["dependencies"]["aws-cdk"]
    return {
        **{family.name: family.version for family in families},
        "CDK CLI": cdk,
        "aws-cdk-lib": version("aws-cdk-lib"),
        "moto": version("moto"),
    }
