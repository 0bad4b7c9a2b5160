"""`api-platform plan`."""

from collections.abc import Callable, Mapping, Sequence

from rich.console import Console

from api_platform.cli.options import chosen_form
from api_platform.errors import InputError
from api_platform.plan.deploy_plan import DeployPlan
from api_platform.plan.output.json_text import to_json
from api_platform.plan.output.markdown import to_markdown
from api_platform.plan.output.terminal import show_in_terminal
from api_platform.plan.planning import PlanRequest, make_plans
from api_platform.plan.risks.protection_lifted import protection_lifted


def plan_command(request: PlanRequest, output_format: str, *, detailed_exit_code: bool, unprotect: bool) -> int:
    """Print what a deploy would do. Returns 0; with `detailed_exit_code` 3 on changes, 4 where somebody should look.

    Raises InputError where something was asked wrongly, or cannot be reached; and, once it is printed, where protection
    would be turned off and `unprotect` does not say that it shall be.
    """
    show = chosen_form(output_format, _FORMATS)
    try:
        plans = make_plans(request)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("api_platform"):
            raise
        raise InputError(f"the plan needs more packages than are installed ({error.name}). Run: make setup") from None
    show(plans)
    lifted = [risk.value for plan in plans for risk in protection_lifted(plan.changes)]
    if lifted and not unprotect:
        raise InputError(f"{'; '.join(lifted)}. Leave it on, or say that it shall go: api-platform plan --unprotect")
    return max(plan.detailed_exit_code for plan in plans) if detailed_exit_code else 0


_FORMATS: Mapping[str, Callable[[Sequence[DeployPlan]], None]] = {
    "terminal": lambda plans: show_in_terminal(plans, Console(highlight=False)),
    "markdown": lambda plans: print(to_markdown(plans), end=""),
    "json": lambda plans: print(to_json(plans), end=""),
}
