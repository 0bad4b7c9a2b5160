"""Every command of every runbook is one that its program takes: at three in the morning nobody can look it up."""

import os
import subprocess
from pathlib import Path

import botocore.session
import pytest
import typer
from botocore.model import ServiceModel, Shape
from click.exceptions import UsageError

from api_platform.cli import app
from api_platform.proof.istio import ISTIO
from eks_twin.binaries import Binaries
from tests.built_programs import built
from tests.runbooks.commands import PageCommand, commands, lines, pages, places, resolved
from tests.runbooks.kubernetes_api import served_api

ROOT = Path(__file__).resolve().parents[2]
KUBECTL = ROOT / ".venv" / "bin" / "kubectl"
PROGRAMS = ("api-platform", "aws", "istioctl", "kubectl")
TAKEN = "rror from server (NotFound)"
"""What kubectl says at the end of a command that it understood, where no object is there."""


@pytest.fixture(scope="session")
def istioctl() -> Binaries:
    """Return istioctl. See `left_out`."""
    return built([ISTIO])


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_every_line_is_a_command_of_a_program_that_is_checked_here(page: Path) -> None:
    programs = {line.split()[0] for line in lines(page) if "=" not in line.split()[0]}
    assert programs <= set(PROGRAMS)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_every_line_has_all_its_names_somewhere(page: Path) -> None:
    """A variable that is set nowhere is an empty word to a shell: of all, not of one."""
    unset = [line for line in lines(page) if all("$" in resolved(line, place) for place in places(page))]
    assert unset == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_the_first_command_is_the_one_that_looks_at_all_of_it(page: Path) -> None:
    first = next(line for line in lines(page) if "=" not in line.split()[0])
    about = " $service" if any("service" in place for place in places(page)) else ""  # else about the ground
    assert first == f"api-platform doctor{about} -e $environment"


def own_commands() -> list[object]:
    found = {command.words[1]: command for command in commands("api-platform")}
    return [pytest.param(command, id=name) for name, command in found.items()]


@pytest.mark.parametrize("command", own_commands())
def test_our_own_command_takes_it(command: PageCommand) -> None:
    program = typer.main.get_command(app)
    name, *words = command.words[1:]
    with program.make_context("api-platform", [name, *words], resilient_parsing=True) as context:
        found = program.get_command(context, name)  # type: ignore[attr-defined]
        assert found is not None
        try:
            found.make_context(name, words, parent=context)
        except UsageError as error:
            pytest.fail(error.format_message())


@pytest.mark.slow
def test_kubectl_takes_it(tmp_path: Path) -> None:
    if not KUBECTL.exists():
        pytest.skip("there is no .venv/bin/kubectl on this platform")
    with served_api() as url:
        said = {command: kubectl(command, url, tmp_path) for command in one_of_each("kubectl")}
    assert {str(command): text for command, text in said.items() if TAKEN not in text} == {}
    assert len(said) > 15


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    ["get hpaa -n production x", "get pods --wrong", "rollout staus x", "logs -n production", "top pods a b"],
)
def test_what_kubectl_does_not_take_is_noticed(words: str, tmp_path: Path) -> None:
    with served_api() as url:
        said = kubectl(PageCommand(("kubectl", *words.split()), words, "here"), url, tmp_path)
    assert TAKEN not in said


@pytest.mark.slow
def test_istioctl_takes_it(istioctl: Binaries) -> None:
    program = istioctl["istioctl"]
    found = one_of_each("istioctl")
    assert len(found) == 6
    assert {str(command): text for command in found if (text := istioctl_says(program, command))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("words", ["proxy-stauts", "proxy-config endpoind deployment/x", "analyze --wrong"])
def test_what_istioctl_does_not_take_is_noticed(words: str, istioctl: Binaries) -> None:
    assert istioctl_says(istioctl["istioctl"], PageCommand(("istioctl", *words.split()), words, "here"))


@pytest.mark.parametrize("command", commands("aws"), ids=str)
def test_aws_takes_it(command: PageCommand) -> None:
    assert aws_problems(command.words) == []


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("sqs purge-queues --queue-url x", "no operation PurgeQueues"),
        ("sqs purge-queue --queue x", "no parameter Queue"),
        ("sqs purge-queue", "QueueUrl is missing"),
        ("sqs get-queue-attributes --queue-url x --attribute-names Age", "'Age' is none of AttributeNames"),
    ],
)
def test_what_aws_does_not_take_is_noticed(words: str, problem: str) -> None:
    assert aws_problems(("aws", *words.split())) == [problem]


def one_of_each(program: str) -> list[PageCommand]:
    """Return one command of each line: to a parser, names are alike."""
    return list({one.line: one for one in commands(program)}.values())


def kubectl(command: PageCommand, url: str, folder: Path) -> str:
    """Return what kubectl says of the command, before an API that holds no object."""
    done = subprocess.run(
        [KUBECTL, f"--server={url}", f"--cache-dir={folder}", *command.words[1:]],
        env={"HOME": str(folder), "PATH": os.defpath},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.stderr


def istioctl_says(program: Path, command: PageCommand) -> str:
    """Return what istioctl has against the words; nothing where it takes them. It only parses, since help is asked."""
    done = subprocess.run(
        [program, *command.words[1:], "--help"], capture_output=True, text=True, timeout=30, check=False
    )
    usage = done.stdout.partition("Usage:\n  ")[2].partition("\n")[0].split()
    called = [word for word in usage if word[0] not in "[<"]
    # Of a command that it does not know, istioctl shows the help of the one above.
    understood = "[command]" not in usage and list(command.words[: len(called)]) == called
    return "" if understood and not done.returncode else f"{done.stderr}usage: {usage}"


def aws_problems(words: tuple[str, ...]) -> list[str]:
    """Return what the service's own model has against the command."""
    _, service, operation, *rest = words
    model = botocore.session.get_session().get_service_model(service)
    name = pascal(operation)
    if name not in model.operation_names:
        return [f"no operation {name}"]
    return list(parameter_problems(model, name, rest))


def parameter_problems(model: ServiceModel, operation: str, words: list[str]) -> list[str]:
    shape = model.operation_model(operation).input_shape
    given: dict[str, list[str]] = {}
    for word in words:
        if word.startswith("--"):
            given[pascal(word.removeprefix("--"))] = values = []
        else:
            values.append(word)
    given.pop("Region", None)  # the CLI's own
    unknown = [f"no parameter {name}" for name in given if name not in shape.members]
    if unknown:
        return unknown
    missing = [f"{name} is missing" for name in shape.required_members if name not in given]
    wrong = [
        f"{value!r} is none of {name}"
        for name, values in given.items()
        for value in values
        if (allowed := choices(shape.members[name])) and value not in allowed
    ]
    return missing + wrong


def choices(shape: Shape) -> list[str]:
    element = shape.member if shape.type_name == "list" else shape
    return list(getattr(element, "enum", []))


def pascal(word: str) -> str:
    return "".join(part.capitalize() for part in word.split("-"))
