"""The words of `api-platform twin`: the twin's own, and this platform's."""

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from api_platform.cli.explain_failure import explanations
from api_platform.proof.extension import NAME
from api_platform.proof.project import HOME, check_input, project
from eks_twin import cli
from eks_twin.binaries import shown_steps
from eks_twin.cli.commands import say, up_command
from eks_twin.errors import COMMAND_VARIABLE, TwinError
from eks_twin.home import Home
from eks_twin.up import Wanted

COMMAND = "api-platform twin"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="The whole platform on this machine, without an AWS account: see docs/twin.md.",
)


@app.command("up")
def up(
    environment: Annotated[
        str, typer.Option("--environment", "-e", envvar="ENVIRONMENT", metavar="NAME", help="What to deploy, or `all`.")
    ] = "production",
    context: Annotated[
        list[str] | None,
        typer.Option(
            "--context",
            "-c",
            metavar="KEY=VALUE",
            help="SERVICE.image.tag=TAG, or rollout-wait-seconds=60; as cdk takes it.",
        ),
    ] = None,
    keda: Annotated[
        bool | None,
        typer.Option("--keda/--no-keda", help="Run KEDA, and build it if need be. Default: if it is built already."),
    ] = None,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", help="For the workloads to be Ready.")] = 180.0,
    home: cli.Folder = HOME.folder,
) -> None:
    """Deploy an environment by the real CDK CLI, from nothing or onto what is there, until all is Ready."""
    chosen, settings = None if environment == "all" else environment, tuple(context or ())
    check_input(chosen, settings)
    try:
        up_command(Home(home.resolve()), Wanted(project(chosen), settings, NAME, keda, timeout))
    except TwinError as error:
        raise TwinError("\n".join([str(error), *explanations(str(error).splitlines())])) from error


for word in (cli.status, cli.logs, cli.kubeconfig, cli.env, cli.binaries, cli.down):
    app.command(word.__name__)(word)


@app.command("proof")
def proof(
    scenarios: Annotated[list[str] | None, typer.Argument(metavar="[SCENARIO]...", help="Default: all.")] = None,
    short: Annotated[
        bool, typer.Option("--short", help="The short form of each; the page says what it leaves out.")
    ] = False,
) -> None:
    """Run the scenarios on a twin of their own and write dist/proof/index.html. Exits 1 where one fails."""
    from api_platform.proof.prove import prove  # brings the stacks along, and with them the CDK

    with shown_steps() as steps:
        raise typer.Exit(prove(scenarios or [], say=say, steps=steps, short=short))


@app.command("analyze")
def analyze() -> None:
    """Have Istio's analyzers read every environment's objects. Needs no twin; builds istioctl once. Exits 1 on any."""
    from api_platform.proof.analyze import analyze_environments  # brings the stacks along, and with them the CDK

    with shown_steps() as steps:
        raise typer.Exit(analyze_environments(steps))


def run(words: Sequence[str]) -> int:
    """Do what the words say; return the exit code."""
    os.environ.setdefault(COMMAND_VARIABLE, COMMAND)
    os.environ.setdefault(cli.HOME_VARIABLE, str(HOME.folder))
    os.environ.setdefault(cli.EXTENSION_VARIABLE, NAME)
    return cli.exit_code(lambda: app(list(words), prog_name=COMMAND))
