"""What istioctl says about objects, read from what it prints."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Message:
    """One message of `istioctl analyze`."""

    code: str
    """E.g. IST0101; its documentation goes by it."""
    level: str
    """Error, Warning or Info."""
    subject: str
    """The object it is about, as istioctl writes it: `VirtualService api-service.production`."""
    text: str

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Message":
        """Read one of istioctl's JSON messages. One that is about no object has an empty subject."""
        return cls(document["code"], document["level"], document.get("origin", ""), document["message"])

    def __str__(self) -> str:
        return f"{self.level} {self.code} ({self.subject}): {self.text}"


@dataclass(frozen=True)
class Analysis:
    """What one run came to."""

    messages: Sequence[Message]
    """Sorted."""
    executed: Sequence[str]
    """Names of the analyzers that ran."""
    skipped: Sequence[str]
    """Names of those that did not, since they had no objects to look at."""

    @classmethod
    def of(cls, output: str, report: str) -> "Analysis":
        """Read standard output (JSON) and standard error (`--verbose`). Raises ValueError where it is neither."""
        documents = json.loads(output) or ()
        lists: dict[str, list[str]] = {"Executed analyzers:": [], "Skipped analyzers:": []}
        current: list[str] | None = None
        for line in report.splitlines():
            if line in lists:
                current = lists[line]
            elif current is not None and line.startswith("\t"):
                current.append(line.strip())
            elif not line.strip():
                current = None
        executed, skipped = lists.values()
        # istioctl names the skipped ones among the executed, since it lists before it leaves out.
        ran = sorted(set(executed) - set(skipped))
        if not ran:
            raise ValueError("it does not say which analyzers ran")
        return cls(sorted({Message.of(one) for one in documents}), ran, sorted(skipped))


def refusals(report: str) -> Sequence[str]:
    """Return what `istioctl validate` names as errors; its warnings stand before them, and pass."""
    _, _, errors = report.partition("Error:")
    return [line.removeprefix("\t* ") for line in errors.splitlines() if line.startswith("\t* ")]
