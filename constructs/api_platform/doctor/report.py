"""What a run of the doctor has to tell, and how it comes to it."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib.util import find_spec

from api_platform.aws_calls import aws_calls, require_account, session
from api_platform.doctor.aws_reader import Client, read_aws
from api_platform.doctor.cluster_reader import read_cluster
from api_platform.doctor.examination import diagnose
from api_platform.doctor.health_report import HealthReport
from api_platform.doctor.observation import AwsState, Observation
from api_platform.environment import Environment
from api_platform.errors import InputError, nearest
from api_platform.kubectl_calls import KubectlCalls
from api_platform.service import Service
from api_platform.services import all_services


def examine(environment: Environment, service: str | None, kubectl: KubectlCalls, *, ask_aws: bool) -> HealthReport:
    """Look at the environment, and return what is wrong; with `service`, only what is about it or its workloads.

    Raises InputError on a service that there is not, and where the cluster or AWS cannot be asked.
    """
    services = all_services(environment)
    subjects = _subjects(services, service)
    client = _client(environment) if ask_aws else "--no-aws was given"
    with ThreadPoolExecutor(1) as thread:  # each waits mostly for the other side
        aws_answer = thread.submit(_aws, environment, services, client)
        cluster = read_cluster(environment, kubectl)
        now = datetime.now(UTC)
        aws, left_out = aws_answer.result()
    seen = Observation(
        environment, services, cluster.objects, aws, now, kubectl.options, (*cluster.left_out, *left_out)
    )
    found = tuple(one for one in diagnose(seen) if subjects is None or one.subject in subjects)
    return HealthReport(environment.name, service, found, seen.left_out)


def _subjects(services: Sequence[Service], chosen: str | None) -> set[str] | None:
    if chosen is None:
        return None
    known = {service.name: service for service in services}
    if chosen not in known:
        raise InputError(f"there is no service {chosen!r}. {nearest(chosen, list(known))}")
    return {chosen, *(workload.name for workload in known[chosen].workloads)}


def _client(environment: Environment) -> Client | str:
    """Return what makes AWS's clients; in words why there are none, where nobody has signed in."""
    if find_spec("boto3") is None:
        return "boto3 is not installed (make setup installs it)"
    asked = session(environment.region)
    with aws_calls("sign in to AWS"):
        if asked.get_credentials() is None:
            return "there are no AWS credentials (sign in, or set AWS_PROFILE)"
    client: Client = asked.client
    return client


def _aws(
    environment: Environment, services: Sequence[Service], client: Client | str
) -> tuple[AwsState | None, tuple[str, ...]]:
    if isinstance(client, str):
        return None, (f"AWS (queues, stacks): {client}.",)
    require_account(client("sts"), environment.account, environment.name, "leave AWS out: --no-aws")
    return read_aws(environment, services, client), ()
