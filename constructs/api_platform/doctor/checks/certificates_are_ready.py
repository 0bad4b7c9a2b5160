"""The gateway's certificates are there, and renewed in time."""

from typing import Final

from api_platform import names
from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.live import age, condition, for_long, holds, reason
from api_platform.doctor.observation import Observation
from api_platform.rules.finding import PLATFORM, Manifest
from api_platform.rules.objects import name, title
from api_platform.rules.values import rows, text, words

CHECK = check_name(__name__)
_SOON_SECONDS: Final = 14 * 24 * 3600
"""cert-manager renews a certificate of 90 days 30 days before its end: at 14, that fails for two weeks already."""
_ISSUE_SECONDS: Final = 600
"""So long a new one may take: the proof by DNS must get around."""


def certificates_are_ready(seen: Observation) -> list[Diagnosis]:
    """Find certificates that are not Ready, that end soon, or that nobody looks after."""
    certificates = [one for one in seen.objects.of_kind("Certificate") if rows(one, "status", "conditions")]
    everyone = seen.objects.of_kind("Certificate")
    if everyone and not certificates:
        return [_nobody(seen, len(everyone))]
    return [
        Diagnosis(CHECK, _subject(seen, one), title(one), *wrong, _command(seen, one), _REMEDY)
        for one in everyone
        if (wrong := _wrong(seen, one))
    ]


_REMEDY: Final = (
    "`kubectl describe` names the CertificateRequest, and that its Order and Challenge. Mostly: the hosted zone, or "
    "what cert-manager's role may do in it."
)


def _wrong(seen: Observation, certificate: Manifest) -> tuple[str, str] | None:
    """Return what is wrong with it, and why; None where it is well."""
    host = ", ".join(words(certificate, "spec", "dnsNames"))
    left = -age(seen, text(certificate, "status", "notAfter"))
    if not holds(certificate, "Ready"):
        said = condition(certificate, "Ready")
        young = age(seen, text(certificate, "metadata", "creationTimestamp")) < _ISSUE_SECONDS
        if young and not text(certificate, "status", "lastFailureTime"):
            return None
        return f"{host} has no valid certificate", reason(said) or "cert-manager has not looked at it."
    if text(certificate, "status", "notAfter") and left < _SOON_SECONDS:
        renewal = condition(certificate, "Issuing")
        when = "it has ended" if left < 0 else f"it ends in {for_long(left)}"
        return f"{host}: {when}", f"It was not renewed. {reason(renewal)}".strip()
    return None


def _nobody(seen: Observation, count: int) -> Diagnosis:
    return Diagnosis(
        CHECK,
        PLATFORM,
        "Deployment/cert-manager",
        f"nobody has looked at any of the {count} certificates of the gateway",
        "They have no status: cert-manager does not run.",
        seen.kubectl("get deployments,pods", names.CERT_MANAGER_NAMESPACE),
        f"Bring it back: it comes with cdk deploy --exclusively {seen.environment.name}/add-ons.",
    )


def _command(seen: Observation, certificate: Manifest) -> str:
    return seen.kubectl(f"describe certificate {name(certificate)}", names.GATEWAY_NAMESPACE)


def _subject(seen: Observation, certificate: Manifest) -> str:
    """Return the workload that answers at the certificate's host."""
    hosts = words(certificate, "spec", "dnsNames")
    for _, workload in seen.workloads():
        subdomain = workload.exposure.subdomain if workload.exposure else None
        if subdomain and names.public_host(seen.environment, subdomain) in hosts:
            return workload.name
    return PLATFORM
