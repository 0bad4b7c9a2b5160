"""KEDA's operator and its metrics adapter, as they are, beside the control plane; they read the twin's queues."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eks_twin.control_plane.addresses import local
from eks_twin.control_plane.aggregated_api import AggregatedApi, is_available, register, serving_certificate
from eks_twin.control_plane.certificates import Pair
from eks_twin.control_plane.control_plane import ControlPlane
from eks_twin.control_plane.readiness import Endpoint, wait_until_ready
from eks_twin.kubernetes_clients import connect, connect_plainly
from eks_twin.manifests import rows, text
from eks_twin.processes import Program, free_ports, run_program
from eks_twin.processes.files import write_whole
from eks_twin.release import Release

KEDA_CHART = "keda"
OPERATOR = "keda"
ADAPTER = "keda-adapter"
"""Names of the binaries, and of the programs in the record and the logs."""
_GRPC, _HEALTH = "keda-metrics-service", "keda-health"
_READY_SECONDS = 60.0


@dataclass(frozen=True)
class Aws:
    """What KEDA reads queues from."""

    endpoint: str
    """The twin's AWS: `http://localhost:PORT`."""
    region: str


@dataclass(frozen=True)
class Keda:
    """One start of KEDA."""

    plane: ControlPlane
    binaries: Mapping[str, Path]
    aws: Aws
    release: Release
    """As the app installed it: by its values, KEDA knows its role."""
    ports: Mapping[str, int]

    @property
    def name(self) -> str:
        """The operator's ServiceAccount, and its Deployment on EKS."""
        return self.release.value("serviceAccount", "operator", "name") or "keda-operator"

    @property
    def api(self) -> AggregatedApi:
        """What the adapter answers, under the names that KEDA's chart gives it."""
        return AggregatedApi(
            "external.metrics.k8s.io",
            "v1beta1",
            "keda-operator-metrics-apiserver",
            self.release.namespace,
            self.ports[ADAPTER],
        )

    @property
    def token(self) -> Path:
        """The token that the operator shows for its role, as EKS would mount it. The twin's AWS believes any."""
        return self.plane.home.of(OPERATOR) / "token"


def start_keda(plane: ControlPlane, binaries: Mapping[str, Path], aws: Aws, release: Release) -> None:
    """Start KEDA, and return when the API server answers external metrics by it, and every ScaledObject has its HPA.

    Its definitions and its namespace must be there, as its Helm release leaves them. Raises TwinError with the end of
    the log of what does not come up.
    """
    keda = Keda(plane, binaries, aws, release, free_ports([OPERATOR, ADAPTER, _GRPC, _HEALTH]))
    home, client = plane.home, connect(plane.home)
    home.of(OPERATOR).mkdir(parents=True, exist_ok=True)
    write_whole(keda.token, "nobody checks it")
    run_program(home, operator(keda, _shown(keda, plane.certificates.issue(_GRPC))))
    run_program(home, adapter(keda, serving_certificate(plane.certificates, keda.api)))
    wait_until_ready(home, OPERATOR, Endpoint(f"http://{local(keda.ports[_HEALTH])}/readyz").answers, _READY_SECONDS)
    answers = Endpoint(f"https://{local(keda.ports[ADAPTER])}/readyz", plane.certificates.authority.certificate).answers
    wait_until_ready(home, ADAPTER, answers, _READY_SECONDS)
    register(client, plane.certificates, keda.api)
    wait_until_ready(home, ADAPTER, lambda: is_available(client, keda.api), _READY_SECONDS)
    wait_until_ready(home, OPERATOR, lambda: _has_taken_over(plane), _READY_SECONDS)


def _has_taken_over(plane: ControlPlane) -> bool:
    """Whether each ScaledObject has been acted on: it has its autoscaler, or says why not."""
    with connect_plainly(plane.kubeconfig) as http:
        listed = http.get("/apis/keda.sh/v1alpha1/scaledobjects").raise_for_status().json()
    return all(text(one, "status", "hpaName") or rows(one, "status", "conditions") for one in listed["items"])


def operator(keda: Keda, certificates: Path) -> Program:
    """Return the operator. `certificates`: folder of what it shows to the adapter, and whom it believes."""
    ports = {name: keda.ports[name] for name in (_GRPC, _HEALTH)}
    return Program(
        name=OPERATOR,
        command=(
            str(keda.binaries[OPERATOR]),
            f"--metrics-service-bind-address={local(ports[_GRPC])}",
            f"--health-probe-bind-address={local(ports[_HEALTH])}",
            "--metrics-bind-address=0",  # for Prometheus, of which there is none
            f"--cert-dir={certificates}",
            "--enable-cert-rotation=false",
            "--kube-api-qps=100",
            "--kube-api-burst=200",
        ),
        folder=keda.plane.home.of(OPERATOR),
        environment={**_environment(keda), **_identity(keda)},
        ports=ports,
    )


def adapter(keda: Keda, certificate: Pair) -> Program:
    """Return the adapter. `certificate`: what it shows to the API server."""
    kubeconfig = keda.plane.kubeconfig
    port = keda.ports[ADAPTER]
    return Program(
        name=ADAPTER,
        command=(
            str(keda.binaries[ADAPTER]),
            "--bind-address=127.0.0.1",
            f"--secure-port={port}",
            f"--tls-cert-file={certificate.certificate}",
            f"--tls-private-key-file={certificate.key}",
            # What it shows to the operator; with the two flags above, this is all that the folder is for.
            f"--cert-dir={_certificates(keda)}",
            f"--metrics-service-address=localhost:{keda.ports[_GRPC]}",
            *(f"--{use}-kubeconfig={kubeconfig}" for use in ("lister", "authentication", "authorization")),
        ),
        folder=keda.plane.home.of(ADAPTER),
        environment=_environment(keda),
        ports={"https": port},
    )


def _environment(keda: Keda) -> Mapping[str, str]:
    namespace = keda.release.namespace
    return {
        "KUBECONFIG": str(keda.plane.kubeconfig),
        "WATCH_NAMESPACE": "",  # all of them
        "POD_NAMESPACE": namespace,
        "POD_NAME": keda.name,
        "KEDA_CLUSTER_OBJECT_NAMESPACE": namespace,
    }


def _identity(keda: Keda) -> Mapping[str, str]:
    """Return what EKS puts into the environment of a pod whose ServiceAccount has a role, and where AWS is."""
    return {
        "AWS_ROLE_ARN": keda.release.value("podIdentity", "aws", "irsa", "roleArn"),
        "AWS_WEB_IDENTITY_TOKEN_FILE": str(keda.token),
        "AWS_REGION": keda.aws.region,
        "AWS_ENDPOINT_URL": keda.aws.endpoint,
        # The SDK asks STS for the role before it has read the line above.
        "AWS_ENDPOINT_URL_STS": keda.aws.endpoint,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def _certificates(keda: Keda) -> Path:
    return keda.plane.home.of(OPERATOR) / "certificates"


def _shown(keda: Keda, pair: Pair) -> Path:
    """Put a certificate where KEDA looks for it, under the names of a Kubernetes Secret; return the folder."""
    folder = _certificates(keda)
    folder.mkdir(parents=True, exist_ok=True)
    authority = keda.plane.certificates.authority.certificate
    for source, name in ((authority, "ca.crt"), (pair.certificate, "tls.crt"), (pair.key, "tls.key")):
        write_whole(folder / name, source.read_text())
    return folder
