"""Which of istioctl's messages are accepted, and why; all others fail the proof, hints too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api_platform import names
from api_platform.proof.mesh_analysis.message import Message


@dataclass(frozen=True)
class Acknowledgement:
    """A message about one object that is accepted in every environment."""

    code: str
    subject: str
    """As istioctl writes it: `EnvoyFilter istio-ingress/compression`."""
    reason: str

    def covers(self, message: Message) -> bool:
        """Return whether it is about this message."""
        return (self.code, self.subject) == (message.code, message.subject)


_COMPRESSION = f"EnvoyFilter {names.GATEWAY_NAMESPACE}/compression"

_ALWAYS: Sequence[Acknowledgement] = (
    Acknowledgement(
        "IST0133", _COMPRESSION, "Compression has no API of its own in Istio. Read the release notes before an upgrade."
    ),
    Acknowledgement(
        "IST0151",
        _COMPRESSION,
        "Its anchor, the router, is in every gateway's chain, and no other EnvoyFilter moves it.",
    ),
    Acknowledgement("IST0102", "Namespace default", "Nothing runs in it."),
    Acknowledgement(
        "IST0102",
        f"Namespace {names.GATEWAY_NAMESPACE}",
        "The gateway's own pods ask for a proxy by their label. `disabled` on the namespace would deny it to them.",
    ),
)
_NOT_ASKED = (names.ISTIO_NAMESPACE, names.GATEWAY_NAMESPACE)
"""Istio does not complain of its own namespace, and the gateway's has its own reason."""


def acknowledgements(add_on_namespaces: Iterable[str]) -> Sequence[Acknowledgement]:
    """Return what is accepted where these add-ons are installed."""
    outside = sorted(set(add_on_namespaces) - set(_NOT_ASKED))
    reason = "Add-ons stay outside the mesh."
    return (*_ALWAYS, *(Acknowledgement("IST0102", f"Namespace {name}", reason) for name in outside))


@dataclass(frozen=True)
class Judgement:
    """The messages of all environments, told apart."""

    unacknowledged: Mapping[str, Sequence[Message]]
    """Environment -> messages that nobody accepted; every environment is there."""
    acknowledged: Mapping[Acknowledgement, Sequence[str]]
    """Acknowledgement -> the environments in which it was needed."""
    stale: Sequence[Acknowledgement]
    """Those that no environment needs any more."""


def judge(messages: Mapping[str, Iterable[Message]], accepted: Sequence[Acknowledgement]) -> Judgement:
    """Hold each environment's messages against what is accepted."""
    found = {environment: list(said) for environment, said in messages.items()}
    needed = {
        one: [environment for environment, said in found.items() if any(map(one.covers, said))] for one in accepted
    }
    left = {
        environment: [message for message in said if not any(one.covers(message) for one in accepted)]
        for environment, said in found.items()
    }
    return Judgement(
        left,
        {one: environments for one, environments in needed.items() if environments},
        [one for one, environments in needed.items() if not environments],
    )
