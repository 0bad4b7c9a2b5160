from typing import Any

import pytest

from api_platform.plan.templates import FOLLOWERS, KUBERNETES_OBJECT, aws_part, kubernetes_objects
from tests.plan.sides import a_config_map, an_object_resource


def test_objects_are_taken_out_with_their_resource() -> None:
    manifest = a_config_map()
    template = {"Resources": {"It": an_object_resource(manifest), "Queue": {"Type": "AWS::SQS::Queue"}}}
    ((logical_id, _, found),) = kubernetes_objects(template)
    assert (logical_id, found) == ("It", manifest)
    assert aws_part(template)["Resources"] == {"Queue": {"Type": "AWS::SQS::Queue"}}


@pytest.mark.parametrize("manifest", [{"Fn::Join": ["", ["[", "]"]]}, "no JSON", '"text"', None, "{}"])
def test_a_manifest_that_cannot_be_read_stays_with_aws(manifest: Any) -> None:
    """It is compared as it stands, rather than not at all."""
    resource = {"Type": KUBERNETES_OBJECT, "Properties": {"Manifest": manifest}}
    assert list(kubernetes_objects({"Resources": {"It": resource}})) == []
    assert aws_part({"Resources": {"It": resource}})["Resources"] == {"It": resource}


def test_followers_notes_and_order_are_left_out() -> None:
    gates = {f"Gate{number}": {"Type": kind} for number, kind in enumerate(FOLLOWERS)}
    queue = {"Type": "AWS::SQS::Queue", "DependsOn": ["Gate0"], "Metadata": {"aws:cdk:path": "a"}}
    assert aws_part({"Resources": {**gates, "Queue": queue}})["Resources"] == {"Queue": {"Type": "AWS::SQS::Queue"}}
