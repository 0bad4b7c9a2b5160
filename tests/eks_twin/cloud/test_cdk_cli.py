"""The real CDK CLI, in all that it does to a stack, on assemblies written by hand."""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from eks_twin.aws_clients import Clients, variables
from eks_twin.host_programs import host_program
from tests.eks_twin.cloud.templates import queue, status, template

pytestmark = pytest.mark.slow

CLI = Path(__file__).parents[3] / "node_modules" / "aws-cdk" / "bin" / "cdk"
NO_BOOTSTRAP = ("--validate-bootstrap-version=false",)


@dataclass(frozen=True)
class Cdk:
    """The CLI in a folder of its own, whose assembly has one stack."""

    folder: Path
    clients: Clients
    stack: str

    def __call__(self, *words: str, fails: bool = False, **resources: Mapping[str, Any]) -> str:
        """Run it and return what it says. `resources`: write an assembly of these first."""
        if resources:
            self._write(template(**resources))
        done = subprocess.run(
            [host_program("node"), CLI, "--app", str(self.folder), "--ci", "--no-color", *words],
            cwd=self.folder,
            env=os.environ
            | variables(self.clients.endpoint, self.clients.place)
            | {"CDK_DISABLE_VERSION_CHECK": "1", "HOME": str(self.folder)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        said = done.stdout + done.stderr
        assert bool(done.returncode) == fails, said
        return said

    def deploy(self, *words: str, fails: bool = False, **resources: Mapping[str, Any]) -> str:
        return self("deploy", "--require-approval", "never", *words, fails=fails, **resources)

    def _write(self, body: str) -> None:
        place = self.clients.place
        artifact = {
            "type": "aws:cloudformation:stack",
            "environment": f"aws://{place.account}/{place.region}",
            "properties": {"templateFile": "template.json", "stackName": self.stack},
        }
        manifest = {"version": "48.0.0", "artifacts": {self.stack: artifact}}
        (self.folder / "template.json").write_text(body)
        (self.folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.fixture
def cdk(clients: Clients, name: str, tmp_path: Path) -> Cdk:
    return Cdk(tmp_path, clients, name)


def test_a_plain_deployment_creates_and_changes_a_stack_and_sees_where_nothing_changed(
    cdk: Cdk, clients: Clients, name: str
) -> None:
    assert "[+] AWS::SQS::Queue" in cdk("diff", Queue=queue(name))
    with pytest.raises(ClientError, match="does not exist"):
        clients("cloudformation").describe_stacks(StackName=name)  # as the look at it made one
    cdk.deploy()
    assert "VisibilityTimeout" in cdk("diff", Queue=queue(name, VisibilityTimeout=50))
    cdk.deploy()
    url = clients("sqs").get_queue_url(QueueName=name)["QueueUrl"]
    attributes = clients("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])
    assert attributes["Attributes"]["VisibilityTimeout"] == "50"
    assert "no changes" in cdk.deploy()
    assert "Number of stacks with differences: 0" in cdk("diff")
    cdk("destroy", "--force")
    with pytest.raises(ClientError, match="NonExistentQueue"):
        clients("sqs").get_queue_url(QueueName=name)


def test_a_rollback_is_made_up_for_and_one_that_fails_says_so(cdk: Cdk, clients: Clients, name: str) -> None:
    cdk.deploy(Queue=queue(name))
    bad = queue(f"{name}-bad", VisibilityTimeout="never") | {"DependsOn": "Queue"}
    cdk.deploy("--no-rollback", fails=True, Queue=queue(name, VisibilityTimeout=50), Bad=bad)
    assert status(clients, name) == "UPDATE_FAILED"
    url = clients("sqs").get_queue_url(QueueName=name)["QueueUrl"]
    clients("sqs").delete_queue(QueueUrl=url)
    assert "fix problem and retry" in cdk("rollback", *NO_BOOTSTRAP, fails=True)  # it exited 0
    assert status(clients, name) == "UPDATE_ROLLBACK_FAILED"
    clients("sqs").create_queue(QueueName=name)
    cdk("rollback", *NO_BOOTSTRAP)
    assert status(clients, name) == "UPDATE_ROLLBACK_COMPLETE"


def test_what_the_twin_cannot_do_is_said_and_nothing_is_done(cdk: Cdk, clients: Clients, name: str) -> None:
    cdk.deploy(Queue=queue(name))
    assert "DetectStackDrift is not offered by the twin" in cdk("drift", fails=True)
    clients("sqs").create_queue(QueueName=f"{name}-other")
    mapping = cdk.folder / "mapping.json"
    mapping.write_text(json.dumps({"Other": {"QueueUrl": f"{name}-other"}}))
    said = cdk(
        "import", "--resource-mapping", str(mapping), fails=True, Queue=queue(name), Other=queue(f"{name}-other")
    )
    assert "does not offer ResourcesToImport" in said or "does not offer the type IMPORT" in said
    assert status(clients, name) == "CREATE_COMPLETE"
    assert "already exists" in cdk.deploy(fails=True)
