"""Cases of types that are remembered alone."""

from tests.eks_twin.cloud.types.case import Case
from tests.eks_twin.cloud.types.nothing import always

CASES = (
    Case("AWS::CodeBuild::Project", {"Name": "build", "ServiceRole": "role"}, always),
    Case("AWS::Events::Rule", {"Name": "nightly", "ScheduleExpression": "rate(1 day)"}, always),
    Case("AWS::CodePipeline::Pipeline", {"Name": "delivery", "RoleArn": "role", "Stages": []}, always),
    Case(
        "AWS::CodeStarNotifications::NotificationRule",
        {"Name": "failures", "Resource": "pipeline", "DetailType": "FULL", "EventTypeIds": [], "Targets": []},
        always,
    ),
)
