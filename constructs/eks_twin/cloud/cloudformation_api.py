"""CloudFormation's API on moto's server, with our stacks behind it."""

from functools import cache

from moto.cloudformation import urls
from moto.core.responses import ActionResult, EmptyResult

from eks_twin.cloud.change_set_calls import ChangeSetCalls
from eks_twin.cloud.change_sets import ChangeSets
from eks_twin.cloud.cloudformation_call import CloudFormationCall, FindStacks
from eks_twin.cloud.stack_descriptions import described, described_events, described_resources
from eks_twin.cloud.template_calls import TemplateCalls
from eks_twin.cloudformation import ValidationError


class StackCalls(CloudFormationCall):
    """The calls that are about stacks and what is in them."""

    def create_stack(self) -> ActionResult:
        """CreateStack."""
        protected = bool(self._get_param("EnableTerminationProtection"))
        stack = self._stacks.create(self._required("StackName"), self._input(), protected=protected)
        return ActionResult({"StackId": stack.identity.id})

    def update_stack(self) -> ActionResult:
        """UpdateStack."""
        stack = self._stack()
        self._stacks.update(stack.identity.id, self._input(stack))
        return ActionResult({"StackId": stack.identity.id})

    def cancel_update_stack(self) -> ActionResult:
        """CancelUpdateStack."""
        self._stacks.cancel_update(self._required("StackName"))
        return EmptyResult()

    def delete_stack(self) -> ActionResult:
        """DeleteStack."""
        stack = self._stacks.delete(self._required("StackName"), self._get_param("RetainResources", []))
        if stack:
            self._change_sets.drop(*self._change_sets.of(stack))
        return EmptyResult()

    def continue_update_rollback(self) -> ActionResult:
        """ContinueUpdateRollback: what `cdk rollback` calls after a rollback that failed."""
        stack, skip = self._stack(), self._get_param("ResourcesToSkip", [])
        if self._get_param("ForceRollback"):
            skip = [name for name, resource in stack.state.resources.items() if resource.failed]
        self._stacks.roll_back(stack.identity.id, skip=skip)
        return EmptyResult()

    def rollback_stack(self) -> ActionResult:
        """RollbackStack: what `cdk rollback` calls after a failure that was not rolled back."""
        stack = self._stacks.roll_back(
            self._required("StackName"), retain_except_on_create=bool(self._get_param("RetainExceptOnCreate"))
        )
        return ActionResult({"StackId": stack.identity.id})

    def update_termination_protection(self) -> ActionResult:
        """UpdateTerminationProtection."""
        stack = self._stack()
        stack.protected = bool(self._get_param("EnableTerminationProtection"))
        return ActionResult({"StackId": stack.identity.id})

    def get_stack_policy(self) -> ActionResult:
        """GetStackPolicy: there is none, since SetStackPolicy is not offered."""
        self._stack()
        return ActionResult({})

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
        found = [one for one in list(self._stacks.stacks.values()) if not wanted or one.status in wanted]
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
        wanted, stack = self._required("LogicalResourceId"), self._stack()
        for one in described_resources(stack):
            if one["LogicalResourceId"] == wanted:
                return ActionResult({"StackResourceDetail": one})
        raise ValidationError(f"Resource {wanted} does not exist for stack {stack.identity.name}")

    def list_exports(self) -> ActionResult:
        """ListExports."""
        exports = [
            {"Name": name, "Value": value, "ExportingStackId": stack.identity.id}
            for stack in self._stacks.existing()
            for name, value in stack.state.exports.items()
        ]
        return ActionResult({"Exports": exports})

    def list_imports(self) -> ActionResult:
        """ListImports."""
        export = self._required("ExportName")
        users = self._stacks.importing(export)
        if not users:
            raise ValidationError(f"Export '{export}' is not imported by any stack.")
        return ActionResult({"Imports": users})


class CloudFormationApi(StackCalls, ChangeSetCalls, TemplateCalls):
    """The operations that are offered; every other one is refused by its name."""


def install(find_stacks: FindStacks) -> None:
    """Put our CloudFormation in the place of moto's own."""

    @cache
    def find_change_sets(account: str, region: str) -> ChangeSets:
        return ChangeSets(find_stacks(account, region))

    CloudFormationApi.find_stacks = staticmethod(find_stacks)
    CloudFormationApi.find_change_sets = staticmethod(find_change_sets)
    urls.url_paths["{0}/$"] = CloudFormationApi.dispatch
