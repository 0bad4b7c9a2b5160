"""`api-platform twin`: its words. What they do is imported when it is asked for."""

from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from api_platform.errors import InputError

twin = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The whole platform on this machine, without an AWS account: see docs/twin.md.",
)

Folder = Annotated[
    Path | None,
    typer.Option("--home", envvar="TWIN_HOME", metavar="FOLDER", help="The twin's one folder. Default: .twin"),
]


@twin.command()
def up(
    environment: Annotated[
        str, typer.Option("--environment", "-e", envvar="ENVIRONMENT", metavar="NAME", help="What to deploy.")
    ] = "production",
    context: Annotated[
        list[str] | None,
        typer.Option("--context", "-c", metavar="SERVICE.image.tag=TAG", help="An image tag, as cdk takes it."),
    ] = None,
    keda: Annotated[
        bool | None,
        typer.Option("--keda/--no-keda", help="Run KEDA, and build it if need be. Default: if it is built already."),
    ] = None,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", help="For the workloads to be Ready.")] = 180.0,
    home: Folder = None,
) -> None:
    """Deploy an environment by the real CDK CLI, from nothing or onto what is there, until all is Ready."""
    commands = _commands()
    commands.up_command(home, commands.Wanted(environment, tuple(context or ()), keda, timeout))


@twin.command()
def status(home: Folder = None) -> None:
    """Show programs, stacks and workloads. Exits 1 where one is not as it should be."""
    raise typer.Exit(_commands().status_command(home))


@twin.command()
def logs(
    program: Annotated[str | None, typer.Argument(metavar="[PROGRAM]", help="E.g. aws. Default: list them.")] = None,
    lines: Annotated[int, typer.Option("--lines", "-n", min=1, help="How many from the end.")] = 50,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on as it grows.")] = False,
    home: Folder = None,
) -> None:
    """Print the end of a program's log."""
    _commands().logs_command(home, program, lines, following=follow)


@twin.command()
def kubeconfig(home: Folder = None) -> None:
    """Print the path of the twin's kubeconfig, and nothing else: export KUBECONFIG=$(api-platform twin kubeconfig)."""
    _commands().kubeconfig_command(home)


@twin.command()
def proof(
    scenarios: Annotated[list[str] | None, typer.Argument(metavar="[SCENARIO]...", help="Default: all.")] = None,
) -> None:
    """Run the scenarios on a twin of their own and write dist/proof/index.html. Exits 1 where one fails."""
    raise typer.Exit(_commands().proof_command(scenarios or []))


@twin.command()
def down(home: Folder = None) -> None:
    """End the twin, and remove all that it left; what a crashed one left, too."""
    _commands().down_command(home)


def _commands() -> ModuleType:
    """Return what the words do. Raises InputError where `make synth` alone has set this environment up."""
    try:
        from api_platform.cli import twin_commands
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("api_platform"):
            raise
        raise InputError(f"the twin needs more packages than are installed ({error.name}). Run: make deploy") from None
    return twin_commands
