"""Account and region are bootstrapped for the CDK."""

from collections.abc import Sequence
from typing import Final

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.environment import Environment
from api_platform.preflight.account_reading import AccountReading
from api_platform.rules.finding import PLATFORM
from api_platform.service import Service

CHECK = check_name(__name__)
REQUIRED_VERSION: Final = 6
"""What every stack's `requiresBootstrapStackVersion` in the assembly demands; a test reads it there."""


def bootstrap_is_there(
    environment: Environment, _services: Sequence[Service], reading: AccountReading
) -> list[Diagnosis]:
    """Find a bootstrap stack that is missing, or older than the assembly demands."""
    found = reading.bootstrap
    if found is None or (found.version is not None and found.version >= REQUIRED_VERSION):
        return []
    where = f"{environment.account}/{environment.region}"
    if found.version is None:
        what = f"{where} is not bootstrapped for the CDK"
        why = f"A stack of the name is there ({found.status}), and has left no version. " if found.status else ""
        why += "cdk deploy uploads by the bucket and the roles of this stack, and stops without them."
    else:
        what = f"the bootstrap stack has version {found.version}, and {REQUIRED_VERSION} is needed"
        why = "CloudFormation compares the two before it makes anything."
    return [
        Diagnosis(
            CHECK,
            PLATFORM,
            "Stack/CDKToolkit",
            what,
            why,
            f"aws cloudformation describe-stacks --stack-name CDKToolkit --region {environment.region}",
            f"npx cdk bootstrap aws://{where}; with a pipeline add --trust and --trust-for-lookup (docs/pipeline.md).",
        )
    ]
