"""The `eks-twin` command: what it prints for people, what for a shell, and how it refuses."""

import json
from pathlib import Path

import pytest

from eks_twin import cli
from eks_twin.app import App, AppStack, ClusterName, Place
from eks_twin.deployment.project import Project
from eks_twin.errors import InputError, TwinError
from eks_twin.home import Home
from eks_twin.twin import Twin, open_twin

PLACE = Place("333333333333", "eu-west-1")
STACK = AppStack("production/api", "production-api", PLACE, Path("api.template.json"))


def run(*words: str) -> int:
    try:
        return cli.exit_code(lambda: cli.app(list(words), prog_name="eks-twin"))
    except SystemExit as end:
        return int(end.code or 0)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A twin that holds one app, with one cluster. Nothing of it runs."""
    home = Home(tmp_path / "twin")
    home.make()
    home.of_cluster(ClusterName(PLACE, "one")).make()
    Twin(home, Project(tmp_path), 1234).holding(Project(tmp_path), App((STACK,)))
    return home


def test_a_log_that_there_is_not_is_refused_with_those_that_there_are(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    (home.logs / "aws.log").write_text("one\ntwo\nthree\n")
    (home.of_cluster(home.clusters[0]).logs / "etcd.log").touch()
    assert run("logs", "etc", "--home", str(home.folder)) == 2
    assert "Known: aws, one/etcd." in capsys.readouterr().err
    assert run("logs", "--home", str(home.folder)) == 0
    assert capsys.readouterr().out == "aws\none/etcd\n"
    assert run("logs", "aws", "-n", "2", "--home", str(home.folder)) == 0
    assert capsys.readouterr().out == "two\nthree\n"


def test_the_environment_of_a_shell_points_at_the_twin_alone(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A profile of the caller's own would win over the keys, and `cdk deploy` would go to the real account."""
    assert run("env", "--home", str(home.folder)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "unset AWS_PROFILE" in lines[0]
    assert "export AWS_ENDPOINT_URL=http://localhost:1234" in lines
    assert any(line.startswith("export KUBECONFIG=") and line.endswith("/one/kubeconfig") for line in lines)


def test_an_account_that_the_app_has_not_is_refused(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("env", "--account", "1", "--home", str(home.folder)) == 2
    assert "Known: 333333333333." in capsys.readouterr().err


def test_one_of_several_clusters_must_be_named(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    home.of_cluster(ClusterName(PLACE, "two")).make()
    assert run("kubeconfig", "--home", str(home.folder)) == 2
    assert "more than one cluster" in capsys.readouterr().err
    assert run("kubeconfig", "two", "--home", str(home.folder)) == 0
    assert capsys.readouterr().out.strip().endswith("/two/kubeconfig")


def test_what_cannot_be_built_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("binaries", "etdc") == 2
    assert "'etdc'. Known: kubernetes, etcd, kwok, keda." in capsys.readouterr().err


@pytest.mark.parametrize("name", ["nowhere:THING", "eks_twin.app:THING", "eks_twin.app:App"])
def test_an_extension_that_is_none_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("binaries", "--extension", name) == 2
    assert f"extension '{name}'" in capsys.readouterr().err


@pytest.mark.parametrize(("error", "code"), [(InputError("wrong"), 2), (TwinError("failed"), 1)])
def test_a_failure_is_told_without_a_traceback(error: Exception, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise error

    assert (cli.exit_code(fail), capsys.readouterr().err) == (code, f"{error}\n")


def test_what_a_twin_holds_grows_with_each_app(home: Home, tmp_path: Path) -> None:
    """`status` would have shown the stacks of the last app alone."""
    other = AppStack("staging/api", "staging-api", Place("222222222222", "eu-west-1"), Path("other"))
    open_twin(home).holding(Project(tmp_path), App((other,)))
    assert [place.account for place in open_twin(home).places] == ["222222222222", "333333333333"]
    assert json.loads((home.folder / "deployment.json").read_text())["port"] == 1234
