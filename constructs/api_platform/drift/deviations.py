"""How what runs deviates from what is declared, object by object."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Final

from api_platform.doctor.diagnosis import Diagnosis
from api_platform.drift.foreign_fields import writers
from api_platform.drift.live_side import live_side
from api_platform.labels import MANAGED_BY
from api_platform.plan.fields import field_changes
from api_platform.plan.masking import mask_object
from api_platform.plan.object_key import ObjectKey
from api_platform.plan.output.field_text import short_text
from api_platform.plan.sources.deployed import restored
from api_platform.rules.finding import PLATFORM, Manifest
from api_platform.rules.objects import NAME_LABEL
from api_platform.rules.values import rows, table, text

_CLUSTER_S_OWN: Final = frozenset(
    {("ConfigMap", "istio-ca-root-cert"), ("ConfigMap", "kube-root-ca.crt"), ("ServiceAccount", "default")}
)
"""What controllers put into every namespace, without an owner."""

_LONGEST: Final = 240
"""Characters of a field with both its values."""


@dataclass(frozen=True)
class DriftQuestion:
    """What is compared with what."""

    environment: str
    """Its services are in the namespace of its name: what nobody declares there is a stranger, whoever made it."""
    declared: Mapping[ObjectKey, Manifest]
    kubectl_options: tuple[str, ...] = ()
    """What names the cluster on a command line."""

    def kubectl(self, words: str, key: ObjectKey) -> str:
        """Return a command about an object on this cluster."""
        where = ("-n", key.namespace) if key.namespace else ()
        return " ".join(["kubectl", *self.kubectl_options, *where, words, key.kind.lower(), key.name])

    @property
    def apply_again(self) -> str:
        """Return what brings back what we wrote: CloudFormation does not notice that it is gone."""
        apply = " ".join(["kubectl", *self.kubectl_options, "apply", "-f", f"dist/{self.environment}"])
        return f"at the commit that is deployed: api-platform synth -e {self.environment} && {apply}"


def deviations(question: DriftQuestion, live: Iterable[Manifest]) -> Iterator[Diagnosis]:
    """Yield what was changed, then what is gone, then what nobody declares."""
    found = {ObjectKey.of(one): one for one in live}
    for key, ours in question.declared.items():
        if key in found:
            yield from _changed(question, key, ours, found[key])
    for key, ours in question.declared.items():
        if key not in found:
            yield _gone(question, key, ours)
    for key, one in found.items():
        if key not in question.declared and _is_stranger(question, key, one):
            yield _stranger(question, key, one)


def _changed(question: DriftQuestion, key: ObjectKey, ours: Manifest, live: Manifest) -> Iterator[Diagnosis]:
    now = live_side(ours, live)
    changes = field_changes(*mask_object(restored(ours, now), now))
    if not changes:
        return
    said = "; ".join(shorten(short_text(one), _LONGEST, placeholder=" ...") for one in changes)
    yield _diagnosis(
        key,
        ours,
        "it is not as it was deployed",
        f"{said}. Written by {_listed(writers(live))}.",
        question.kubectl("get -o yaml --show-managed-fields", key),
        f"If it shall stay, write it into the spec. Else take it back; what we wrote comes back {question.apply_again}",
    )


def _gone(question: DriftQuestion, key: ObjectKey, ours: Manifest) -> Diagnosis:
    return _diagnosis(
        key,
        ours,
        "it was deployed, and does not exist",
        "Somebody has deleted it, or a controller has. CloudFormation does not notice.",
        question.kubectl("get", key),
        f"Apply it again, {question.apply_again}",
    )


def _stranger(question: DriftQuestion, key: ObjectKey, live: Manifest) -> Diagnosis:
    return _diagnosis(
        key,
        live,
        "nobody declares it",
        f"Written by {_listed(writers(live))}.",
        question.kubectl("get -o yaml --show-managed-fields", key),
        f"If it shall stay, make it a part of the platform. Else: {question.kubectl('delete', key)}",
    )


def _is_stranger(question: DriftQuestion, key: ObjectKey, live: Manifest) -> bool:
    """Return whether it is ours to declare: in our namespace, or with our label, and made by nobody's controller."""
    if (key.kind, key.name) in _CLUSTER_S_OWN or rows(live, "metadata", "ownerReferences"):
        return False
    return key.namespace == question.environment or MANAGED_BY.items() <= table(live, "metadata", "labels").items()


def _diagnosis(key: ObjectKey, of: Manifest, what: str, why: str, command: str, remedy: str) -> Diagnosis:
    subject = text(of, "metadata", "labels", NAME_LABEL) or PLATFORM
    return Diagnosis("drift", subject, f"{key.kind}/{key.name}", what, why, command, remedy)


def _listed(said: Sequence[str]) -> str:
    return ", ".join(said) or "nobody knows whom"
