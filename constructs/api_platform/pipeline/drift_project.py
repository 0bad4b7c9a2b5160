"""The CodeBuild project that looks every night whether somebody has changed what runs."""

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as alarm_actions
from aws_cdk import aws_codebuild as codebuild
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_eks_v2 as eks
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3_assets as assets
from aws_cdk import aws_sns as sns
from constructs import Construct

from api_platform import names
from api_platform.account_demands import drift_log_group, drift_project_name
from api_platform.aws.encryption_key import encryption_key
from api_platform.aws.retention import retention
from api_platform.aws.stage import EnvironmentStage
from api_platform.environment import Environment
from api_platform.pipeline import buildspecs
from api_platform.pipeline.build_project import IMAGE
from api_platform.pipeline.drift_program import drift_program
from api_platform.pipeline.permissions import let_logs_use, log_access, trusted_service, use_network

_TIMEOUT = Duration.minutes(30)
_AT_NIGHT = events.Schedule.cron(hour="3", minute="0")


class DriftProject(Construct):
    """Stands in the environment's account and network: the cluster's endpoint is private."""

    def __init__(self, scope: Construct, stage: EnvironmentStage) -> None:
        super().__init__(scope, "Drift")
        environment, vpc = stage.environment, stage.network.vpc
        topic, program, name = stage.messaging.topic, drift_program(self), drift_project_name(environment)
        key = encryption_key(self, environment, "drift")
        let_logs_use(key, environment.account, environment.region)
        log_group = logs.LogGroup(
            self,
            "Log",
            log_group_name=drift_log_group(environment),
            retention=logs.RetentionDays.ONE_YEAR,
            encryption_key=key,
            removal_policy=retention(environment),
        )
        security_group = ec2.SecurityGroup(self, "Network", vpc=vpc, description=f"CodeBuild project {name}")
        may_read = _asset_access(program)
        role = _role(self, stage, [log_access(log_group.log_group_arn), may_read], security_group)
        project = codebuild.Project(
            self,
            "Project",
            project_name=name,
            description=f"Looks whether somebody has changed what runs in {environment.name}",
            role=role.without_policy_updates(),
            source=codebuild.Source.s3(bucket=program.bucket, path=program.s3_object_key),
            build_spec=codebuild.BuildSpec.from_object(dict(buildspecs.drift(environment))),
            environment=codebuild.BuildEnvironment(
                build_image=IMAGE, compute_type=codebuild.ComputeType.SMALL, privileged=False
            ),
            environment_variables={"TOPIC": codebuild.BuildEnvironmentVariable(value=topic.topic_arn)},
            encryption_key=key,
            logging=codebuild.LoggingOptions(cloud_watch=codebuild.CloudWatchLoggingOptions(log_group=log_group)),
            timeout=_TIMEOUT,
            vpc=vpc,
            subnet_selection=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
            security_groups=[security_group],
            grant_report_group_permissions=False,
        )
        _admit(self, stage, role, security_group)
        _run_nightly(self, environment, project)
        _tell_failures(self, project, topic)


def _asset_access(program: assets.Asset) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        actions=["s3:GetObject", "s3:GetObjectVersion"],
        resources=[program.bucket.arn_for_objects(program.s3_object_key)],
    )


def _role(
    scope: Construct, stage: EnvironmentStage, own: Sequence[iam.PolicyStatement], group: ec2.SecurityGroup
) -> iam.Role:
    """Create the role: what is the project's `own`, the network, and to look at stacks and cluster and tell of it."""
    environment = stage.environment
    account, region, name = environment.account, environment.region, environment.name
    statements = [
        *own,
        *use_network(environment, stage.network.vpc, group),
        # CloudFormation lists all stacks or none.
        iam.PolicyStatement(actions=["cloudformation:ListStacks"], resources=["*"]),
        iam.PolicyStatement(
            actions=["cloudformation:GetTemplate"],
            resources=[f"arn:aws:cloudformation:{region}:{account}:stack/{name}-*/*"],
        ),
        iam.PolicyStatement(
            actions=["eks:DescribeCluster"],
            resources=[f"arn:aws:eks:{region}:{account}:cluster/{names.cluster_name(environment)}"],
        ),
        iam.PolicyStatement(actions=["sns:Publish"], resources=[stage.messaging.topic.topic_arn]),
        iam.PolicyStatement(actions=["kms:Decrypt", "kms:GenerateDataKey"], resources=[stage.messaging.key.key_arn]),
    ]
    return iam.Role(
        scope,
        "Role",
        role_name=names.role_name(environment, "drift"),
        description=f"Looks whether somebody has changed what runs in {name}",
        assumed_by=trusted_service("codebuild", account),
        inline_policies={"own": iam.PolicyDocument(statements=statements, minimize=True)},
    )


def _run_nightly(scope: Construct, environment: Environment, project: codebuild.Project) -> None:
    start = iam.PolicyStatement(actions=["codebuild:StartBuild"], resources=[project.project_arn])
    role = iam.Role(
        scope,
        "ScheduleRole",
        role_name=names.role_name(environment, "drift-schedule"),
        description="Starts the nightly look for drift",
        assumed_by=trusted_service("events", environment.account),
        inline_policies={"own": iam.PolicyDocument(statements=[start])},
    )
    target = targets.CodeBuildProject(project, event_role=role.without_policy_updates())
    events.Rule(scope, "Schedule", schedule=_AT_NIGHT, targets=[target])


def _tell_failures(scope: Construct, project: codebuild.Project, topic: sns.ITopic) -> None:
    """Tell operations of a build that could not look: a night without a mail must mean that all is well."""
    alarm = cloudwatch.Alarm(
        scope,
        "Failed",
        alarm_description="The nightly look for drift failed: see the log of its CodeBuild project.",
        metric=project.metric_failed_builds(period=Duration.hours(1)),
        threshold=0,
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluation_periods=1,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
    )
    alarm.add_alarm_action(alarm_actions.SnsAction(topic))


def _admit(scope: Construct, stage: EnvironmentStage, role: iam.Role, security_group: ec2.SecurityGroup) -> None:
    """Let the project reach the cluster, and view what is no secret."""
    ec2.CfnSecurityGroupIngress(
        scope,
        "ReachCluster",
        description="The nightly look for drift asks the Kubernetes API",
        group_id=stage.cluster.security_group_id,
        source_security_group_id=security_group.security_group_id,
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
    )
    eks.CfnAccessEntry(
        scope,
        "Viewer",
        cluster_name=names.cluster_name(stage.environment),
        principal_arn=role.role_arn,
        kubernetes_groups=[names.VIEWERS],
    )
