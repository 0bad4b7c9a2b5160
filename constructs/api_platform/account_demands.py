"""What an environment takes of its AWS account: `aws` builds it so, and `preflight` compares it with what is there."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from api_platform import names
from api_platform.environment import ROOT, ChartEnvironment, Environment
from api_platform.service import Service

OBJECTS_AT_ONCE: Final = 4
"""Objects of a stack that are applied side by side. Each holds two Lambda executions, and a new account has ten in all.

A gate, which waits for a rollout after all objects, holds two as well, and there is one at a time.
"""
EXECUTIONS_PER_STACK: Final = (OBJECTS_AT_ONCE + 1) * 2
"""Lambda executions to reckon with for a stack that is deployed: its objects' and a gate's, two each.

The gate comes after the objects, so two of them are to spare.
"""
DATA_BUCKETS: Final = ("media", "export")
"""Buckets of the product."""
ACCESS_LOGS: Final = "access-logs"
"""The bucket for the access logs of those."""


def bootstrap_qualifier() -> str:
    """Return what the names of all that `cdk bootstrap` makes hold: the CDK's own word, unless cdk.json has another."""
    context = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8")).get("context", {})
    return str(context.get("@aws-cdk/core:bootstrapQualifier", "hnb659fds"))


def nat_gateways(environment: ChartEnvironment) -> int:
    """Return how many NAT gateways the network has, each with an Elastic IP address.

    One saves money where an outage of its zone may stop everything; production has one a zone.
    """
    return environment.choose(development=1, staging=1, production=len(environment.zones))


def control_plane_log_group(environment: ChartEnvironment) -> str:
    """Return the log group that EKS writes the control plane's logs to."""
    return f"/aws/eks/{names.cluster_name(environment)}/cluster"


def drift_project_name(environment: ChartEnvironment) -> str:
    """Return the name of the CodeBuild project in the environment's own account that looks for drift."""
    return f"{environment.name}-drift"


def drift_log_group(environment: ChartEnvironment) -> str:
    """Return the log group of that project."""
    return f"/aws/codebuild/{drift_project_name(environment)}"


@dataclass(frozen=True, order=True)
class FixedName:
    """A resource under a name that never changes: whoever has it already stops the deployment that would make it."""

    kind: str
    """Type, as CloudFormation spells it: AWS::S3::Bucket."""
    name: str
    """Physical name."""
    stack: str = field(default="", compare=False)
    """The stack that makes it; empty where nobody asks."""


def names_that_outlive_stacks(environment: Environment, services: Sequence[Service]) -> tuple[FixedName, ...]:
    """Return what may be there when the stacks are gone: production keeps it, and EKS writes its log group anew."""
    drift = FixedName("AWS::Logs::LogGroup", drift_log_group(environment), "pipeline-access")
    return (
        *(
            FixedName("AWS::S3::Bucket", names.bucket_name(environment, bucket), "storage")
            for bucket in (*DATA_BUCKETS, ACCESS_LOGS)
        ),
        *(
            FixedName("AWS::SQS::Queue", queue_name(environment, workload.name), names.queues_stack(service.name))
            for service in services
            for workload in service.workloads
            if workload.consumer
            for queue_name in (names.queue_name, names.dead_letter_queue_name)
        ),
        FixedName("AWS::Logs::LogGroup", control_plane_log_group(environment), "cluster"),
        *((drift,) if environment.pipeline else ()),
    )
