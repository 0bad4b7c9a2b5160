import re

from api_platform.environment import ROOT
from api_platform.preflight.checks.lambda_runs_the_stacks import DEPLOY_SCRIPT_STACKS
from tests.preflight.prepared import Prepared, a_reading, the_environment, with_account

CHECK = "lambda-runs-the-stacks"


def test_a_new_account_s_ten_bear_one_stack_at_once() -> None:
    by_pipeline, by_script = with_account(lambda_executions=10).say(CHECK)
    assert by_pipeline.what == "2 stacks at once need 20 executions, and there are 10"
    assert "Or deploy 1 at once: concurrent_stacks = 1 in environments/production.toml." in by_pipeline.remedy
    assert by_script.what == "4 stacks at once need 40 executions, and there are 10"
    assert "cdk deploy --concurrency 1 'production/*'" in by_script.remedy


def test_the_largest_concurrency_that_fits_is_told() -> None:
    assert "Or deploy 3 at once" in with_account(lambda_executions=39).only(CHECK).remedy


def test_an_account_that_bears_not_even_one_is_told_so() -> None:
    assert with_account(lambda_executions=9).say(CHECK)[0].remedy.endswith("Not even one stack at a time fits.")


def test_a_pipeline_that_does_not_deploy_it_is_not_asked_about() -> None:
    prepared = Prepared(a_reading(lambda_executions=10), the_environment(pipeline=False))
    assert prepared.only(CHECK).object.endswith("scripts/deploy.sh")


def test_objects_of_argo_cd_need_no_functions() -> None:
    prepared = Prepared(a_reading(lambda_executions=1), the_environment(kubernetes_objects="argo-cd"))
    assert prepared.say(CHECK) == []


def test_a_quota_that_was_not_read_is_left_out() -> None:
    assert with_account(lambda_executions=None).say(CHECK) == []


def test_the_script_deploys_as_many_at_once_as_is_said_of_it() -> None:
    (concurrency,) = re.findall(r"--concurrency (\d+)", (ROOT / "scripts" / "deploy.sh").read_text())
    assert int(concurrency) == DEPLOY_SCRIPT_STACKS
