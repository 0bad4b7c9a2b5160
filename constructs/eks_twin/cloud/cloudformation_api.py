"""CloudFormation's API on moto's server: moto reads requests and writes answers, our stacks are behind them."""

import contextlib
from collections.abc import Callable
from typing import Any, ClassVar

from moto.cloudformation import urls
from moto.cloudformation.exceptions import ValidationError as ApiError
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult, EmptyResult

from eks_twin.cloud.stacks import Stacks
from eks_twin.cloud.stored_stack import (
    Deployment,
    StoredStack,
    described,
    described_events,
    described_resources,
)
from eks_twin.cloudformation import ValidationError

FindStacks = Callable[[str, str], Stacks]
"""Takes an account and a region."""


class CloudFormationApi(CloudFormationResponse):
    """The calls that deployments make. moto's own answer the rest: stack sets, GetTemplateSummary."""

    find_stacks: ClassVar[FindStacks]
    # moto's own reshape what its models hold; ours hold what the API shows.
    RESPONSE_KEY_PATH_TO_TRANSFORMER: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]

    @classmethod
    def install(cls, find_stacks: FindStacks) -> None:
        """Put this in the place of moto's own."""
        cls.find_stacks = staticmethod(find_stacks)
        urls.url_paths["{0}/$"] = cls.dispatch

    def call_action(self) -> Any:
        """Answer a refusal of ours as CloudFormation does: code ValidationError, status 400."""
        try:
            return super().call_action()
        except ValidationError as error:
            status, headers, body = self.serialized(ActionResult(ApiError(message=str(error))))
            return status, {**headers, "status": status}, body

    def create_stack(self) -> ActionResult:
        """CreateStack."""
        protected = bool(self._get_param("EnableTerminationProtection"))
        stack = self._stacks.create(self._get_param("StackName"), self._deployment(), protected=protected)
        return ActionResult({"StackId": stack.identity.id})

    def update_stack(self) -> ActionResult:
        """UpdateStack."""
        stack = self._stack()
        self._stacks.update(stack.identity.id, self._deployment(stack))
        return ActionResult({"StackId": stack.identity.id})

    def delete_stack(self) -> ActionResult:
        """DeleteStack."""
        self._stacks.delete(self._get_param("StackName"))
        return EmptyResult()

    def continue_update_rollback(self) -> ActionResult:
        """ContinueUpdateRollback: what `cdk rollback` calls after a rollback that failed."""
        self._stacks.roll_back(self._get_param("StackName"), self._get_param("ResourcesToSkip", []))
        return EmptyResult()

    def rollback_stack(self) -> ActionResult:
        """RollbackStack: what `cdk rollback` calls after a failure that was not rolled back."""
        stack = self._stacks.roll_back(self._get_param("StackName"), [])
        return ActionResult({"StackId": stack.identity.id})

    def update_termination_protection(self) -> ActionResult:
        """UpdateTerminationProtection."""
        stack = self._stack()
        stack.protected = bool(self._get_param("EnableTerminationProtection"))
        return ActionResult({"StackId": stack.identity.id})

    def describe_stacks(self) -> ActionResult:
        """DescribeStacks. One stack's answer waits a little while something is in progress."""
        if not self._get_param("StackName"):
            return ActionResult({"Stacks": [described(stack) for stack in self._stacks.existing()]})
        stack = self._stack()
        stack.wait()
        return ActionResult({"Stacks": [described(stack)]})

    def list_stacks(self) -> ActionResult:
        """ListStacks."""
        wanted = self._get_param("StackStatusFilter", [])
        found = [one for one in self._stacks.stacks.values() if not wanted or one.status in wanted]
        return ActionResult({"StackSummaries": [described(stack) for stack in found]})

    def describe_stack_events(self) -> ActionResult:
        """DescribeStackEvents."""
        return ActionResult({"StackEvents": described_events(self._stack())})

    def list_stack_resources(self) -> ActionResult:
        """ListStackResources."""
        return ActionResult({"StackResourceSummaries": described_resources(self._stack())})

    def describe_stack_resources(self) -> ActionResult:
        """DescribeStackResources."""
        wanted = self._get_param("LogicalResourceId")
        found = described_resources(self._stack())
        return ActionResult({"StackResources": [one for one in found if wanted in (None, one["LogicalResourceId"])]})

    def describe_stack_resource(self) -> ActionResult:
        """DescribeStackResource."""
        wanted, stack = self._get_param("LogicalResourceId"), self._stack()
        for one in described_resources(stack):
            if one["LogicalResourceId"] == wanted:
                return ActionResult({"StackResourceDetail": one})
        raise ApiError(message=f"Resource {wanted} does not exist for stack {stack.identity.name}")

    def get_template(self) -> ActionResult:
        """GetTemplate."""
        return ActionResult({"TemplateBody": self._stack().deployment.template})

    def list_exports(self) -> ActionResult:
        """ListExports."""
        return ActionResult({"Exports": [{"Name": name, "Value": value} for name, value in self._stacks.exports()]})

    def create_change_set(self) -> ActionResult:
        """CreateChangeSet."""
        creates = self._get_param("ChangeSetType", "UPDATE") == "CREATE"
        deployment = self._deployment(None if creates else self._stack())
        name, stack_name = self._get_param("ChangeSetName"), self._get_param("StackName")
        proposed = self._stacks.propose(stack_name, name, deployment, creates=creates)
        return ActionResult({"Id": proposed.id, "StackId": proposed.stack.identity.id})

    def describe_change_set(self) -> ActionResult:
        """DescribeChangeSet."""
        return ActionResult(self._change_set().described())

    def execute_change_set(self) -> ActionResult:
        """ExecuteChangeSet."""
        self._stacks.execute(self._change_set())
        return EmptyResult()

    def delete_change_set(self) -> ActionResult:
        """DeleteChangeSet."""
        with contextlib.suppress(ValidationError):  # as with CloudFormation, which deletes what is not there
            del self._stacks.change_sets[self._change_set().id]
        return EmptyResult()

    def list_change_sets(self) -> ActionResult:
        """ListChangeSets."""
        stack = self._stack()
        summaries = [one.described() for one in self._stacks.change_sets.values() if one.stack is stack]
        return ActionResult({"Summaries": summaries})

    @property
    def _stacks(self) -> Stacks:
        return type(self).find_stacks(self.current_account, self.region)

    def _stack(self) -> StoredStack:
        return self._stacks.find(self._get_param("StackName"))

    def _change_set(self) -> Any:
        return self._stacks.proposed(self._get_param("ChangeSetName"), self._get_param("StackName"))

    def _deployment(self, before: StoredStack | None = None) -> Deployment:
        url, body = self._get_param("TemplateURL"), self._get_param("TemplateBody")
        if before and self._get_param("UsePreviousTemplate"):
            body, url = before.deployment.template, None
        # Not those that were given then: a template's defaults are previous values, too.
        previous = before.state.parameters if before else {}
        return Deployment(
            template=self._get_stack_from_s3_url(url) if url else body,
            parameters={
                one["ParameterKey"]: previous[one["ParameterKey"]]
                if one.get("UsePreviousValue")
                else one["ParameterValue"]
                for one in self._get_param("Parameters", [])
            },
            tags=self._get_param("Tags", []),
            capabilities=self._get_param("Capabilities", []),
            role=self._get_param("RoleARN"),
            disable_rollback=bool(self._get_param("DisableRollback")),
        )
