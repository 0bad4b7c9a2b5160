"""`api-platform verify`: whether an environment is as it should be after a deployment."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from api_platform.environment import load_environments
from api_platform.errors import InputError, shown
from api_platform.verification.account import EnvironmentAccount
from api_platform.verification.public_hosts import Gateway, verify_public_hosts
from api_platform.verification.result import VerificationResult
from api_platform.verification.stacks import verify_stacks
from api_platform.verification.troubles import Troubles

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class VerifyOptions:
    """The words after `verify`."""

    record: Path | None = None
    against: Path | None = None
    role: str | None = None
    gateway: str | None = None
    timeout_seconds: float = 120.0


def verify_command(environment_name: str, options: VerifyOptions) -> int:
    """Verify the environment, or record what it suffers from. Returns 1 where something is not as it should be.

    Raises InputError on bad options and where AWS cannot be asked.
    """
    if options.record and options.against:
        raise InputError("--record and --against exclude each other: record before a deployment, compare after it.")
    (environment,) = load_environments(environment_name)
    gateway = Gateway.parse(options.gateway) if options.gateway else None
    before = Troubles.read(options.against, environment) if options.against else Troubles.none(environment)
    account = EnvironmentAccount.sign_in(environment, options.role)
    now = Troubles.now(account)
    if options.record:
        now.write(options.record)
        print(f"{shown(options.record)}: {_figures(now)} in {environment.name}", file=sys.stderr)
        return 0
    results = [verify_stacks(account), *now.verify(before, environment)]
    if gateway or not _aws_is_on_this_machine():
        results.append(verify_public_hosts(environment, gateway=gateway, timeout_seconds=options.timeout_seconds))
    else:
        results.append(VerificationResult("public hosts: not asked, as this AWS is a twin: it has no gateway"))
    return _print(environment.name, results)


def _figures(troubles: Troubles) -> str:
    messages = sum(troubles.dead_letters.values())
    return f"{messages} messages in {len(troubles.dead_letters)} dead-letter queues, {len(troubles.alarms)} alarms"


def _aws_is_on_this_machine() -> bool:
    """Whether the SDK's own variable points to a twin: the environment's public hosts then are not those in DNS."""
    return urlsplit(os.environ.get("AWS_ENDPOINT_URL", "")).hostname in _LOOPBACK


def _print(environment: str, results: list[VerificationResult]) -> int:
    for result in results:
        print(f"{environment}: {'FAILED' if result.failures else 'passed'}  {result.summary}")
        for failure in result.failures:
            print(f"  {failure}")
    return 1 if any(result.failures for result in results) else 0
