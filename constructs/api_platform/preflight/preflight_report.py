"""Reads an environment's account, and tells in the doctor's form what a first deployment would fail at."""

from api_platform.doctor.health_report import HealthReport
from api_platform.environment import Environment
from api_platform.preflight.account_reader import read_account
from api_platform.preflight.examination import examine_account
from api_platform.preflight.inquiry import Inquiry
from api_platform.services import all_services
from api_platform.verification.account import EnvironmentAccount


def prepare(environment: Environment, role: str | None = None) -> HealthReport:
    """Return what is missing. `role`: ARN of the IAM role to ask as. Default: the caller's own credentials.

    Raises InputError where nobody has signed in, or into another account.
    """
    services = all_services(environment)
    account = EnvironmentAccount.sign_in(environment, role)
    reading = read_account(Inquiry(account, services))
    return HealthReport(environment.name, None, examine_account(environment, services, reading), reading.left_out)
