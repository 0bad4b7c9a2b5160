"""`api-platform doctor`: what is wrong with what runs."""

from api_platform.cli.options import chosen_form
from api_platform.doctor.output import FORMATS
from api_platform.doctor.report import examine
from api_platform.environment import load_environments
from api_platform.kubectl_calls import KubectlCalls


def doctor_command(
    service: str | None, environment_name: str, context: str | None, output_format: str, *, ask_aws: bool
) -> int:
    """Print what is wrong. Returns 1 where there is anything. Raises InputError on bad input, and on no answer."""
    show = chosen_form(output_format, FORMATS)
    (environment,) = load_environments(environment_name)
    report = examine(environment, service, KubectlCalls(context), ask_aws=ask_aws)
    show(report)
    return 1 if report.diagnoses else 0
