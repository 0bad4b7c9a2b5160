"""A message stays hidden until the pod that works on it has finished, or has certainly gone."""

from collections.abc import Sequence

from api_platform.environment import Environment
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects
from api_platform.rules.pods import pod
from api_platform.rules.values import whole
from api_platform.service import Service

RULE = rule_name(__name__)
_SQS_MAXIMUM_SECONDS = 12 * 60 * 60
"""https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html"""


def visibility_outlasts_job_and_grace(
    environment: Environment, services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a visibility timeout within which a slow job could be done twice, and one that SQS does not take."""
    findings = []
    for workload, deployment in objects.deployments(environment, services):
        if workload.consumer is None:
            continue
        visibility, job = workload.visibility_seconds, workload.consumer.longest_job_seconds
        grace = whole(pod(deployment), "terminationGracePeriodSeconds") or 0
        if visibility < job + grace:
            findings.append(
                Finding(
                    RULE,
                    workload.name,
                    f"visibility timeout {visibility} s; job {job} s, grace period {grace} s",
                    "The queue hides a message for longer than the longest job and the pod's grace period together; "
                    "else a second pod starts on it.",
                    "Let the grace period follow from the spec, or lower longest_job_seconds.",
                )
            )
        if visibility > _SQS_MAXIMUM_SECONDS:
            findings.append(
                Finding(
                    RULE,
                    workload.name,
                    f"visibility timeout {visibility} s",
                    f"SQS hides a message for {_SQS_MAXIMUM_SECONDS} s (12 hours) at the most.",
                    "Lower exposure.timeout_seconds or longest_job_seconds, or cut the job into smaller messages.",
                )
            )
    return findings
