from api_platform.preflight.account_reading import BootstrapStack
from tests.preflight.simulated_account import SimulatedAccount, aws

BUCKET = '{"Resources": {"Bucket": {"Type": "AWS::S3::Bucket"}}}'


def test_a_stack_that_has_left_no_version_is_told_with_its_state(account: SimulatedAccount) -> None:
    aws("cloudformation").create_stack(StackName="CDKToolkit", TemplateBody=BUCKET)
    aws("ssm").delete_parameter(Name="/cdk-bootstrap/hnb659fds/version")
    assert account.read().bootstrap == BootstrapStack(None, "CREATE_COMPLETE")
