"""An environment's account whose answers a test writes."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.stub import Stubber

from api_platform.environment import Environment, load_environments
from api_platform.verification.account import EnvironmentAccount

SIGNED = {"aws_access_key_id": "anybody", "aws_secret_access_key": "any"}


def staging() -> Environment:
    (environment,) = load_environments("staging")
    return environment


@dataclass(frozen=True)
class StubbedSession:
    """Hands out clients whose every call must be foreseen."""

    clients: Mapping[str, Any]
    stubs: Mapping[str, Stubber] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def of(cls, *services: str) -> Iterator["StubbedSession"]:
        clients = {service: boto3.client(service, region_name="eu-west-1", **SIGNED) for service in services}
        with ExitStack() as stack:
            stubs = {name: stack.enter_context(Stubber(client)) for name, client in clients.items()}
            yield cls(clients, stubs)
            for stub in stubs.values():
                stub.assert_no_pending_responses()

    def client(self, service: str) -> Any:
        return self.clients[service]

    def account(self, environment: Environment | None = None) -> EnvironmentAccount:
        return EnvironmentAccount(environment or staging(), self)
