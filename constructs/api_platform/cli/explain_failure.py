"""`api-platform explain-failure`: passes on what `cdk deploy --progress events` says, and explains failed rollouts.

CloudFormation says of them that some kubectl timed out. It knows neither the workload nor whether its pods are dead.

It imports the standard library alone: the pipeline's deployments run this file by itself, without any package of ours.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from typing import Final

NAME: Final = "app.kubernetes.io/name"
SEES, WAITS, LOOKS = "Observed", "Rollout", "RolledOut"
"""As in `labels` and `service.rollout`, to which a test holds them."""
_COLOR: Final = re.compile(r"\x1b\[[0-9;]*m")
_FAILED_GATE: Final = re.compile(
    r"\| CREATE_FAILED +\| Custom::AWSCDK-EKS-KubernetesObjectValue +"
    r"\| (?P<namespace>[^\s/]+)/(?P<service>[^\s/]+)/"
    rf"(?P<gate>(?P<kind>{SEES}|{WAITS}|{LOOKS})-(?P<workload>\S+)-[0-9a-f]{{10}})/\S+ (?:\(\w+\) )?(?P<reason>.*)"
)
"""An event of a gate, as the CDK CLI prints it: the path of its construct begins with environment and stack."""
_LAST_ERROR: Final = re.compile(r"last_error=(?!None)(.*?)\)?$")


def explain_failure_command(lines: Iterable[str]) -> int:
    """Print the lines as they come, then what each failed gate among them means. Returns 1 where there is one."""
    found = explanations(_passed_on(lines))
    print(*found, sep="", end="", file=sys.stderr)
    return 1 if found else 0


def explanations(lines: Iterable[str]) -> list[str]:
    """Return what each failed gate among the lines means."""
    found: dict[str, str] = {}
    for line in lines:
        event = _FAILED_GATE.search(_COLOR.sub("", line))
        # What CloudFormation has stopped itself, because something else failed, explains nothing.
        if event and "cancelled" not in event["reason"].lower():
            found.setdefault(event["gate"], _explanation(event))
    return list(found.values())


def _passed_on(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        print(line, end="", flush=True)
        yield line


def _explanation(event: re.Match[str]) -> str:
    namespace, workload = event["namespace"], event["workload"]
    return (
        f"\n{workload} in {namespace} did not roll out: {_why(event)}\n"
        f"  Gate {event['gate']} of stack {namespace}/{event['service']} failed, so the stack is rolled back; the pods "
        "from before serve on.\n"
        f"  What is wrong:      api-platform doctor {event['service']} -e {namespace}\n"
        f"  As it is now:       kubectl rollout status -n {namespace} deployment/{workload}\n"
        f"  What its pods say:  kubectl describe -n {namespace} deployment,pods -l {NAME}={workload}\n"
        f"  Those that went:    kubectl events -n {namespace} --types=Warning    # they stay for an hour\n"
    )


def _why(event: re.Match[str]) -> str:
    if "Timeout waiting for output" not in event["reason"]:
        return event["reason"]
    if error := _LAST_ERROR.search(event["reason"]):
        return f"kubectl could not tell how far it is: {error[1]}"
    if event["kind"] == SEES:
        return "Kubernetes did not even begin: its controllers stand still."
    if event["kind"] == LOOKS:
        return "Kubernetes gave it up, since no new pod became available within progressDeadlineSeconds."
    return "when the wait was over, its new pods were not all available, and Kubernetes had not given it up yet."


if __name__ == "__main__":
    sys.exit(explain_failure_command(sys.stdin))
