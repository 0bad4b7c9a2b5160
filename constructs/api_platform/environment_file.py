"""What an environment file may hold: the deploy-time facts, typed and checked."""

import re
from collections.abc import Mapping
from ipaddress import IPv4Network
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from api_platform.image import Image
from api_platform.model import DnsLabel, Frozen, Matches, each_once

AccountId = Annotated[str, Matches("[0-9]{12}", "an AWS account id: exactly twelve digits, in quotes")]
Domain = Annotated[
    str, Matches(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", "a domain in lower case, e.g. staging.example.com")
]
RoleArn = Annotated[
    str,
    Matches(
        r"arn:aws:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+", "an IAM role's ARN: arn:aws:iam::<account>:role/<name>"
    ),
]


def _in_the_common_partition(region: str) -> str:
    if region.startswith(("cn-", "us-gov-", "us-iso")):
        raise ValueError(f"{region!r} lies in an AWS partition of its own, with other ARNs and hosts. Choose another.")
    return region


Region = Annotated[
    str,
    Matches("[a-z]{2}(-[a-z]+)+-[0-9]", "an AWS region, e.g. eu-west-1"),
    AfterValidator(_in_the_common_partition),
]
EmailAddress = Annotated[str, Matches(r"[^@\s]+@[^@\s]+\.[a-z]+", "an e-mail address")]


def _checked_network(cidr: str) -> str:
    try:
        network = IPv4Network(cidr)
    except ValueError as error:
        raise ValueError(f"{cidr!r} is not an IPv4 network ({error}). Write e.g. 10.0.0.0/16.") from None
    if not 16 <= network.prefixlen <= 20:
        raise ValueError(f"{cidr!r}: a VPC that holds three zones of pods takes /16 to /20 (AWS allows no larger one).")
    return str(network)


ObjectsOwner = Literal["cdk", "handover", "argo-cd"]


class NodeGroup(Frozen):
    """A managed node group: machines of one kind, spread over the zones."""

    instance_type: Annotated[str, Matches(r"[a-z0-9-]+\.[a-z0-9-]+", "an EC2 instance type, e.g. m7g.large")]
    """EC2 instance type, e.g. m7g.large; all of one group have one processor architecture."""
    minimum: Annotated[int, Field(ge=1)]
    """Nodes at the least."""
    maximum: Annotated[int, Field(ge=1)]
    """Nodes at the most."""

    @model_validator(mode="after")
    def _minimum_is_not_above_maximum(self) -> Self:
        if self.minimum > self.maximum:
            raise ValueError(f"minimum {self.minimum} is above maximum {self.maximum}. Swap or equal them.")
        return self


class NodeGroups(Frozen):
    """The two node groups of a cluster."""

    system: NodeGroup
    """Everything that asks for no special nodes."""
    media_processing: NodeGroup
    """Labelled and tainted: media-service alone runs there."""


class Replicas(Frozen):
    """How far one workload may scale, where this environment differs from its spec."""

    maximum: Annotated[int, Field(ge=1, le=5000)]
    """Replicas at the most."""


class EnvironmentFacts(Frozen):
    """What an environment is, whatever runs in it: account, region, domain, machines."""

    account: AccountId
    """AWS account id, twelve digits."""
    region: Region
    """AWS region, e.g. eu-west-1."""
    zones: Annotated[tuple[str, ...], Field(min_length=2, max_length=6, strict=False), AfterValidator(each_once)]
    """Availability zones by name, two to six. Pods, nodes and subnets spread over exactly these."""
    domain: Domain
    """Public hosts are <subdomain>.<domain>."""
    hosted_zone_id: Annotated[
        str, Matches("Z[A-Z0-9]{4,31}", "a Route 53 hosted zone's id: Z and capitals and digits, as Route 53 shows it")
    ]
    """Route 53 zone of `domain`: certificates are proved there."""
    operations_email: EmailAddress
    """Who hears of certificates that are about to expire, and of alarms."""
    runbooks_url: Annotated[
        str, Matches(r"https://\S*[^\s/]", "an address of runbooks: https:// first and no slash at the end")
    ]
    """Alerts link to <runbooks_url>/<alert>."""
    network_cidr: Annotated[str, AfterValidator(_checked_network)]
    """The VPC's IPv4 range, /16 to /20."""
    kubernetes_version: Annotated[str, Matches(r"1\.[0-9]{2}", 'a Kubernetes minor version, e.g. "1.36"')]
    """Kubernetes minor version of the cluster; kubectl's layer follows it."""
    administrator_roles: Annotated[tuple[RoleArn, ...], Field(min_length=1, strict=False), AfterValidator(each_once)]
    """IAM roles whose holders administer the cluster (EKS access entries)."""
    vertical_pod_autoscaler: bool = False
    """Whether to recommend requests (VerticalPodAutoscaler in mode Off). Default: no."""
    protect_cluster: bool = False
    """Whether EKS refuses to delete the cluster: yes once it stands. With it, a first deployment that fails half-way
    could not be taken back. Default: no."""
    node_groups: NodeGroups
    """The cluster's machines: a table [node_groups.system] and a table [node_groups.media_processing]."""

    @field_validator("zones")
    @classmethod
    def _zones_lie_in_the_region(cls, zones: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        region = info.data.get("region")  # None where the region itself was refused
        for zone in zones:
            if region and not re.fullmatch(f"{region}[a-z]", zone):
                raise ValueError(
                    f"{zone!r} is not a zone of {region}. Write the region and one letter, e.g. {region}a."
                )
        return zones


class EnvironmentFile(EnvironmentFacts):
    """The content of `environments/<name>.toml`: what differs per deployment, no logic."""

    images: Mapping[DnsLabel, Image]
    """By service, a table [images.<service>] each. A service that is not here brings its image in its spec."""
    replicas: Mapping[DnsLabel, Replicas] = {}
    """By workload, a table [replicas.<workload>] each: ceilings that differ from the spec's. Default: none do."""
    pipeline: bool = True
    """Whether the pipeline deploys it: each environment stands in pipeline.toml, or says no here. Default: yes."""
    concurrent_stacks: Annotated[int, Field(ge=1, le=20)] = 1
    """Stacks that the pipeline deploys at once: each takes up to eight Lambda executions, and a new account has ten in
    all. Default: 1."""
    kubernetes_objects: ObjectsOwner = "cdk"
    """Who owns the cluster's objects: `cdk`, `argo-cd`, or `handover` while they pass from one to the other. Default:
    cdk."""


class FileSchema(GenerateJsonSchema):
    """The JSON Schema of a file that people write."""

    def field_title_should_be_set(self, schema: CoreSchema) -> bool:  # noqa: ARG002 - pydantic's signature
        """Leave out titles: they repeat the keys."""
        return False

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Refuse a table whose name does not match, which JSON Schema by itself lets pass."""
        return {**super().dict_schema(schema), "additionalProperties": False}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of an environment file, by which editors complete it."""
    schema = EnvironmentFile.model_json_schema(schema_generator=FileSchema)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **schema}
