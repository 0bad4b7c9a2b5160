"""There is no valid certificate."""

from api_platform import names
from api_platform.runbooks.looks import COMPONENT_LOG
from api_platform.runbooks.runbook import AlertLimit, Look, Runbook, WayOut

LOOKS = (
    Look(
        f"kubectl get certificates -n {names.GATEWAY_NAMESPACE}",
        {"`READY False`": "this is the one; the alert's `name` says so, too"},
    ),
    Look(
        f"kubectl describe certificates,certificaterequests,orders,challenges -n {names.GATEWAY_NAMESPACE}",
        {
            "`Waiting for DNS-01 challenge propagation`": "the record was written, and is not seen: the zone is not "
            "the one that the world asks (delegation)",
            "`AccessDenied`": "cert-manager's role may not write the zone: deploy `add-ons`",
            "`rateLimited`": "too many tries for these hosts: the message says until when",
            "nothing but the certificate": "cert-manager does not work on it: look at its log",
        },
    ),
    Look(
        f"kubectl describe clusterissuer {names.CERTIFICATE_ISSUER}",
        {"`Ready False`": "the account with the certificate authority is not there: the message says why"},
    ),
    COMPONENT_LOG,
)
WAYS_OUT = (
    WayOut(
        "the challenge fails",
        "Correct `hosted_zone_id` and `domain` in the environment file, or the delegation of the zone at the parent; "
        "cert-manager tries again by itself.",
    ),
    WayOut(
        "nothing happens at all",
        "Restart cert-manager: it takes up every certificate that is due.",
        ("kubectl rollout restart -n $component_namespace deployment/$component",),
    ),
    WayOut(
        "the gateway still shows the old certificate, though it was renewed",
        "It reads the Secret through istiod: look whether istiod runs, and the gateway is in step with it.",
        (f"istioctl proxy-status -n {names.GATEWAY_NAMESPACE}",),
    ),
)
RUNBOOK = Runbook(
    alert="CertificateNotReady",
    says="A certificate is not valid: it has expired, or was never issued.",
    noticed="Clients refuse the host. No request arrives, so that no figure of the mesh shows it.",
    limit=AlertLimit("not ready for", lambda one: f"{one.minutes} minutes"),
    looks=LOOKS,
    ways_out=WAYS_OUT,
)
