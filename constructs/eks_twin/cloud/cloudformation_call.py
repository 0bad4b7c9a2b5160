"""One call of CloudFormation's API on moto's server: moto reads the request and writes the answer, errors too."""

from collections.abc import Callable
from typing import Any, ClassVar

from botocore.model import OperationNotFoundError
from moto.cloudformation.exceptions import CloudFormationError
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores

from eks_twin.cloud.change_sets import ChangeSets
from eks_twin.cloud.stack_input import StackInput
from eks_twin.cloud.stacks import Stacks
from eks_twin.cloud.stored_stack import StoredStack
from eks_twin.cloud.turns import TURN
from eks_twin.cloudformation import OnFailure, ValidationError

FindStacks = Callable[[str, str], Stacks]
"""Takes an account and a region."""
FindChangeSets = Callable[[str, str], ChangeSets]
"""Takes an account and a region."""

NOT_OBEYED = (
    *("NotificationARNs", "ResourceTypes", "ResourcesToImport", "StackPolicyBody"),
    *("StackPolicyDuringUpdateBody", "StackPolicyDuringUpdateURL", "StackPolicyURL", "TimeoutInMinutes"),
)
"""What an input may ask for, and nobody here does: to leave it out silently would be a lie."""


class CloudFormationCall(CloudFormationResponse):
    """What all calls have in common. Offers no operation itself: see `offered`."""

    find_stacks: ClassVar[FindStacks]
    find_change_sets: ClassVar[FindChangeSets]
    # moto's own reshape what its models hold; ours hold what the API shows.
    RESPONSE_KEY_PATH_TO_TRANSFORMER: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]

    @classmethod
    def offered(cls) -> frozenset[str]:
        """Return the operations that our own classes have. moto's would answer from stacks of its own."""
        ours = cls.__mro__[: cls.__mro__.index(CloudFormationCall)]
        return frozenset(name for one in ours for name in vars(one) if not name.startswith("_"))

    def _dispatch(self, request: Any, full_url: Any = None, headers: Any = None) -> Any:
        try:
            return super()._dispatch(request, full_url, headers)
        except OperationNotFoundError:
            return self._refused("InvalidAction", f"CloudFormation has no action {self._get_action()}.")

    def call_action(self) -> Any:
        """Answer. Whatever is wrong has a code of CloudFormation's and a message, with status 400 or as AWS has it."""
        action = self._get_action()
        if camelcase_to_underscores(action) not in self.offered():
            return self._refused("ValidationError", f"{action} is not offered by the twin of CloudFormation.")
        try:
            return super().call_action()
        except ValidationError as error:
            return self._refused(error.code, str(error))
        except Exception as error:  # noqa: BLE001 - of a defect of ours, too, the caller shall read
            return self._refused("InternalFailure", f"{action} failed in the twin: {type(error).__name__}: {error}")

    def _refused(self, code: str, message: str) -> Any:
        status, headers, body = self.serialized(ActionResult(CloudFormationError(code, message)))
        return status, {**headers, "status": str(status)}, body

    @property
    def _stacks(self) -> Stacks:
        return type(self).find_stacks(self.current_account, self.region)

    @property
    def _change_sets(self) -> ChangeSets:
        return type(self).find_change_sets(self.current_account, self.region)

    def _required(self, name: str) -> str:
        value = self._get_param(name)
        if not value:
            raise ValidationError(f"{self._get_action()} needs {name}: Member must not be null")
        return str(value)

    def _stack(self) -> StoredStack:
        return self._stacks.find(self._required("StackName"))

    def _template(self) -> str:
        url, body = self._get_param("TemplateURL"), self._get_param("TemplateBody")
        if bool(url) == bool(body):
            raise ValidationError("Either Template URL or Template Body must be specified, and not both.")
        try:
            with TURN:
                return self._get_stack_from_s3_url(url) if url else str(body)
        except Exception as error:
            raise ValidationError(f"The template cannot be read from S3, at {url}: {error}") from error

    def _input(self, before: StoredStack | None = None) -> StackInput:
        for name in NOT_OBEYED:
            if self._get_param(name) not in (None, "", "false", False, []):
                raise ValidationError(f"{self._get_action()}: the twin of CloudFormation does not offer {name}.")
        previous = before.input if before and self._get_param("UsePreviousTemplate") else None
        return StackInput(
            template=previous.template if previous else self._template(),
            parameters=self._parameters(before),
            tags=self._get_param("Tags", []),
            capabilities=self._get_param("Capabilities", []),
            role=self._get_param("RoleARN"),
            on_failure=self._on_failure(),
        )

    def _parameters(self, before: StoredStack | None) -> dict[str, str]:
        # Not those that were given then: a template's defaults are previous values, too.
        previous = before.state.parameters if before else {}
        given = {}
        for one in self._get_param("Parameters", []):
            name = one["ParameterKey"]
            if one.get("UsePreviousValue") and name not in previous:
                raise ValidationError(f"Invalid input for parameter key {name}. There is no previous value of it.")
            given[name] = previous[name] if one.get("UsePreviousValue") else one.get("ParameterValue", "")
        return given

    def _on_failure(self) -> OnFailure:
        wanted = self._get_param("OnFailure") or self._get_param("OnStackFailure")
        if self._get_param("DisableRollback"):
            if wanted:
                raise ValidationError("You can specify either OnFailure or DisableRollback, but not both.")
            return OnFailure.DO_NOTHING
        if wanted and wanted not in OnFailure.__members__:
            raise ValidationError(f"On failure, {wanted} cannot be done. Known: {', '.join(OnFailure.__members__)}.")
        return OnFailure[wanted] if wanted else OnFailure.ROLLBACK
