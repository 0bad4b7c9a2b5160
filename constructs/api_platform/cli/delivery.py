"""The words of `api-platform` by which a release is planned, comes to an environment, and back. They import late."""

from pathlib import Path
from typing import Annotated

import typer

from api_platform.cli.options import Chosen, Form, OneService, Where

Force = Annotated[
    bool, typer.Option("--force", help="Write over uncommitted edits of the file, and say which these were.")
]

Role = Annotated[str | None, typer.Option(metavar="ARN", help="The IAM role to look as. Default: you.")]


def preflight(environment: Where = "production", output_format: Form = "terminal", role: Role = None) -> None:
    """Say what a first deployment to the account would fail at, each with its fix. Reads only. Exits 1 on findings."""
    from api_platform.cli.preflight import preflight_command

    raise typer.Exit(preflight_command(environment, output_format, role))


def plan(
    environment: Chosen = None,
    against: Annotated[
        str,
        typer.Option(
            metavar="HEAD|REF|deployed|cluster",
            help="What to compare with: a commit, CloudFormation, kubectl's cluster.",
        ),
    ] = "HEAD",
    assembly: Annotated[
        Path | None, typer.Option(metavar="DIR", help="What would be deployed. Default: the working tree, synthesized.")
    ] = None,
    output_format: Form = "terminal",
    detailed_exit_code: Annotated[
        bool, typer.Option("--detailed-exit-code", help="Exit 3 on changes, 4 where a second look is needed.")
    ] = False,
    unprotect: Annotated[
        bool, typer.Option("--unprotect", help="Let pass that something can be deleted then which now cannot.")
    ] = False,
) -> None:
    """Say what a deploy would do, the most dangerous first; change nothing."""
    from api_platform.cli.plan import plan_command
    from api_platform.plan.planning import PlanRequest

    request = PlanRequest(environment, against, assembly)
    raise typer.Exit(plan_command(request, output_format, detailed_exit_code=detailed_exit_code, unprotect=unprotect))


def release(
    service: OneService,
    tag: Annotated[str, typer.Argument(metavar="TAG", help="A tag, or TAG@sha256:... with its digest.")],
    environment: Where = "production",
    digest: Annotated[
        str | None, typer.Option(metavar="sha256:...", help="The tag's digest. Default: the registry is asked for it.")
    ] = None,
    without_digest: Annotated[
        bool, typer.Option("--without-digest", help="The tag alone decides what a node pulls.")
    ] = False,
    force: Force = False,
) -> None:
    """Pin a service to an image tag; the commit is yours."""
    from api_platform.cli.releases import release_command

    release_command(service, tag, environment, digest=digest, without_digest=without_digest, force=force)


def promote(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The environment whose releases are taken.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The environment that gets them.")],
    services: Annotated[list[str] | None, typer.Argument(metavar="[SERVICE]...", help="Default: all.")] = None,
    force: Force = False,
) -> None:
    """Give services the releases of another environment."""
    from api_platform.cli.releases import promote_command

    promote_command(source, target, services or [], force=force)


def rollback(service: OneService, environment: Where = "production", force: Force = False) -> None:
    """Pin a service to the release that git knows before this one."""
    from api_platform.cli.releases import rollback_command

    rollback_command(service, environment, force=force)


def verify(
    environment: Where = "production",
    record: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write down dead letters and alarms, and verify nothing.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Only what is worse than recorded there. Default: anything.")
    ] = None,
    role: Role = None,
    gateway: Annotated[
        str | None,
        typer.Option(envvar="PUBLIC_GATEWAY", metavar="HOST:PORT", help="Ask for the public hosts there, not in DNS."),
    ] = None,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", help="For the public hosts to be ready.")] = 120.0,
) -> None:
    """Look at stacks, hosts, dead letters and alarms after a deployment.

    Exits 1 where a stack is not complete, a public host not ready, or anything worse than it was recorded.
    """
    from api_platform.cli.verify import VerifyOptions, verify_command

    raise typer.Exit(verify_command(environment, VerifyOptions(record, against, role, gateway, timeout)))


COMMANDS = (preflight, plan, release, promote, rollback, verify)
"""In the order in which `--help` lists them."""
