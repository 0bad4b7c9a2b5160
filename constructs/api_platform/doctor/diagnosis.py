"""What a check has to say."""

from dataclasses import dataclass


def check_name(module: str) -> str:
    """Return the name of the check that a module holds: the module's own, with dashes."""
    return module.rpartition(".")[2].replace("_", "-")


@dataclass(frozen=True, order=True)
class Diagnosis:
    """One thing that is not as it should be, in what runs."""

    check: str
    """The check's name: its file's, with dashes."""
    subject: str
    """The workload or service that it is about; `platform` where it is about no single one."""
    object: str
    """Kind and name of the Kubernetes object, the stack or the queue."""
    what: str
    """What is wrong, in a line."""
    why: str
    """The reason, in the words of who knows it: the scheduler, the kubelet, CloudFormation."""
    command: str
    """Shows it."""
    remedy: str
    """The way out."""
