"""Arguments and options that several commands have."""

from collections.abc import Mapping
from typing import Annotated, TypeVar

import typer

from api_platform.errors import InputError, nearest

Shown = TypeVar("Shown")

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


def chosen_form(name: str, forms: Mapping[str, Shown]) -> Shown:
    """Return the form of this name. Raises InputError where there is none, with the nearest."""
    if name not in forms:
        raise InputError(f"format {name!r} is not known. {nearest(name, list(forms))}")
    return forms[name]
