"""The `eks-twin` command."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from eks_twin.cli import commands
from eks_twin.deployment.project import Project
from eks_twin.errors import InputError, TwinError
from eks_twin.extension import load_extension
from eks_twin.home import DEFAULT, Home
from eks_twin.up import Wanted

HOME_VARIABLE = "EKS_TWIN_HOME"
EXTENSION_VARIABLE = "EKS_TWIN_EXTENSION"
"""Environment variables that stand for the options `--home` and `--extension`."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="A CDK app with EKS clusters on this machine, without an AWS account.",
)

Folder = Annotated[
    Path, typer.Option("--home", envvar=HOME_VARIABLE, metavar="FOLDER", help="The twin's one folder. Default: .twin")
]
ExtensionName = Annotated[
    str, typer.Option(envvar=EXTENSION_VARIABLE, metavar="MODULE:NAME", help="What the app adds to the twin.")
]
HERE = Path(DEFAULT)


@app.command("up")
def up(
    app_command: Annotated[
        str | None, typer.Option("--app", "-a", metavar="COMMAND", help="As cdk takes it. Default: cdk.json's.")
    ] = None,
    stacks: Annotated[
        list[str] | None, typer.Option(metavar="PATTERN", help="E.g. 'production/*'. Default: all stacks.")
    ] = None,
    context: Annotated[
        list[str] | None, typer.Option("--context", "-c", metavar="KEY=VALUE", help="As cdk takes it.")
    ] = None,
    natives: Annotated[
        bool | None,
        typer.Option("--keda/--no-keda", help="Run KEDA, and build it if need be. Default: if it is built already."),
    ] = None,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", help="For the workloads to be Ready.")] = 180.0,
    extension: ExtensionName = "",
    home: Folder = HERE,
) -> None:
    """Deploy the app in this folder by the real CDK CLI, from nothing or onto what is there, until all is Ready."""
    project = Project(Path.cwd(), app_command, tuple(stacks or ("**",)))
    wanted = Wanted(project, tuple(context or ()), extension, natives, timeout)
    commands.up_command(_at(home), wanted)


@app.command("status")
def status(home: Folder = HERE) -> None:
    """Show programs, stacks and workloads. Exits 1 where one is not as it should be."""
    raise typer.Exit(commands.status_command(_at(home)))


@app.command("logs")
def logs(
    program: Annotated[str | None, typer.Argument(metavar="[PROGRAM]", help="E.g. aws. Default: list them.")] = None,
    lines: Annotated[int, typer.Option("--lines", "-n", min=1, help="How many from the end.")] = 50,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on as it grows.")] = False,
    home: Folder = HERE,
) -> None:
    """Print the end of a program's log."""
    commands.logs_command(_at(home), program, lines, following=follow)


@app.command("kubeconfig")
def kubeconfig(
    cluster: Annotated[str | None, typer.Argument(metavar="[CLUSTER]", help="Default: the only one.")] = None,
    home: Folder = HERE,
) -> None:
    """Print the path of a cluster's kubeconfig, and nothing else: export KUBECONFIG=$(eks-twin kubeconfig)."""
    commands.kubeconfig_command(_at(home), cluster)


@app.command("env")
def env(
    account: Annotated[str | None, typer.Option(metavar="NUMBER", help="As whom. Default: the app's first.")] = None,
    home: Folder = HERE,
) -> None:
    """Print what a shell needs so that a plain `cdk deploy` goes to the twin: eval "$(eks-twin env)"."""
    commands.env_command(_at(home), account)


@app.command("binaries")
def binaries(
    names: Annotated[list[str] | None, typer.Argument(metavar="[FAMILY]...", help="Default: all.")] = None,
    extension: ExtensionName = "",
) -> None:
    """Build the programs that the twin runs, and print where each lies."""
    commands.binaries_command(load_extension(extension), names or [])


@app.command("down")
def down(home: Folder = HERE) -> None:
    """End the twin, and remove all that it left; what a crashed one left, too."""
    commands.down_command(_at(home))


def main() -> None:
    """Run the command. Exits 0 when all is well, 1 where the twin fails, 2 on bad input."""
    sys.exit(exit_code(lambda: app(prog_name="eks-twin")))


def exit_code(run: Callable[[], object]) -> int:
    """Run it, print what a user is meant to see of a failure, without a traceback, and return the exit code."""
    try:
        run()
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except TwinError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _at(home: Path) -> Home:
    return Home(home.resolve())
