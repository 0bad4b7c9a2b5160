"""The `api-platform` command."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from api_platform.cli import delivery
from api_platform.cli.options import Chosen, Context, Form, OneService, Where
from api_platform.cli.twin import twin_command
from api_platform.errors import InputError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="The API platform: one model, rendered as plain YAML, checked, explained.",
)

Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="SERVICE.image.tag=TAG", help="An image tag for this run alone. May be given more than once."
    ),
]


@app.command()
def synth(environment: Chosen = None, settings: Settings = None) -> None:
    """Write the manifests to dist/<environment>/; does nothing where nothing has changed."""
    from api_platform.cli.synth import synth_command

    raise typer.Exit(synth_command(environment, settings or []))


@app.command()
def check(environment: Chosen = None, settings: Settings = None) -> None:
    """Render everything and run the rules over it; write nothing."""
    from api_platform.cli.synth import check_command

    raise typer.Exit(check_command(environment, settings or []))


@app.command()
def services(environment: Chosen = None) -> None:
    """Show what runs where, with its figures."""
    from api_platform.cli.services_table import services_command

    services_command(environment)


@app.command()
def explain(service: OneService, environment: Where = "production") -> None:
    """Show each Kubernetes object that a service becomes, and why."""
    from api_platform.cli.explain import explain_command

    explain_command(service, environment)


@app.command()
def explain_failure() -> None:
    """Pass on what a deployment says, and explain a failed rollout: cdk deploy --progress events 2>&1 | ..."""
    from api_platform.cli.explain_failure import explain_failure_command

    raise typer.Exit(explain_failure_command(sys.stdin))


@app.command()
def doctor(
    service: Annotated[str | None, typer.Argument(metavar="[SERVICE]", help="Only this service. Default: all.")] = None,
    environment: Where = "production",
    context: Context = None,
    output_format: Form = "terminal",
    aws: Annotated[bool, typer.Option("--aws/--no-aws", help="Look at queues and stacks, too.")] = True,
) -> None:
    """Say what is wrong with what runs, why, and the way out. Reads only. Exits 1 on findings."""
    from api_platform.cli.doctor import doctor_command

    raise typer.Exit(doctor_command(service, environment, context, output_format, ask_aws=aws))


@app.command()
def drift(
    environment: Where = "production",
    assembly: Annotated[
        Path | None, typer.Option(metavar="DIR", help="What should be there. Default: what CloudFormation holds.")
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(metavar="ACCOUNT/REGION", help="Where the stacks are. Default: as the environment's file says."),
    ] = None,
    context: Context = None,
    output_format: Form = "terminal",
    topic: Annotated[
        str | None, typer.Option(metavar="ARN", help="An SNS topic to tell what is found; then the exit code is 0.")
    ] = None,
) -> None:
    """Say what the cluster holds that was not deployed: changed, deleted, put beside it. Exits 1 on findings."""
    from api_platform.cli.drift import DriftOptions, drift_command

    raise typer.Exit(drift_command(DriftOptions(environment, assembly, place, context, output_format, topic)))


@app.command()
def gitops(
    repository: Annotated[
        str, typer.Option(metavar="URL", help="The Git repository that Argo CD reads, e.g. git@host:owner/name.git.")
    ],
    revision: Annotated[
        str, typer.Option(metavar="REVISION", help="A branch, tag or commit of it. Default: its default branch.")
    ] = "HEAD",
    environment: Chosen = None,
    settings: Settings = None,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Where to write; each environment's folder is replaced.")
    ] = Path("gitops"),
) -> None:
    """Write the manifests for Argo CD: copies with their waves, and an Application for each service."""
    from api_platform.cli.gitops import gitops_command
    from api_platform.gitops.git_source import GitSource

    raise typer.Exit(gitops_command(environment, settings or [], GitSource.of(repository, revision, out), out))


@app.command()
def graph(
    environment: Where = "production",
    output_format: Annotated[
        str, typer.Option("--format", "-f", metavar="mermaid|svg", help="What to print.")
    ] = "mermaid",
    data_flow: Annotated[bool, typer.Option("--data-flow", help="Queues, buckets and data stores too.")] = False,
) -> None:
    """Print who calls whom, as Mermaid or as SVG."""
    from api_platform.cli.graph import graph_command

    graph_command(environment, output_format, data_flow=data_flow)


for command in delivery.COMMANDS:
    app.command()(command)


@app.command()
def runbooks(
    environment: Chosen = None,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder to write. It is replaced as a whole.")
    ] = Path("docs/runbooks"),
) -> None:
    """Write what to do when an alert fires, a page for each, with the environments' names and figures."""
    from api_platform.cli.runbooks import runbooks_command

    runbooks_command(environment, out)


@app.command()
def schema(
    file: Annotated[str, typer.Argument(metavar="environment|pipeline", help="Which file's.")] = "environment",
) -> None:
    """Print the JSON Schema of environment files or of pipeline.toml, by which editors complete them."""
    from api_platform.cli.schema import schema_command

    schema_command(file)


@app.command(add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def twin(words: typer.Context) -> None:
    """The whole platform on this machine, without an AWS account: `api-platform twin --help`."""
    raise typer.Exit(twin_command(words.args))


def main() -> None:
    """Run the command. Exits 0 when all is well, 1 on findings or a failure of the twin, 2 on bad input."""
    sys.exit(_without_traceback(lambda: app(prog_name="api-platform")))


def _without_traceback(run: Callable[[], object]) -> int:
    try:
        run()
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0
