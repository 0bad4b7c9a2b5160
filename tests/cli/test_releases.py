"""`api-platform release`, `promote` and `rollback`: what each writes, and what each refuses and leaves as it was."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from api_platform import cli
from api_platform.cli.releases import print_plan
from api_platform.environment import ENVIRONMENTS, load_environments
from api_platform.errors import InputError
from api_platform.release import edit
from api_platform.services import all_services
from tests.release.committed_file import PERSON, git

FILE = "environments/production.toml"
A, B = "sha256:" + "a" * 64, "sha256:" + "b" * 64
NO_AWS = {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
OF_THE_CALLER = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "AWS_ENDPOINT_URL",
    "ENVIRONMENT",
)


@dataclass(frozen=True)
class Ran:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Clone:
    """A clone with this repository's environment files in it, in which the command is called."""

    root: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    @property
    def file(self) -> Path:
        return self.root / FILE

    def commit(self) -> None:
        git(self.root, "add", "environments")
        git(self.root, "commit", "--quiet", "--message", "Change")

    def replace(self, old: str, new: str) -> None:
        text = self.file.read_text()
        assert old in text
        self.file.write_text(text.replace(old, new, 1))

    def run(self, *words: str) -> Ran:
        self.monkeypatch.setattr("sys.argv", ["api-platform", *words])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return Ran(int(end.value.code or 0), *self.capsys.readouterr())

    def environments(self) -> dict[str, tuple[bool, bytes]]:
        """Return all that the folder of the environment files holds: name -> whether it is a link, and its bytes."""
        found = sorted((self.root / "environments").iterdir())
        return {path.name: (path.is_symlink(), path.read_bytes()) for path in found}


@pytest.fixture(autouse=True)
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Plans are of this repository, not of the clone: the environments for which one was asked."""
    asked: list[str] = []
    monkeypatch.setattr("api_platform.cli.releases.print_plan", asked.append)
    return asked


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Clone:
    shutil.copytree(ENVIRONMENTS, tmp_path / "environments")
    # The default is bound where the function is made; every command calls it without a folder.
    monkeypatch.setattr(load_environments, "__defaults__", (None, None, tmp_path / "environments"))
    monkeypatch.chdir(tmp_path)
    for name in OF_THE_CALLER:
        monkeypatch.delenv(name, raising=False)
    for name, value in {**NO_AWS, **PERSON}.items():
        monkeypatch.setenv(name, value)
    made = Clone(tmp_path, monkeypatch, capsys)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    made.commit()
    return made


def test_a_release_changes_two_lines_and_says_which(clone: Clone) -> None:
    run = clone.run("release", "api-service", "v1.1.0", "--digest", A)
    assert run.code == 0, run.err
    assert run.out == (
        f"{FILE}:28: images.api-service\n"
        "  tag     v1.0.0 -> v1.1.0\n"
        "  digest  sha256:111111111111 -> sha256:aaaaaaaaaaaa\n"
    )
    assert git(clone.root, "diff", "--numstat").split() == ["2", "2", FILE]
    assert f"git diff {FILE}" in run.err


def test_a_promotion_and_a_rollback_go_through_git(clone: Clone) -> None:
    """The whole way of a release: staging, production, and back."""
    assert clone.run("release", "api-service", f"v1.1.0@{A}", "-e", "staging").code == 0
    clone.commit()
    promoted = clone.run("promote", "staging", "production")
    assert promoted.out.count("images.") == 1
    assert "v1.0.0 -> v1.1.0" in promoted.out
    clone.commit()
    back = clone.run("rollback", "api-service")
    assert "v1.1.0 -> v1.0.0" in back.out
    assert "That is what commit" in back.err
    assert git(clone.root, "diff", "--stat", "HEAD~1", "--", FILE) == ""


def test_where_a_rollback_s_release_is_from_is_said_before_the_plan(clone: Clone) -> None:
    """After the plan, which is long, nobody knew what "that" was."""
    clone.run("release", "api-service", "v1.1.0", "--digest", A)
    clone.commit()
    clone.monkeypatch.setattr("api_platform.cli.releases.print_plan", lambda _: print("the plan", file=sys.stderr))
    said = clone.run("rollback", "api-service").err.splitlines()
    assert [line.partition(":")[0].partition(" commit ")[0] for line in said] == [
        "Not committed",
        "That is what",
        "the plan",
    ]


def test_a_second_time_nothing_is_left_to_change(clone: Clone) -> None:
    run = clone.run("release", "api-service", "v1.0.0", "--digest", "sha256:" + "1" * 64)
    assert (run.code, run.out) == (0, "")
    assert "nothing to change: api-service is at v1.0.0 (digest sha256:111111111111)" in run.err


def test_force_names_what_it_writes_over(clone: Clone) -> None:
    clone.replace('tag = "v1.0.0"', 'tag = "v1.0.1-try"')
    run = clone.run("release", "api-service", "v1.1.0", "--digest", A, "--force")
    assert run.code == 0
    assert "images.api-service was at v1.0.1-try (digest sha256:111111111111), and is committed at v1.0.0" in run.err


def test_the_variable_says_where_as_everywhere(clone: Clone) -> None:
    clone.monkeypatch.setenv("ENVIRONMENT", "staging")
    run = clone.run("release", "api-service", "v1.1.0", "--without-digest")
    assert run.out.startswith("environments/staging.toml:")


def _nothing(_: Clone) -> None:
    pass


def _replace(old: str, new: str) -> Callable[[Clone], None]:
    return lambda clone: clone.replace(old, new)


def _link(clone: Clone) -> None:
    (clone.file.parent / "shared.toml").write_bytes(clone.file.read_bytes())
    clone.file.unlink()
    clone.file.symlink_to("shared.toml")
    clone.commit()


def _no_clone(clone: Clone) -> None:
    (clone.root / ".git").rename(clone.root / "git-elsewhere")


def _shallow(clone: Clone) -> None:
    folder = clone.root
    git(folder, "clone", "--quiet", "--depth=1", f"file://{folder}", "shallow")
    (folder / ".git").rename(folder / "git-elsewhere")
    (folder / "shallow" / ".git").rename(folder / ".git")


def _own_image(clone: Clone) -> None:
    """The service's image stands in its spec, and besides in production's file alone."""
    services = all_services(*load_environments("production"))
    clone.monkeypatch.setattr(edit, "all_services", lambda _: services)
    staging = clone.root / "environments/staging.toml"
    head, _, rest = staging.read_text().partition("[images.api-service]")
    staging.write_text(head + rest[rest.index("[images.") :])
    clone.commit()


@dataclass(frozen=True)
class Refused:
    """Words that are refused, after something was done to the clone; and what the message must say."""

    what: str
    words: str
    says: tuple[str, ...]
    before: Callable[[Clone], None] = _nothing
    variables: dict[str, str] = field(default_factory=dict)


RELEASE = f"release api-service v1.1.0 --digest {A}"
REFUSED = (
    Refused("no valid tag", f"release api-service v1/2 --digest {A}", ("'v1/2' is not an image tag", "v1.2.3")),
    Refused("an empty tag", "release api-service  --without-digest", ("'' is not an image tag",)),
    Refused("latest", "release api-service latest --without-digest", ("'latest' names no release", "v1.2.3")),
    Refused("no valid digest", "release api-service v1 --digest sha256:1", ("'sha256:1' is not a digest", "64")),
    Refused("two digests", f"release api-service v1@{A} --digest {B}", ("Give it once",)),
    Refused("a digest and none", f"{RELEASE} --without-digest", ("exclude each other",)),
    Refused(
        "a tag without digest",
        "release api-service v1.1.0",
        ("api-service:v1.1.0", "no AWS credentials", "--digest sha256:", "--without-digest"),
    ),
    Refused(
        "a tag without digest in a registry that is not ECR",
        "release api-service v1.1.0",
        ("registry.example/api-service:v1.1.0", "only ECR can be asked", "--digest sha256:", "--without-digest"),
        _replace("333333333333.dkr.ecr.eu-west-1.amazonaws.com/api-service", "registry.example/api-service"),
    ),
    Refused("an unknown service", f"release api-servce v1 --digest {A}", ("'api-servce'", "'api-service'")),
    Refused("an unknown environment", f"{RELEASE} -e prod", ("environment 'prod' does not exist", "production")),
    Refused("a promotion to itself", "promote staging staging", ("staging cannot be promoted to itself",)),
    Refused("a promotion to an unknown environment", "promote staging prod", ("environment 'prod' does not exist",)),
    Refused("a promotion of an unknown service", "promote staging production api-servce", ("'api-servce'",)),
    Refused(
        "a promotion from an environment that lacks the service",
        "promote staging production api-service",
        ("environments/staging.toml", "has no table [images.api-service]", "stands in the service's spec"),
        _own_image,
    ),
    Refused(
        "a promotion to an environment that lacks the service",
        "promote production staging",
        ("environments/staging.toml", "has no table [images.api-service]"),
        _own_image,
    ),
    Refused(
        "a rollback without an earlier release",
        "rollback api-service",
        (FILE, "no other release of api-service than v1.0.0", "api-platform release api-service TAG -e production"),
    ),
    Refused("a rollback in a shallow clone", "rollback api-service", ("shallow", "git fetch --unshallow"), _shallow),
    Refused(
        "a rollback outside of git",
        "rollback api-service",
        ("not a git repository", "api-platform release api-service TAG"),
        _no_clone,
        {"GIT_CEILING_DIRECTORIES": "/"},
    ),
    Refused(
        "a rollback without git",
        "rollback api-service",
        ("git is not on PATH", "api-platform release api-service TAG"),
        variables={"PATH": "/nowhere"},
    ),
    Refused(
        "uncommitted edits",
        RELEASE,
        (f"{FILE}: has edits that are not committed", f"git diff {FILE}", "--force"),
        _replace("maximum = 60", "maximum = 61"),
    ),
    Refused(
        "uncommitted edits under a promotion",
        "promote staging production",
        ("has edits that are not committed", "--force"),
        _replace('tag = "v1.0.0"', 'tag = "v1.0.1"'),
    ),
    Refused("no TOML", RELEASE, (f"{FILE}:", "is not valid TOML"), _replace("domain =", "domain")),
    Refused("a file that is not there", RELEASE, (FILE, "cannot be read"), lambda clone: clone.file.unlink()),
    Refused("a link", RELEASE, (f"{FILE}: is a link to shared.toml", "links are not edited"), _link),
)


@pytest.mark.parametrize("refused", REFUSED, ids=lambda refused: refused.what)
def test_bad_input_gets_one_message_and_changes_nothing(refused: Refused, clone: Clone) -> None:
    refused.before(clone)
    for name, value in refused.variables.items():
        clone.monkeypatch.setenv(name, value)
    before = clone.environments()
    run = clone.run(*refused.words.split(" "))
    assert run.code == 2, run.err
    missing = [words for words in refused.says if words not in run.err]
    assert not missing, f"the message lacks {missing}:\n{run.err}"
    assert len(run.err.splitlines()) == 1, run.err
    assert run.out == ""
    assert clone.environments() == before


def test_after_an_edit_its_plan_is_printed_and_without_one_none(clone: Clone, planned: list[str]) -> None:
    assert clone.run("release", "api-service", "v2.0.0", "--digest", A).code == 0
    assert planned == ["production"]
    assert clone.run("release", "api-service", "v2.0.0", "--digest", A, "--force").code == 0
    assert planned == ["production"]


def test_where_no_plan_can_be_made_the_reason_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is written by then: a failure would say that it is not."""

    def refuse(*_: object, **__: object) -> int:
        raise InputError("there is no git.")

    monkeypatch.setattr("api_platform.cli.releases.plan_command", refuse)
    print_plan("production")
    assert capsys.readouterr().err == "There is no plan to show: there is no git.\n"
