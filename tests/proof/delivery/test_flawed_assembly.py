import json
from pathlib import Path
from typing import Any

import pytest

from api_platform.proof.delivery.flawed_assembly import flawed
from eks_twin.errors import TwinError

STACK, HASH = "production-api-service", "0" * 64
AUTOSCALER = ("HorizontalPodAutoscaler", "api-service")


def resource(kind: str, name: str, **spec: Any) -> dict[str, Any]:
    manifest = json.dumps([{"kind": kind, "metadata": {"name": name}, "spec": spec}])
    return {"Type": "Custom::AWSCDK-EKS-KubernetesResource", "Properties": {"Manifest": manifest}}


@pytest.fixture
def assembly(tmp_path: Path) -> Path:
    """A cloud assembly as the CDK nests it, of one stack with an autoscaler."""
    inner = tmp_path / "assembly-production"
    inner.mkdir()
    resources = {
        "Role": {"Type": "AWS::IAM::Role", "Properties": {}},
        "Tokens": {"Type": "Custom::AWSCDK-EKS-KubernetesResource", "Properties": {"Manifest": {"Fn::Join": []}}},
        "Deployment1": resource("Deployment", "api-service"),
        "Autoscaler1": resource(*AUTOSCALER, minReplicas=3, maxReplicas=100),
    }
    url = f"s3://assets/{HASH}.json"
    properties = {"templateFile": "api.template.json", "stackName": STACK, "stackTemplateAssetObjectUrl": url}
    artifacts = {"Tree": {"type": "cdk:tree"}, "api": {"type": "aws:cloudformation:stack", "properties": properties}}
    write(tmp_path / "manifest.json", {"artifacts": {"production": {"type": "cdk:cloud-assembly"}}})
    write(inner / "manifest.json", {"artifacts": artifacts})
    write(inner / "api.template.json", {"Resources": resources})
    write(inner / "api.assets.json", {"files": {HASH: {"destinations": {"here": {"objectKey": f"{HASH}.json"}}}}})
    return tmp_path


def write(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content))


def contents(folder: Path) -> dict[Path, str]:
    return {file: file.read_text() for file in folder.glob("**/*.json")}


def set_minimum(autoscaler: dict[str, Any]) -> None:
    autoscaler["spec"]["minReplicas"] = 101


def test_the_object_is_changed_and_nothing_else_is(assembly: Path) -> None:
    template = assembly / "assembly-production" / "api.template.json"
    before = json.loads(template.read_text())["Resources"]
    with flawed(assembly, STACK, AUTOSCALER, set_minimum) as logical_id:
        after = json.loads(template.read_text())["Resources"]
    assert logical_id == "Autoscaler1"
    assert [name for name in before if before[name] != after[name]] == ["Autoscaler1"]
    (autoscaler,) = json.loads(after["Autoscaler1"]["Properties"]["Manifest"])
    assert autoscaler["spec"] == {"minReplicas": 101, "maxReplicas": 100}


def test_the_template_gets_an_address_of_its_own_everywhere(assembly: Path) -> None:
    """Under the old one, the CLI would take an upload of the whole template for it, or leave this one for the next."""
    with flawed(assembly, STACK, AUTOSCALER, set_minimum):
        during = contents(assembly)
    assert not any(HASH in text for text in during.values())


def test_another_flaw_is_at_another_address(assembly: Path) -> None:
    addresses = []
    for change in (set_minimum, dict.clear):
        with flawed(assembly, STACK, AUTOSCALER, change):
            addresses.append((assembly / "assembly-production" / "api.assets.json").read_text())
    assert addresses[0] != addresses[1]


def test_in_the_end_all_is_as_it_was(assembly: Path) -> None:
    before = contents(assembly)
    with pytest.raises(RuntimeError), flawed(assembly, STACK, AUTOSCALER, set_minimum):
        raise RuntimeError
    assert contents(assembly) == before


def test_a_stack_that_is_not_there_is_named(assembly: Path) -> None:
    with (
        pytest.raises(TwinError, match="holds no stack production-media"),
        flawed(assembly, "production-media", AUTOSCALER, set_minimum),
    ):
        pass


def test_an_object_that_is_not_there_is_named(assembly: Path) -> None:
    with (
        pytest.raises(TwinError, match="Service api-service is to be broken, and the template holds 0"),
        flawed(assembly, STACK, ("Service", "api-service"), set_minimum),
    ):
        pass
