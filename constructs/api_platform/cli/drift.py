"""`api-platform drift`: what a cluster holds that we did not write."""

from dataclasses import dataclass
from pathlib import Path

from api_platform.aws_calls import require_account, session
from api_platform.cli.options import chosen_form
from api_platform.doctor.output import FORMATS
from api_platform.drift.drift_report import DeclaredObjects, find_drift
from api_platform.drift.mail import mail, region_of
from api_platform.environment import load_environments
from api_platform.errors import InputError
from api_platform.kubectl_calls import KubectlCalls
from api_platform.plan.sources.deployed import StackPlace


@dataclass(frozen=True)
class DriftOptions:
    """What somebody asks to have compared, and how it is told."""

    environment: str
    assembly: Path | None
    """What should be there. Default: what CloudFormation holds."""
    place: str | None
    """Where the stacks are: account/region. Default: as the environment's file says."""
    context: str | None
    output_format: str
    topic: str | None
    """ARN of the SNS topic that is told. Default: none."""


def drift_command(options: DriftOptions) -> int:
    """Print what is otherwise, and tell the topic. Returns 1 where anything is, and no topic was told.

    Raises InputError on bad input, and where the cluster or AWS cannot be asked.
    """
    show = chosen_form(options.output_format, FORMATS)
    if options.topic:
        region_of(options.topic)  # refused before anybody is asked
    report = find_drift(_declared(options), KubectlCalls(options.context))
    show(report)
    if report.diagnoses and options.topic:
        mail(report, options.topic)
        return 0
    return 1 if report.diagnoses else 0


def _declared(options: DriftOptions) -> DeclaredObjects:
    if options.assembly:
        return DeclaredObjects.of_assembly(options.environment, options.assembly)
    place = _place(options)
    own = "compare with what you synthesized: --assembly cdk.out"
    require_account(session(place.region).client("sts"), place.account, options.environment, own)
    return DeclaredObjects.deployed(options.environment, place)


def _place(options: DriftOptions) -> StackPlace:
    if options.place is None:
        (environment,) = load_environments(options.environment)
        return StackPlace(environment.account, environment.region)
    account, _, region = options.place.partition("/")
    if not (account.isdecimal() and region):
        raise InputError(f"--place {options.place!r}: is no place. Write account and region: 111111111111/eu-west-1")
    return StackPlace(account, region)
