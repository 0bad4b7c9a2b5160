"""Stack `<environment>/pipeline-access`: what the pipeline's account may see in the environment's."""

from aws_cdk import Acknowledgment, Stack, Validations
from aws_cdk import aws_iam as iam

from api_platform import names
from api_platform.aws.stage import EnvironmentStage
from api_platform.environment import Environment
from api_platform.pipeline.drift_project import DriftProject
from api_platform.pipeline.pipeline_file import PipelineFile
from api_platform.pipeline.pipeline_names import ACCESS_STACK, CHECK_SUBJECT, project_role_arn


class PipelineAccessStack(Stack):
    """The role by which the pipeline's plan and check look at queues, alarms and stacks; and the look for drift."""

    def __init__(self, stage: EnvironmentStage, file: PipelineFile) -> None:
        environment = stage.environment
        super().__init__(stage, ACCESS_STACK, description=f"What the pipeline may see of {environment.name}")
        account, region, name = environment.account, environment.region, environment.name
        visitors = [project_role_arn(file, f"{purpose}-{name}") for purpose in ("plan", "check")]
        iam.Role(
            self,
            "CheckRole",
            role_name=names.role_name(environment, CHECK_SUBJECT),
            description=f"The pipeline looks whether {name} is well",
            assumed_by=iam.AccountPrincipal(file.account).with_conditions(
                {"StringEquals": {"aws:PrincipalArn": visitors}}
            ),
            inline_policies={
                "look": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            actions=["sqs:GetQueueUrl", "sqs:GetQueueAttributes"],
                            resources=[f"arn:aws:sqs:{region}:{account}:{name}-*"],
                        ),
                        iam.PolicyStatement(
                            actions=["cloudwatch:DescribeAlarms"],
                            resources=[f"arn:aws:cloudwatch:{region}:{account}:alarm:*"],
                        ),
                        iam.PolicyStatement(
                            actions=["cloudformation:DescribeStacks"],
                            resources=[f"arn:aws:cloudformation:{region}:{account}:stack/{name}-*/*"],
                        ),
                    ]
                )
            },
        )
        DriftProject(self, stage)
        # The names are literals, so CloudFormation does not see that it needs them.
        for stack in (stage.cluster, stage.messaging):
            self.add_stack_dependency(stack)
        _acknowledge(self, environment)
        self.termination_protection = environment.choose(development=False, staging=False, production=True)


def _acknowledge(stack: Stack, environment: Environment) -> None:
    """Answer cdk-nag, once for all roles."""
    account, region, name = environment.account, environment.region, environment.name
    stacks = f"arn:aws:cloudformation:{region}:{account}:stack/{name}-*/*"
    for resource, reason in {
        f"arn:aws:sqs:{region}:{account}:{name}-*": "The environment's queues begin so; it reads their depth.",
        f"arn:aws:cloudwatch:{region}:{account}:alarm:*": "CloudWatch describes alarms by their state, not by name.",
        stacks: "The environment's stacks begin so, and each has an id of its own at its end; it reads them.",
        f"arn:aws:ec2:{region}:{account}:network-interface/*": "CodeBuild makes the interface; the subnets are named.",
        "*": "EC2's descriptions and CloudFormation's list know no resources.",
    }.items():
        acknowledgment = Acknowledgment(id=f"AwsSolutions::AwsSolutions-IAM5[Resource::{resource}]", reason=reason)
        Validations.of(stack).acknowledge(acknowledgment)
