"""`api-platform plan` as people type it, in a copy of the repository under git."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api_platform.cli import app
from api_platform.cli.plan import plan_command
from api_platform.errors import InputError
from api_platform.plan.aws_changes import AwsChange, AwsChanges, Impact
from api_platform.plan.changes import DeployChanges
from api_platform.plan.deploy_plan import DeployPlan
from api_platform.plan.fields import FieldChange
from api_platform.plan.planning import PlanRequest
from api_platform.plan.states import DeployState
from tests.copied_repository import ROOT, CopiedRepository
from tests.plan.sides import Sides

COMMAND = import_module("api_platform.cli.plan")
"""The module: a command of the same name hides it."""
API = "constructs/api_platform/services/api_service.py"


def plans(sides: Sides) -> list[DeployPlan]:
    return [DeployPlan.of("production", "HEAD", sides.changes())]


@pytest.mark.parametrize(("detailed", "code"), [(False, 0), (True, 4)])
def test_only_the_detailed_exit_code_is_not_zero(monkeypatch: pytest.MonkeyPatch, detailed: bool, code: int) -> None:
    """CDK had to take a non-zero default back: it broke everybody's scripts."""
    sides = Sides()
    sides.after.one("Deployment", "orders")["spec"]["selector"] = {}
    monkeypatch.setattr(COMMAND, "make_plans", lambda _: plans(sides))
    assert plan_command(PlanRequest(), "json", detailed_exit_code=detailed, unprotect=False) == code


@pytest.mark.parametrize("unprotect", [False, True])
def test_protection_is_turned_off_only_where_somebody_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], unprotect: bool
) -> None:
    """The pipeline's plan stops there: nobody reads the tenth plan of a day to its end."""
    off = FieldChange(("DeletionProtection",), True, False)
    cluster = AwsChange("production/cluster", "Eks", "AWS::EKS::Cluster", Impact.UPDATE, (off,))
    nothing = DeployState({})
    changes = DeployChanges(nothing, nothing, (), AwsChanges((cluster,)))
    monkeypatch.setattr(COMMAND, "make_plans", lambda _: [DeployPlan.of("production", "HEAD", changes)])
    if unprotect:
        assert plan_command(PlanRequest(), "markdown", detailed_exit_code=False, unprotect=True) == 0
    else:
        with pytest.raises(InputError, match="AWS::EKS::Cluster Eks: DeletionProtection is turned off"):
            plan_command(PlanRequest(), "markdown", detailed_exit_code=False, unprotect=False)
    assert "weakens security: 1" in capsys.readouterr().out


def test_a_missing_package_is_named_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: PlanRequest) -> list[DeployPlan]:
        raise ModuleNotFoundError("No module named 'deepdiff'", name="deepdiff")

    monkeypatch.setattr(COMMAND, "make_plans", fail)
    with pytest.raises(InputError, match=r"deepdiff.*make setup"):
        plan_command(PlanRequest(), "terminal", detailed_exit_code=False, unprotect=False)


def test_an_unknown_format_is_refused() -> None:
    result = CliRunner().invoke(app, ["plan", "--format", "jsno"])
    assert isinstance(result.exception, InputError)
    assert "Did you mean 'json'" in str(result.exception)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> CopiedRepository:
    """Return a copy of the repository as one commit."""
    root = tmp_path_factory.mktemp("repository")
    copied = CopiedRepository.make(root)
    (root / "requirements").mkdir()
    (root / "requirements" / "run.txt").write_bytes((ROOT / "requirements" / "run.txt").read_bytes())
    (root / ".gitignore").write_text("dist/\n.cache/\n__pycache__/\nnode_modules\n")
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "all"]):
        git(root, *words)
    return copied


def git(root: Path, *words: str) -> None:
    who = ("-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=root, check=True)


def run(repository: CopiedRepository, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "api_platform.cli", "plan", "--environment", "development", *words]
    variables = repository.variables() | {"COLUMNS": "200"}
    return subprocess.run(command, cwd=repository.root, env=variables, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_from_nothing_to_a_change_and_back(repository: CopiedRepository) -> None:
    done = run(repository, "--detailed-exit-code")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("development against HEAD (")
    assert done.stdout.endswith("): nothing changes.\n")
    repository.replace(API, "development=4, staging=12", "development=5, staging=12")
    try:
        done = run(repository, "--detailed-exit-code", "--format", "json")
        (plan,) = json.loads(done.stdout)["plans"]
        assert done.returncode == 3, done.stderr
        assert [(one["kind"], one["name"]) for one in plan["objects"]] == [
            ("ResourceQuota", "services"),
            ("HorizontalPodAutoscaler", "api-service"),
        ]
        assert [risk["value"] for risk in plan["risks"]] == ["maximum 4 → 5"]
    finally:
        git(repository.root, "checkout", "--quiet", API)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--against", "nowhere"), "there is no such commit, branch or tag here"),
        (("--assembly", "dist"), "is no cloud assembly"),
        (("--environment", "prod"), "Did you mean 'production'"),
    ],
)
def test_bad_words_are_refused_in_one_message(repository: CopiedRepository, words: tuple[str, ...], says: str) -> None:
    done = run(repository, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_working_tree_that_is_refused_says_where(repository: CopiedRepository) -> None:
    repository.replace("environments/development.toml", "domain =", "domian =")
    try:
        done = run(repository)
        assert (done.returncode, done.stdout) == (2, "")
        assert "environments/development.toml:" in done.stderr
        assert "Traceback" not in done.stderr
    finally:
        git(repository.root, "checkout", "--quiet", "environments")
