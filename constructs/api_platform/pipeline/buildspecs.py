"""What the pipeline's projects run. Update and Deploy install the pinned CDK CLI, and run no code of the app."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api_platform import names
from api_platform.environment import Environment
from api_platform.pipeline.pipeline_names import BUILD_ARTIFACT, STACK, check_role_arn, plan_artifact

Buildspec = Mapping[str, Any]
"""A buildspec of CodeBuild, version 0.2."""

_PYTHON: Final = {"python": "3.11"}
"""What the app's set-up starts with; it brings Node itself."""
_NODE: Final = {"nodejs": "24"}
_INSTALL_CLI: Final = "npm ci --ignore-scripts --no-audit --no-fund"
"""As package-lock.json pins it; scripts of packages do not run."""
_CDK: Final = "./node_modules/.bin/cdk deploy --app . --method direct --progress events --require-approval never"
"""Without a change set: the plan was read before, and each takes half a minute."""
HANDED_ON: Final = ("package.json", "package-lock.json", "constructs/api_platform/cli/explain_failure.py")
"""What a deployment has beside the assembly: what pins the CLI, and of ours one file, which needs no package."""
_SET_UP: Final = "python3 -m scripts.setup_environment delivery"
_RUN: Final = "PATH=$PWD/.venv/bin:$PATH api-platform"


def build() -> Buildspec:
    """Synthesize, have Istio read the mesh, and hand on the cloud assembly with the YAML and what pins the CLI."""
    return _buildspec(
        _PYTHON,
        build=[
            "make synth",
            "python3 -m scripts.setup_environment twin",
            f"{_RUN} twin analyze",
            f"cp -R dist {' '.join(HANDED_ON)} cdk.out/",
        ],
        artifacts={"base-directory": "cdk.out", "files": ["**/*"]},
    )


def test() -> Buildspec:
    """Run every check, beside the build."""
    return _buildspec(_PYTHON, build=["make test"])


def update() -> Buildspec:
    """Deploy the pipeline's own stack."""
    return _buildspec(_NODE, install=[_INSTALL_CLI], build=[f"{_CDK} --exclusively {STACK}"])


def plan(environment: Environment) -> Buildspec:
    """Say what the deployment would change, and record what is wrong already."""
    assembly = f'--assembly "$CODEBUILD_SRC_DIR_{BUILD_ARTIFACT}"'
    return _buildspec(
        _PYTHON,
        install=[_SET_UP],
        build=[
            f"{_RUN} plan -e {environment.name} --against deployed {assembly} --format markdown > plan.md",
            f"{_verify(environment)} --record state.json",
            'export SUMMARY="$(head -c 700 plan.md)"',
        ],
        artifacts={"files": ["plan.md", "state.json"]},
        exported=["SUMMARY"],
    )


def deploy(environment: Environment) -> Buildspec:
    """Deploy all stacks of the environment; say what a failed rollout means."""
    stacks = f"--concurrency {environment.concurrent_stacks} '{environment.name}/*'"
    return _buildspec(_NODE, install=[_INSTALL_CLI], build=[f"{_CDK} {stacks} 2>&1 | python3 explain_failure.py"])


def check(environment: Environment) -> Buildspec:
    """Look whether the environment serves, and whether anything is worse than the plan found it."""
    state = f'"$CODEBUILD_SRC_DIR_{plan_artifact(environment)}/state.json"'
    return _buildspec(_PYTHON, install=[_SET_UP], build=[f"{_verify(environment)} --against {state}"])


def drift(environment: Environment) -> Buildspec:
    """Tell $TOPIC what the environment's cluster holds that was not deployed."""
    cluster, where = names.cluster_name(environment), f"{environment.account}/{environment.region}"
    return _buildspec(
        _PYTHON,
        install=[_SET_UP],
        build=[
            f"aws eks update-kubeconfig --region {environment.region} --name {cluster}",
            f'{_RUN} drift -e {environment.name} --place {where} --topic "$TOPIC"',
        ],
    )


def _verify(environment: Environment) -> str:
    return f"{_RUN} verify -e {environment.name} --role {check_role_arn(environment)}"


def _buildspec(
    runtime: Mapping[str, str],
    *,
    install: Sequence[str] = (),
    build: Sequence[str],
    artifacts: Mapping[str, Any] | None = None,
    exported: Sequence[str] = (),
) -> Buildspec:
    installs = {"runtime-versions": dict(runtime)} | ({"commands": list(install)} if install else {})
    # An install that fails ends the build; CodeBuild would go on with the next phase after a failed `build` alone.
    phases = {"install": installs, "build": {"commands": ["set -o pipefail", *build], "on-failure": "ABORT"}}
    environment = {"shell": "bash"} | ({"exported-variables": list(exported)} if exported else {})
    spec: dict[str, Any] = {"version": 0.2, "env": environment, "phases": phases}
    return {**spec, "artifacts": dict(artifacts)} if artifacts else spec
