"""The kubectl and helm by which CloudFormation speaks to the cluster."""

from importlib import import_module
from importlib.util import find_spec

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from api_platform.environment import Environment
from api_platform.errors import InputError


def require_kubectl(environment: Environment) -> None:
    """Raise InputError unless the kubectl of the cluster's own version is installed."""
    if find_spec(_module(environment)) is None:
        version, place = environment.kubernetes_version, environment.place_of("kubernetes_version")
        raise InputError(
            f"{place}: kubernetes_version: {version!r} needs kubectl of that version, and {_package(environment)} is "
            "not installed. Add it in pyproject.toml and run make lock, or write a version whose package is there."
        )


def kubectl_layer(scope: Construct, environment: Environment) -> lambda_.ILayerVersion:
    """Create the Lambda layer with kubectl and helm; both follow `kubernetes_version`, so they never drift apart.

    The layer is 37 MB. The package gives its asset's hash (of the versions within), and the CDK stages an asset once an
    app, so synth neither reads it through nor copies it again. Raises InputError like `require_kubectl`.
    """
    require_kubectl(environment)
    layer = getattr(import_module(_module(environment)), f"KubectlV{_minor(environment)}Layer")
    made: lambda_.ILayerVersion = layer(scope, "KubectlLayer")
    return made


def _minor(environment: Environment) -> str:
    return environment.kubernetes_version.replace(".", "")[1:]


def _package(environment: Environment) -> str:
    return f"aws-cdk.lambda-layer-kubectl-v{_minor(environment)}"


def _module(environment: Environment) -> str:
    return f"aws_cdk.lambda_layer_kubectl_v{_minor(environment)}"
