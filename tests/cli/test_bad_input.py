"""Whatever a person writes wrong, each of the three commands says so once, clearly, and leaves `dist/` as it was."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.copied_repository import COMMANDS, Command, CopiedRepository

pytestmark = pytest.mark.slow

PRODUCTION = "environments/production.toml"
API = "constructs/api_platform/services/api_service.py"
WORKER = "constructs/api_platform/services/worker_service.py"
SERVICES = "constructs/api_platform/services/__init__.py"


@dataclass(frozen=True)
class BadInput:
    """One mistake, and the words that the message must have: what, where, and the way out."""

    what: str
    make: Callable[[CopiedRepository], None]
    says: tuple[str, ...]


def _edit(file: str, old: str, new: str, count: int = 1) -> Callable[[CopiedRepository], None]:
    return lambda repository: repository.replace(file, old, new, count)


def _append(file: str, text: str) -> Callable[[CopiedRepository], None]:
    def make(repository: CopiedRepository) -> None:
        path = repository.root / file
        path.write_text(path.read_text() + text)

    return make


def _replace_by_folder(repository: CopiedRepository) -> None:
    (repository.root / PRODUCTION).unlink()
    (repository.root / PRODUCTION).mkdir()


BAD_INPUTS = (
    BadInput(
        "an unknown key",
        _edit(PRODUCTION, "domain =", "domian ="),
        (f"{PRODUCTION}:", "domian", "not a known key", "'domain'"),
    ),
    BadInput("a wrong type", _edit(PRODUCTION, "minimum = 6", 'minimum = "six"'), (PRODUCTION, "minimum", "integer")),
    BadInput("a missing key", _edit(PRODUCTION, 'region = "eu-west-1"\n', ""), (PRODUCTION, "region", "missing")),
    BadInput(
        "the tag latest", _edit(PRODUCTION, 'tag = "v1.0.0"', 'tag = "latest"'), (PRODUCTION, "tag", "latest", "v1.2.3")
    ),
    BadInput("an empty tag", _edit(PRODUCTION, 'tag = "v1.0.0"', 'tag = ""'), (PRODUCTION, "tag", "v1.2.3")),
    BadInput(
        "a minimum above the maximum",
        _append(PRODUCTION, "\n[replicas.api-service]\nmaximum = 2\n"),
        ("api_service.py", "minimum 3", "maximum 2", "[replicas]"),
    ),
    BadInput(
        "a budget that can never be met",
        _edit(API, "staging=2, production=2))", "staging=9, production=9))"),
        ("api-service", "budget", "9 pods"),
    ),
    BadInput(
        "a call to an unknown service",
        _edit(API, 'calls=("media-service",)', 'calls=("media-servise",)'),
        ("api-service", "media-servise", "Did you mean 'media-service'?"),
    ),
    BadInput(
        "a timeout longer than the grace period",
        _edit(API, 'calls=("media-service",)', 'grace_period_seconds=20, calls=("media-service",)'),
        ("api-service", "20", "grace"),
    ),
    BadInput(
        "two services of one name",
        _edit(SERVICES, "    api_service,\n", "    api_service,\n    api_service,\n"),
        ("api-service", "name"),
    ),
    BadInput(
        "a name of 64 characters",
        _edit(WORKER, 'name="data-export"', f'name="{"x" * 64}"'),
        ("x" * 64, "63"),
    ),
    BadInput(
        "an account that is not twelve digits",
        _edit(PRODUCTION, '"333333333333"', '"3333"'),
        (f"{PRODUCTION}:", "account", "'3333'", "twelve digits"),
    ),
    BadInput(
        "a zone outside the region",
        _edit(PRODUCTION, '"eu-west-1c"]', '"us-east-1c"]'),
        (PRODUCTION, "us-east-1c", "eu-west-1"),
    ),
    BadInput("broken TOML", _edit(PRODUCTION, "domain =", "domain"), (PRODUCTION, "TOML", "line")),
    BadInput("an unreadable file", _replace_by_folder, (PRODUCTION, "cannot be read")),
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("bad", BAD_INPUTS, ids=lambda bad: bad.what)
def test_bad_input_gets_one_clear_message_and_changes_nothing(bad: BadInput, command: Command, tmp_path: Path) -> None:
    repository = CopiedRepository.make(tmp_path)
    bad.make(repository)
    _assert_refused(repository, command, bad.says)


@pytest.mark.parametrize("command", COMMANDS)
def test_an_environment_that_does_not_exist_is_refused(command: Command, tmp_path: Path) -> None:
    says = ("'prodution'", "Did you mean 'production'?")
    _assert_refused(CopiedRepository.make(tmp_path), command, says, variables={"ENVIRONMENT": "prodution"})


@pytest.mark.parametrize(
    ("command", "arguments", "variables"),
    [
        ("api-platform", ("--set", "api-servise.image.tag=v2"), {}),
        ("cdk8s", (), {"API_PLATFORM_SET": "api-servise.image.tag=v2"}),
        ("cdk", ("-c", "api-servise.image.tag=v2"), {}),
    ],
)
def test_a_tag_for_a_service_that_does_not_exist_is_refused(
    command: Command, arguments: tuple[str, ...], variables: dict[str, str], tmp_path: Path
) -> None:
    says = ("'api-servise'", "Did you mean 'api-service'?")
    _assert_refused(CopiedRepository.make(tmp_path), command, says, *arguments, variables=variables)


def _assert_refused(
    repository: CopiedRepository,
    command: Command,
    says: tuple[str, ...],
    *arguments: str,
    variables: dict[str, str] | None = None,
) -> None:
    before = repository.outputs()
    run = repository.run(command, *arguments, variables=variables)
    assert run.returncode == (2 if command == "api-platform" else 1), run.stderr
    assert "Traceback (most recent call last)" not in run.stderr
    missing = [words for words in says if words not in run.stderr]
    assert not missing, f"the message lacks {missing}:\n{run.stderr}"
    lines = run.stderr.splitlines()
    assert len(set(lines)) == len(lines), f"said more than once:\n{run.stderr}"
    assert repository.outputs() == before
