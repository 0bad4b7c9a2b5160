"""Arguments and options that several commands have."""

from typing import Annotated

import typer

Where = Annotated[str, typer.Option("--environment", "-e", envvar="ENVIRONMENT", metavar="NAME", help="Where.")]
Form = Annotated[
    str, typer.Option("--format", "-f", metavar="terminal|markdown|json", help="In which form it is printed.")
]
Context = Annotated[str | None, typer.Option(metavar="NAME", help="Of the kubeconfig. Default: its current one.")]
OneService = Annotated[str, typer.Argument(metavar="SERVICE", help="A service's name, e.g. api-service.")]
Chosen = Annotated[
    str | None,
    typer.Option(
        "--environment", "-e", envvar="ENVIRONMENT", metavar="NAME", help="Only this environment. Default: all of them."
    ),
]
