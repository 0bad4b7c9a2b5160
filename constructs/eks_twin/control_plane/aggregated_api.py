"""APIs that another server on loopback answers, through the API server: metrics.k8s.io, external.metrics.k8s.io."""

import base64
from dataclasses import dataclass

import lightkube
from lightkube.models.apiregistration_v1 import APIServiceSpec, ServiceReference
from lightkube.models.core_v1 import ServiceSpec
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.apiregistration_v1 import APIService
from lightkube.resources.core_v1 import Service

from eks_twin.control_plane.certificates import Certificates, Pair
from eks_twin.kubernetes_clients import without_models

_MANAGER = "eks-twin"


@dataclass(frozen=True)
class AggregatedApi:
    """One version of one API group, and the server that answers it."""

    group: str
    """E.g. metrics.k8s.io."""
    version: str
    """E.g. v1beta1."""
    service: str
    """Name of the Service in front of the server."""
    namespace: str
    """Where that Service is; it must exist."""
    port: int
    """Where the server listens, on 127.0.0.1."""

    @property
    def name(self) -> str:
        """The APIService's name."""
        return f"{self.version}.{self.group}"

    @property
    def host(self) -> str:
        """Under this name the API server asks for the server's certificate."""
        return f"{self.service}.{self.namespace}.svc"


def serving_certificate(certificates: Certificates, api: AggregatedApi) -> Pair:
    """Return what the API's server shows: the API server believes it. Made anew at each call.

    To believe what the API server says of the user, the server takes the authority in
    `certificates.front_proxy_authority`.
    """
    return certificates.issue(api.service, [api.host])


def register(client: lightkube.Client, certificates: Certificates, api: AggregatedApi) -> None:
    """Have the API server pass requests of this API on to the server on loopback.

    By a Service of type ExternalName, for `localhost`: endpoints on loopback would be refused.
    """
    authority = base64.b64encode(certificates.authority.certificate.read_bytes()).decode()
    service = Service(
        metadata=ObjectMeta(name=api.service, namespace=api.namespace),
        spec=ServiceSpec(type="ExternalName", externalName="localhost"),
    )
    api_service = APIService(
        metadata=ObjectMeta(name=api.name),
        spec=APIServiceSpec(
            group=api.group,
            version=api.version,
            groupPriorityMinimum=100,
            versionPriority=100,
            caBundle=authority,
            service=ServiceReference(name=api.service, namespace=api.namespace, port=api.port),
        ),
    )
    client.apply(service, field_manager=_MANAGER, force=True)
    client.apply(api_service, field_manager=_MANAGER, force=True)


def is_available(client: lightkube.Client, api: AggregatedApi) -> bool:
    """Whether the API server passes requests of this API on to the server.

    Asked by such a request: the condition Available is written a moment before the API server acts on it.
    """
    with without_models(client) as http:
        return http.get(f"/apis/{api.group}/{api.version}").is_success
