"""What `cdk bootstrap` has left."""

from typing import Final

from api_platform.account_demands import bootstrap_qualifier
from api_platform.preflight.account_reading import BootstrapStack
from api_platform.preflight.inquiry import Inquiry

STACK: Final = "CDKToolkit"


def version_parameter() -> str:
    """Return the SSM parameter that holds the version, by which CloudFormation asks for it."""
    return f"/cdk-bootstrap/{bootstrap_qualifier()}/version"


def read_bootstrap(inquiry: Inquiry) -> BootstrapStack:
    """Return the version of the bootstrap stack, and how it is."""
    ssm = inquiry.client("ssm")
    try:
        version = int(ssm.get_parameter(Name=version_parameter())["Parameter"]["Value"])
    except ssm.exceptions.ParameterNotFound:
        version = None
    return BootstrapStack(version, _status(inquiry))


def _status(inquiry: Inquiry) -> str:
    cloudformation = inquiry.client("cloudformation")
    try:
        (stack,) = cloudformation.describe_stacks(StackName=STACK)["Stacks"]
    except cloudformation.exceptions.ClientError as error:
        if "does not exist" in str(error):
            return ""
        raise
    return str(stack["StackStatus"])
