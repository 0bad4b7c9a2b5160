"""An account of AWS on moto in which nothing is missing: a test breaks one fact of it.

moto does not keep two quotas and an image's layers: these are plain values here.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import boto3
from botocore.exceptions import ClientError
from moto import mock_aws

from api_platform.doctor.diagnosis import Diagnosis
from api_platform.environment import Environment
from api_platform.preflight.account_reader import read_account
from api_platform.preflight.account_reading import AccountReading
from api_platform.preflight.examination import examine_account
from api_platform.preflight.inquiry import Inquiry
from api_platform.service import Service
from api_platform.verification.account import EnvironmentAccount
from tests.preflight.fake_clients import FakeLambda, FakeQuotas, FakeRegistrations
from tests.preflight.prepared import the_environment, the_services

REGION: Final = "eu-west-1"
INDEX: Final = "application/vnd.oci.image.index.v1+json"
MANIFEST: Final = "application/vnd.oci.image.manifest.v1+json"
SESSION: Final = boto3.Session("anything", "anything")
DENIED: Final[set[str]] = set()
"""Calls that AWS refuses now: `iam.GetRole`."""
QUOTAS: Final = {"L-1216C47A": 64.0, "L-0263D0A3": 5.0}


@cache  # reading a service's model takes long
def aws(service: str, region: str = REGION) -> Any:
    """Return the boto3 client of a service."""
    client = SESSION.client(service, region)
    client.meta.events.register("before-call.*", _deny)
    if service == "ecr":
        client.get_download_url_for_layer = lambda **_: {"downloadUrl": "https://layers.example/one"}
    return client


def _deny(model: Any, **_: Any) -> None:
    if (call := f"{model.service_model.signing_name}.{model.name}") in DENIED:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": f"not authorized: {call}"}}, model.name)


@dataclass
class SimulatedAccount:
    """What preflight asks. Change it in place, or by boto3."""

    environment: Environment
    services: tuple[Service, ...] = field(default_factory=the_services)
    quotas: dict[str, float] = field(default_factory=lambda: dict(QUOTAS))
    executions: int = 1000
    registrations: dict[str, list[str]] = field(default_factory=dict)
    """Domains that are registered in the account, with their name servers."""
    architecture: str = "arm64"
    """Of the image that has but one."""

    def client(self, service: str, region_name: str = REGION) -> Any:
        """Return what a session does."""
        if service == "service-quotas":
            return FakeQuotas(self.quotas)
        if service == "lambda":
            return FakeLambda(self.executions)
        if service == "route53domains":
            return FakeRegistrations(self.registrations)
        return aws(service, region_name)

    def change(self, **facts: Any) -> None:
        """Change facts of the environment."""
        self.environment = self.environment.model_copy(update=facts)

    def resize(self, instance_type: str) -> None:
        """Give the node group `system` machines of another type."""
        groups = self.environment.node_groups
        system = groups.system.model_copy(update={"instance_type": instance_type})
        self.change(node_groups=groups.model_copy(update={"system": system}))

    def download(self, _url: str) -> bytes:
        """Return the configuration of the image that has but one architecture."""
        return json.dumps({"architecture": self.architecture}).encode()

    @property
    def inquiry(self) -> Inquiry:
        """Return what readers ask it by."""
        account = EnvironmentAccount(self.environment, self)
        return Inquiry(account, self.services, download=self.download)

    def read(self) -> AccountReading:
        """Return what is read of it."""
        return read_account(self.inquiry)

    def found(self) -> tuple[Diagnosis, ...]:
        """Return what preflight finds in it."""
        return examine_account(self.environment, self.services, self.read())


@contextmanager
def simulated_account() -> Iterator[SimulatedAccount]:
    """Give an account in which nothing is missing."""
    DENIED.clear()
    with mock_aws():
        zones = [aws("route53").create_hosted_zone(Name=name, CallerReference=name) for name in _DOMAINS]
        above, zone = zones
        delegate(above["HostedZone"]["Id"], _DOMAINS[1], zone["DelegationSet"]["NameServers"])
        identifier = zone["HostedZone"]["Id"].rpartition("/")[2]
        aws("ssm").put_parameter(Name="/cdk-bootstrap/hnb659fds/version", Value="30", Type="String")
        aws("iam").create_role(RoleName="administrators", AssumeRolePolicyDocument="{}")
        secrets = aws("secretsmanager")
        secrets.create_secret(Name="production/database", SecretString="{}")
        account = SimulatedAccount(the_environment(domain=_DOMAINS[1], hosted_zone_id="ZTOBECHANGED"))
        account.change(hosted_zone_id=identifier)
        account.services = _pushed(account.services)
        yield account


_DOMAINS: Final = ("example.com", "api.example.com")


def delegate(zone: str, name: str, servers: list[str]) -> None:
    """Let a hosted zone send the world to these servers."""
    records = {"Name": name, "Type": "NS", "TTL": 300, "ResourceRecords": [{"Value": f"{one}."} for one in servers]}
    change = {"Changes": [{"Action": "UPSERT", "ResourceRecordSet": records}]}
    aws("route53").change_resource_record_sets(HostedZoneId=zone, ChangeBatch=change)


def push(name: str, manifest: dict[str, Any], media_type: str) -> str:
    """Push an image as v1.2.3, and return its digest."""
    answer = aws("ecr").put_image(
        repositoryName=name,
        imageManifest=json.dumps({"schemaVersion": 2, "mediaType": media_type, **manifest}),
        imageManifestMediaType=media_type,
        imageTag="v1.2.3",
    )
    return str(answer["image"]["imageId"]["imageDigest"])


def index(*architectures: str) -> dict[str, Any]:
    """Return an index of images, with the attestation that buildx adds."""
    return {"manifests": [{"platform": {"os": "linux", "architecture": one}} for one in (*architectures, "unknown")]}


def _pushed(services: tuple[Service, ...]) -> tuple[Service, ...]:
    """Push every service's image; `orders` is pinned by its digest, `parcels` has but one architecture."""
    for service in services:
        aws("ecr").create_repository(repositoryName=service.name)
    digest = push("orders", index("amd64", "arm64"), INDEX)
    push("stock", index("amd64", "arm64"), INDEX)
    push("parcels", {"config": {"digest": f"sha256:{'c' * 64}"}, "layers": []}, MANIFEST)
    orders, *others = services
    (workload,) = orders.workloads
    pinned = workload.model_copy(update={"image": workload.image.model_copy(update={"digest": digest})})
    return (orders.model_copy(update={"workloads": (pinned,)}), *others)
