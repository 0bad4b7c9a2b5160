"""What templates look up in their account and region: parameters of Systems Manager, secrets, zones."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from eks_twin.aws_clients import Clients

_ARN_PARTS = 7
"""Of a secret's ARN, which is separated by colons itself."""


@dataclass(frozen=True)
class LookUps:
    """Asks the services of one account and region."""

    clients: Clients

    def zones(self, region: str) -> list[str]:
        """Return the availability zones. Raises KeyError for another region than the clients'."""
        if region != self.clients.place.region:
            raise KeyError(region)
        found = self.clients("ec2").describe_availability_zones()["AvailabilityZones"]
        return [str(zone["ZoneName"]) for zone in found]

    def ssm_parameter(self, name: str) -> str:
        """Return the value of a stack's parameter that is kept there. Raises KeyError where there is none."""
        found: Mapping[str, Any] = self.clients("ssm").get_parameters(Names=[name])
        values = {one["Name"]: one["Value"] for one in found["Parameters"]}
        return str(values[name])

    def dynamic_reference(self, service: str, name: str) -> str:
        """Return what a dynamic reference leads to. Raises LookupError, with the reason, where there is nothing."""
        try:
            match service:
                case "ssm":
                    return self._parameter(name, secure=False)
                case "ssm-secure":
                    return self._parameter(name, secure=True)
                case "secretsmanager":
                    return self._secret(name)
                case _:
                    raise LookupError("the services are ssm, ssm-secure and secretsmanager")
        except ClientError as error:
            raise LookupError(error.response["Error"].get("Message") or str(error)) from error

    def _parameter(self, name: str, *, secure: bool) -> str:
        parameter = self.clients("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]
        if (parameter["Type"] == "SecureString") != secure:
            service = "ssm" if secure else "ssm-secure"
            raise LookupError(f"the parameter is a {parameter['Type']}, which {service} resolves")
        return str(parameter["Value"])

    def _secret(self, name: str) -> str:
        parts = name.split(":")
        length = _ARN_PARTS if name.startswith("arn:") else 1
        secret, (kind, key, stage, version, *_) = ":".join(parts[:length]), [*parts[length:], *[""] * 4]
        if kind not in ("", "SecretString"):
            raise LookupError(f"of a secret there is SecretString alone, not {kind}")
        which = {"VersionStage": stage, "VersionId": version}
        given = {name: value for name, value in which.items() if value}
        text = str(self.clients("secretsmanager").get_secret_value(SecretId=secret, **given)["SecretString"])
        return _member(text, key) if key else text


def _member(text: str, key: str) -> str:
    try:
        members: Any = json.loads(text)
    except json.JSONDecodeError:
        members = None
    if not isinstance(members, dict) or key not in members:
        raise LookupError(f"Could not find a value associated with JSONKey {key} in SecretString")
    return str(members[key])
