"""What has names of ours already."""

from collections.abc import Iterator
from typing import Any, Final

from api_platform.account_demands import FixedName, names_that_outlive_stacks
from api_platform.preflight.inquiry import Inquiry

_LET_GO: Final = frozenset({"DELETE_COMPLETE", "DELETE_SKIPPED"})
"""Of a resource that the stack holds no more."""


def read_taken_names(inquiry: Inquiry) -> frozenset[FixedName]:
    """Return those of our fixed names that exist and that no stack of the environment holds."""
    wanted = set(names_that_outlive_stacks(inquiry.environment, inquiry.services))
    there = wanted & {*_buckets(inquiry), *_queues(inquiry), *_log_groups(inquiry, wanted)}
    return frozenset(there - set(_held(inquiry)) if there else there)


def _buckets(inquiry: Inquiry) -> Iterator[FixedName]:
    for page in inquiry.client("s3").get_paginator("list_buckets").paginate():
        for bucket in page["Buckets"]:
            yield FixedName("AWS::S3::Bucket", bucket["Name"])


def _queues(inquiry: Inquiry) -> Iterator[FixedName]:
    ours = f"{inquiry.environment.name}-"
    for page in inquiry.client("sqs").get_paginator("list_queues").paginate(QueueNamePrefix=ours):
        for url in page.get("QueueUrls", []):
            yield FixedName("AWS::SQS::Queue", _last(url))


def _log_groups(inquiry: Inquiry, wanted: set[FixedName]) -> Iterator[FixedName]:
    logs = inquiry.client("logs").get_paginator("describe_log_groups")
    for name in sorted(one.name for one in wanted if one.kind == "AWS::Logs::LogGroup"):
        for page in logs.paginate(logGroupNamePrefix=name):
            for group in page["logGroups"]:
                yield FixedName("AWS::Logs::LogGroup", group["logGroupName"])


def _held(inquiry: Inquiry) -> Iterator[FixedName]:
    """Yield what the environment's stacks hold."""
    cloudformation = inquiry.client("cloudformation")
    for page in cloudformation.get_paginator("describe_stacks").paginate():
        for stack in page["Stacks"]:
            if stack["StackName"].startswith(f"{inquiry.environment.name}-"):
                yield from _resources(cloudformation, stack["StackName"])


def _resources(cloudformation: Any, stack: str) -> Iterator[FixedName]:
    for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack):
        for one in page["StackResourceSummaries"]:
            if one["ResourceStatus"] not in _LET_GO and one.get("PhysicalResourceId"):
                physical = one["PhysicalResourceId"]
                is_url = one["ResourceType"] == "AWS::SQS::Queue"
                yield FixedName(one["ResourceType"], _last(physical) if is_url else physical)


def _last(url: str) -> str:
    return url.rpartition("/")[2]
