"""Apps and stacks to try one construct in, with the feature flags that `cdk` would pass."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aws_cdk import App, Stack
from aws_cdk import Environment as CdkEnvironment
from aws_cdk import aws_eks_v2 as eks
from aws_cdk import aws_iam as iam
from aws_cdk.assertions import Template
from constructs import Construct

from api_platform.environment import ROOT

ACCOUNT = "123456789012"
REGION = "eu-west-1"


def an_app(folder: Path | None = None, **context: Any) -> App:
    """Return an app that does not copy assets: kubectl's layer alone is 37 MB."""
    flags = json.loads((ROOT / "cdk.json").read_text())["context"]
    return App(
        outdir=str(folder) if folder else None,
        context={**flags, "aws:cdk:disable-asset-staging": True, **context},
        auto_synth=False,
        analytics_reporting=False,
    )


def a_stack() -> Stack:
    """Return an empty stack in the account and region of `specs.an_environment()`."""
    return Stack(an_app(), "stack", env=CdkEnvironment(account=ACCOUNT, region=REGION))


def template_of(build: Callable[[Stack], object]) -> Template:
    """Return the template of a stack that holds what `build` makes."""
    stack = a_stack()
    build(stack)
    return Template.from_stack(stack)


def a_provider(scope: Construct) -> iam.IOpenIdConnectProvider:
    """Return the OIDC provider of some cluster."""
    arn = f"arn:aws:iam::{ACCOUNT}:oidc-provider/oidc.eks.{REGION}.amazonaws.com/id/0123456789ABCDEF"
    return iam.OpenIdConnectProvider.from_open_id_connect_provider_arn(scope, "Provider", arn)


def a_cluster(scope: Construct) -> eks.ICluster:
    """Return a cluster that is there already, with its kubectl."""
    kubectl = eks.KubectlProvider.from_kubectl_provider_attributes(
        scope,
        "Kubectl",
        service_token=f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:kubectl",
        role=iam.Role.from_role_name(scope, "KubectlRole", "kubectl"),
    )
    return eks.Cluster.from_cluster_attributes(scope, "Cluster", cluster_name="cluster", kubectl_provider=kubectl)
