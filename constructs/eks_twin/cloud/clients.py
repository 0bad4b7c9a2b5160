"""boto3 clients of the twin's AWS, for one account and region."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import boto3

CREDENTIALS: Mapping[str, str] = {"AWS_ACCESS_KEY_ID": "twin", "AWS_SECRET_ACCESS_KEY": "twin"}
"""What every program of the twin signs with; nobody checks it. The account comes from the server's own setting."""


@dataclass(frozen=True)
class Clients:
    """Makes one client for each service, once."""

    endpoint: str
    """`http://localhost:PORT`. By name: with 127.0.0.1, moto takes the bucket's name in a URL's path for another's."""
    region: str
    _made: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, service: str) -> Any:
        """Return the client of this service, e.g. `sqs`. Clients may be used by several threads at once."""
        if service not in self._made:
            session = boto3.session.Session(
                aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
                aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
                region_name=self.region,
            )
            self._made[service] = session.client(service, endpoint_url=self.endpoint)
        return self._made[service]
