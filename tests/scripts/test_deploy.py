"""scripts/deploy.sh, with programs in its way that write down how they were called."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "deploy.sh"
MISSING = "there is no shellcheck here. Debian: apt-get install shellcheck; macOS: brew install shellcheck"
OBJECTS = "deployment.apps/api-service\nservice/api-service\ndeployment.apps/media-service\n"
CDK = "cdk deploy --method direct --concurrency 4 --progress events --require-approval never staging/*"


@dataclass(frozen=True)
class Repository:
    """A folder that looks like the repository, with programs that only write down their words."""

    root: Path

    @classmethod
    def make(cls, root: Path) -> "Repository":
        (root / "scripts").mkdir()
        shutil.copy(SCRIPT, root / "scripts")
        (root / ".venv" / "bin").mkdir(parents=True)
        made = cls(root)
        for program in ("api-platform", "cdk", "cdk8s", "kubectl"):
            made.program(program)
        made.program("kubectl", f'[ "$1 $2" != "get -f" ] || printf %s "{OBJECTS}"')
        return made

    def program(self, name: str, does: str = "") -> None:
        file = self.root / ".venv" / "bin" / name
        file.write_text(f'#!/usr/bin/env bash\necho "{name} $*" >>"{self.root}/calls"\n{does}\n')
        file.chmod(0o755)

    def deploy(self, *words: str, variables: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if key != "ENVIRONMENT"}
        environment |= {"ENVIRONMENT": "staging", "TMPDIR": str(self.root)} if variables is None else variables
        command = [str(self.root / "scripts" / "deploy.sh"), *words]
        return subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True, check=False)

    @property
    def calls(self) -> Sequence[str]:
        """What was called, in order; the record's name is left out."""
        calls = self.root / "calls"
        lines = calls.read_text().splitlines() if calls.exists() else []
        return [line.partition(str(self.root))[0].strip() for line in lines]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.make(tmp_path)


def test_it_deploys_between_a_record_and_a_verification(repository: Repository) -> None:
    done = repository.deploy()
    assert done.returncode == 0, done.stderr
    assert sorted(repository.calls[1:3]) == sorted([CDK, "api-platform explain-failure"])  # the two ends of a pipe
    assert (repository.calls[0], *repository.calls[3:]) == (
        "api-platform verify --record",
        "api-platform verify --against",
    )


def test_the_record_does_not_stay(repository: Repository) -> None:
    repository.deploy()
    assert sorted(path.name for path in repository.root.iterdir()) == [".venv", "calls", "scripts"]


@pytest.mark.parametrize("explains", ["cat", "cat; exit 1"])
def test_a_failed_deployment_is_explained_and_not_verified(repository: Repository, explains: str) -> None:
    """Its events come by stderr. Without pipefail, what explains it would make a success of it."""
    repository.program("cdk", "echo 'CREATE_FAILED | Rollout' >&2; exit 1")
    repository.program("api-platform", f"[ $1 != explain-failure ] || {{ {explains}; }}")
    done = repository.deploy()
    assert done.returncode == 1
    assert done.stdout == "CREATE_FAILED | Rollout\n"
    assert "api-platform verify --against" not in repository.calls


def test_what_the_verification_finds_is_the_exit_code(repository: Repository) -> None:
    repository.program("api-platform", '[ "$1 $2" != "verify --against" ]')
    assert repository.deploy().returncode == 1


def test_yaml_is_applied_and_every_rollout_waited_for_at_once(repository: Repository) -> None:
    done = repository.deploy("--yaml")
    assert done.returncode == 0, done.stderr
    calls = repository.calls
    assert calls[:5] == [
        "api-platform verify --record",
        "kubectl get namespace staging -o name",
        "cdk8s synth",
        "kubectl apply --server-side --force-conflicts -f dist/staging",
        "kubectl get -f dist/staging -o name",
    ]
    assert sorted(calls[5:7]) == [
        f"kubectl rollout status -n staging deployment.apps/{name} --timeout=15m"
        for name in ("api-service", "media-service")
    ]
    assert calls[7:] == ["api-platform verify --against"]


def test_one_rollout_that_fails_is_a_failure_after_the_others_were_waited_for(repository: Repository) -> None:
    status = '[ "$1 $2" = "rollout status" ]'
    fails = f'{status} && case "$*" in *api-service*) exit 1 ;; *) sleep 0.3; echo rolled out ;; esac'
    repository.program("kubectl", f'if [ "$1 $2" = "get -f" ]; then printf %s "{OBJECTS}"; exit 0; fi; {fails} || true')
    done = repository.deploy("--yaml")
    assert (done.returncode, done.stdout) == (1, "rolled out\n")
    assert done.stderr == (
        "api-service in staging did not roll out; the pods from before serve on.\n"
        "  What is wrong:      api-platform doctor -e staging\n"
        "  What its pods say:  kubectl describe -n staging deployment,pods -l app.kubernetes.io/name=api-service\n"
        "  Back:               api-platform rollback SERVICE -e staging, commit, and deploy again\n"
    )
    assert "api-platform verify --against" not in repository.calls


def test_yaml_for_another_cluster_is_not_applied(repository: Repository) -> None:
    repository.program("kubectl", '[ "$1 $2" != "get namespace" ] || { echo NotFound >&2; exit 1; }')
    done = repository.deploy("--yaml")
    assert done.returncode == 2
    assert done.stderr == (
        "kubectl does not speak to the cluster of staging: NotFound. "
        "Run: aws eks update-kubeconfig --name staging-api-platform\n"
    )
    assert not [call for call in repository.calls if "apply" in call]


@pytest.mark.parametrize(
    ("words", "variables", "says"),
    [
        (
            (),
            {"PATH": os.environ["PATH"]},
            "ENVIRONMENT is not set: ENVIRONMENT=staging ./scripts/deploy.sh [--yaml]\n",
        ),
        (("--yml",), None, "deploy.sh does not know: --yml. Write: ENVIRONMENT=staging ./scripts/deploy.sh [--yaml]\n"),
        (("--yaml", "now"), None, "deploy.sh does not know: --yaml now."),
    ],
)
def test_bad_words_are_refused_before_anything_is_called(
    repository: Repository, words: Sequence[str], variables: Mapping[str, str] | None, says: str
) -> None:
    done = repository.deploy(*words, variables=variables)
    assert done.returncode == 2
    assert done.stderr.startswith(says)
    assert repository.calls == []


def test_an_environment_that_is_none_ends_it_with_the_command_s_own_code(repository: Repository) -> None:
    repository.program("api-platform", "exit 2")
    assert (repository.deploy().returncode, repository.calls) == (2, ["api-platform verify --record"])


def test_before_make_setup_the_way_out_is_told(repository: Repository) -> None:
    shutil.rmtree(repository.root / ".venv")
    done = repository.deploy(variables={"ENVIRONMENT": "staging", "PATH": "/usr/bin:/bin"})
    assert (done.returncode, done.stderr) == (2, "api-platform is not installed. Run: make setup\n")


@pytest.mark.parametrize("script", [SCRIPT, SCRIPT.parents[1] / ".ci" / "run"], ids=lambda script: script.name)
def test_shellcheck_finds_nothing(script: Path) -> None:
    if not (shellcheck := shutil.which("shellcheck")):
        if os.environ.get("REQUIRE_SHELLCHECK") == "1":
            pytest.fail(f"REQUIRE_SHELLCHECK=1, but {MISSING}")
        pytest.skip(MISSING)
    done = subprocess.run([shellcheck, str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
