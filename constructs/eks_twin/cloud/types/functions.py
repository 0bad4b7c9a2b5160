"""Lambda functions, and their layers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.awslambda.models import lambda_backends

from eks_twin.aws_clients import Clients
from eks_twin.cloud.turns import TURN
from eks_twin.cloud.types.kept import ChangeInPlace, Kept, KeptType
from eks_twin.cloud.types.tags import tagged
from eks_twin.cloudformation import Provisioned, Request, ResourceState, ResourceType

_DEFAULTS: Mapping[str, Any] = {
    "Description": "",
    "Environment": {"Variables": {}},
    "Handler": "",
    "Layers": [],
    "MemorySize": 128,
    "Role": "",
    "Runtime": "",
    "Timeout": 3,
    "VpcConfig": {"SubnetIds": [], "SecurityGroupIds": []},
}
"""What the configuration is where the template does not say; handler, role and runtime it always says."""
_NOTED = frozenset({"EphemeralStorage", "KmsKeyArn", "TracingConfig"})
_OF_VPC = ("SubnetIds", "SecurityGroupIds")


def types(clients: Clients) -> Mapping[str, ResourceType]:
    """Return the types."""
    configured, noted = dict.fromkeys(_DEFAULTS, _configuration), dict.fromkeys(_NOTED, _note)
    changes: Mapping[str, ChangeInPlace] = {**configured, **noted, "Code": _code, "Tags": _TAGS}
    function = KeptType(clients, _delete, changes, _NOTED)
    return {"AWS::Lambda::Function": function, "AWS::Lambda::LayerVersion": LayerVersion(clients)}


def _lambda(kept: Kept) -> Any:
    return kept.clients("lambda")


def _delete(kept: Kept) -> None:
    _lambda(kept).delete_function(FunctionName=kept.id)


def _note(kept: Kept) -> None:
    """Note what moto's call for the configuration leaves as it is."""
    place = kept.clients.place
    with TURN:
        function = lambda_backends[place.account][place.region].get_function(kept.id)
    function.ephemeral_storage = int((kept.after.get("EphemeralStorage") or {}).get("Size", 512))
    function.kms_key_arn = kept.after.get("KmsKeyArn")
    function.tracing_config = kept.after.get("TracingConfig") or {"Mode": "PassThrough"}


def _configuration(kept: Kept) -> None:
    wanted, had = ({**_DEFAULTS, **each} for each in (kept.after, kept.before))
    changed = {name: wanted[name] for name in _DEFAULTS if wanted[name] != had[name]}
    if "VpcConfig" in changed:  # templates may hold more than the call takes
        changed["VpcConfig"] = {name: changed["VpcConfig"].get(name, []) for name in _OF_VPC}
    for name in {"MemorySize", "Timeout"} & changed.keys():
        changed[name] = int(changed[name])
    _lambda(kept).update_function_configuration(FunctionName=kept.id, **changed)


def _code(kept: Kept) -> None:
    code = dict(kept.after["Code"])
    if "ZipFile" in code:  # a template's is source text, which CloudFormation packs; moto takes it as it is
        code["ZipFile"] = code["ZipFile"].encode()
    _lambda(kept).update_function_code(FunctionName=kept.id, **code)


_TAGS = tagged(
    lambda kept, tags: _lambda(kept).tag_resource(Resource=kept.attributes["Arn"], Tags=tags),
    lambda kept, keys: _lambda(kept).untag_resource(Resource=kept.attributes["Arn"], TagKeys=keys),
)


@dataclass(frozen=True)
class LayerVersion:
    """AWS::Lambda::LayerVersion, of which nothing can be changed in place. moto's own has no physical id."""

    clients: Clients

    def create(self, request: Request) -> Provisioned:
        """Publish a version."""
        wanted = request.properties
        name = str(wanted.get("LayerName", f"{request.stack_name}-{request.logical_id}"))
        published = self.clients("lambda").publish_layer_version(LayerName=name, Content=wanted["Content"])
        return Provisioned(published["LayerVersionArn"], {"LayerVersionArn": published["LayerVersionArn"]})

    def update(self, request: Request, _: ResourceState) -> Provisioned:
        """Publish another version."""
        return self.create(request)

    def delete(self, _: Request, before: ResourceState) -> None:
        """Delete the version."""
        layer, version = before.physical_id.rsplit(":", 1)
        self.clients("lambda").delete_layer_version(LayerName=layer, VersionNumber=int(version))
