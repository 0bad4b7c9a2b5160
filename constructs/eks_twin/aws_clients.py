"""boto3 clients of the twin's AWS, for one account and region."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

import boto3

from eks_twin.app import Place

_KEY = "EKSTWIN0"
"""Begins the access keys of accounts, which have twenty characters as AWS's own do."""


def credentials(account: str) -> Mapping[str, str]:
    """Return what somebody of this account signs with. Nobody checks the signature; the key tells the account."""
    return {"AWS_ACCESS_KEY_ID": f"{_KEY}{account}", "AWS_SECRET_ACCESS_KEY": "twin"}


def account_of(access_key: str) -> str | None:
    """Return the account that an access key of `credentials` is for; None for any other key."""
    return access_key.removeprefix(_KEY) if access_key.startswith(_KEY) else None


def variables(endpoint: str, place: Place) -> Mapping[str, str]:
    """Return the environment variables by which any AWS SDK, and the CDK CLI, find the twin's AWS and nothing else."""
    return {
        **credentials(place.account),
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": place.region,
        "AWS_EC2_METADATA_DISABLED": "true",
        # Neither a profile of the caller's, nor their region.
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


@dataclass(frozen=True)
class Clients:
    """Makes one client for each service, once."""

    endpoint: str
    """`http://localhost:PORT`. By name: with 127.0.0.1, moto takes the bucket's name in a URL's path for another's."""
    place: Place
    _made: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    _making: Lock = field(default_factory=Lock, repr=False, compare=False)
    """A session, unlike what it makes, is for one thread at a time."""

    def __call__(self, service: str) -> Any:
        """Return the client of this service, e.g. `sqs`. Clients may be used by several threads at once."""
        with self._making:
            if service not in self._made:
                self._made[service] = self._session.client(service, endpoint_url=self.endpoint)
            return self._made[service]

    @cached_property
    def _session(self) -> boto3.session.Session:
        """One for all services: each looks through botocore's folders anew, which takes a third of a second."""
        signed = credentials(self.place.account)
        return boto3.session.Session(
            aws_access_key_id=signed["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=signed["AWS_SECRET_ACCESS_KEY"],
            region_name=self.place.region,
        )
