"""Every label's value is one that Kubernetes takes."""

import re
from collections.abc import Iterator, Sequence

from api_platform.environment import Environment
from api_platform.rules.finding import Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, labels_of, title
from api_platform.rules.values import table
from api_platform.service import Service

RULE = rule_name(__name__)
_VALUE = re.compile(r"([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?")
"""https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/"""


def labels_are_valid(_environment: Environment, _services: Sequence[Service], objects: Objects) -> list[Finding]:
    """Refuse a label value over 63 characters, or with a sign that labels do not take.

    No schema sees it. Image tags are labels too, and a registry takes tags of 128 characters.
    """
    return [
        Finding(
            RULE,
            objects.subject(one),
            f"{title(one)}: label {key} is {value!r}, {len(value)} characters",
            "A label's value has at most 63 letters, digits, '-', '_' and '.', and begins and ends with a letter or "
            "digit.",
            "Shorten the value; if it is an image's tag, release it under a shorter one.",
        )
        for one in objects
        for key, value in _labels(one)
        if not _VALUE.fullmatch(value)
    ]


def _labels(manifest: Manifest) -> Iterator[tuple[str, str]]:
    both = {**labels_of(manifest), **table(manifest, "metadata", "labels")}
    yield from ((key, str(value)) for key, value in both.items())
