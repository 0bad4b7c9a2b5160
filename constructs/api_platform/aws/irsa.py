"""IAM roles for service accounts (IRSA): a pod gets the role that its ServiceAccount is annotated with."""

from aws_cdk import CfnJson
from aws_cdk import aws_iam as iam
from constructs import Construct

from api_platform import names
from api_platform.access import Role
from api_platform.aws.policies import policy_document
from api_platform.environment import Environment

AUDIENCE = "sts.amazonaws.com"
"""Whom EKS issues the token to; checked beside the subject, since a token for somebody else proves nothing here."""


def service_account_role(
    scope: Construct,
    environment: Environment,
    role: Role,
    provider: iam.IOpenIdConnectProvider,
    *,
    managed_policy: str | None = None,
) -> iam.Role:
    """Create the role under the name that the ServiceAccount's annotation already holds.

    `provider`: the cluster's. `managed_policy`: name of an AWS managed policy that is attached too; default: none.
    """
    issuer = provider.open_id_connect_provider_issuer
    # The keys hold the issuer, which only the live cluster knows; CloudFormation has no intrinsics in keys.
    trust = CfnJson(
        scope,
        f"{role.subject}-trust",
        value={
            f"{issuer}:sub": names.service_account_subject(role.namespace, role.service_account),
            f"{issuer}:aud": AUDIENCE,
        },
    )
    return iam.Role(
        scope,
        f"{role.subject}-role",
        role_name=names.role_name(environment, role.subject),
        description=f"{role.service_account} in {role.namespace}",
        assumed_by=iam.OpenIdConnectPrincipal(provider, {"StringEquals": trust}),
        inline_policies={"access": policy_document(environment, role.statements)} if role.statements else {},
        managed_policies=[iam.ManagedPolicy.from_aws_managed_policy_name(managed_policy)] if managed_policy else [],
    )
