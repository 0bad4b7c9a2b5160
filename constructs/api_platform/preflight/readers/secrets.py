"""The secrets that the specs mount. Their values are never read."""

from collections.abc import Mapping
from typing import Any

from api_platform import names
from api_platform.preflight.account_reading import SecretState
from api_platform.preflight.inquiry import Inquiry


def read_secrets(inquiry: Inquiry) -> Mapping[str, SecretState | None]:
    """Return each secret by its name in Secrets Manager; None where there is none."""
    wanted = sorted({secret for workload in inquiry.workloads for secret in workload.secrets})
    client = inquiry.client("secretsmanager")
    return {name: _secret(client, name) for name in (names.secret_name(inquiry.environment, one) for one in wanted)}


def _secret(client: Any, name: str) -> SecretState | None:
    try:
        described = client.describe_secret(SecretId=name)
    except client.exceptions.ResourceNotFoundException:
        return None
    stages = [stage for stages in described.get("VersionIdsToStages", {}).values() for stage in stages]
    return SecretState(being_deleted="DeletedDate" in described, has_value="AWSCURRENT" in stages)
