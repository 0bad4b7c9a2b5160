"""The calls of CloudFormation's API that are about change sets."""

import contextlib
from dataclasses import replace

from moto.core.responses import ActionResult, EmptyResult

from eks_twin.cloud.change_set import ChangeSet
from eks_twin.cloud.cloudformation_call import CloudFormationCall
from eks_twin.cloudformation import ChangeSetNotFound, OnFailure, ValidationError


class ChangeSetCalls(CloudFormationCall):
    """What a plain `cdk deploy` and `cdk diff` call."""

    def create_change_set(self) -> ActionResult:
        """CreateChangeSet."""
        kind = self._get_param("ChangeSetType") or "UPDATE"
        if kind not in ("CREATE", "UPDATE"):
            raise ValidationError(
                f"CreateChangeSet: the twin of CloudFormation does not offer the type {kind}: it cannot take over "
                "resources that were not made by a stack. Delete the resource, and let the stack create it."
            )
        if self._get_param("DeploymentMode"):
            raise ValidationError("CreateChangeSet: the twin of CloudFormation does not offer DeploymentMode.")
        creates = kind == "CREATE"
        given = self._input(None if creates else self._stack())
        made = self._change_sets.create(
            self._required("StackName"), self._required("ChangeSetName"), given, creates=creates
        )
        made.description = self._get_param("Description") or ""
        return ActionResult({"Id": made.id, "StackId": made.stack.identity.id})

    def describe_change_set(self) -> ActionResult:
        """DescribeChangeSet."""
        return ActionResult(self._change_set().described())

    def execute_change_set(self) -> ActionResult:
        """ExecuteChangeSet."""
        change_set = self._change_set()
        given = change_set.input
        if self._get_param("DisableRollback"):
            given = replace(given, on_failure=OnFailure.DO_NOTHING)
        self._change_sets.execute(change_set, given)
        return EmptyResult()

    def delete_change_set(self) -> ActionResult:
        """DeleteChangeSet. That it is not there is no error, as with CloudFormation; that its stack is not, is one."""
        with contextlib.suppress(ChangeSetNotFound):
            self._change_sets.drop(self._change_set())
        return EmptyResult()

    def list_change_sets(self) -> ActionResult:
        """ListChangeSets."""
        return ActionResult({"Summaries": [one.summary() for one in self._change_sets.of(self._stack())]})

    def _change_set(self) -> ChangeSet:
        return self._change_sets.find(self._required("ChangeSetName"), self._get_param("StackName"))
