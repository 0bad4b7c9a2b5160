"""Reads templates: JSON, or YAML with its short forms (!Ref, !Sub, !GetAtt, ...)."""

import json
import re
from typing import Any, Final

import yaml

from eks_twin.cloudformation.errors import ValidationError
from eks_twin.cloudformation.template import Template
from eks_twin.cloudformation.template_checks import template_of

LARGEST: Final = 1_000_000
"""Bytes: CloudFormation's limit for a template that lies in S3."""

try:
    from yaml import CSafeLoader as _Base
except ImportError:  # a platform without libyaml: slower
    from yaml import SafeLoader as _Base  # type: ignore[assignment]

_PLAIN_NAMES: Final = {"Ref", "Condition"}
_TIMESTAMP: Final = "tag:yaml.org,2002:timestamp"


class _Loader(_Base):
    """YAML as CloudFormation reads it: short forms of functions, and dates are text (`Version: 2012-10-17`)."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the base class' own attribute
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }


def _short_form(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in _PLAIN_NAMES else f"Fn::{suffix}"
    argument: Any
    if isinstance(node, yaml.ScalarNode):
        argument = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        argument = loader.construct_sequence(node, deep=True)
    else:
        argument = loader.construct_mapping(node, deep=True)  # type: ignore[arg-type] # there is no fourth kind
    if name == "Fn::GetAtt" and isinstance(argument, str):
        argument = argument.split(".", 1)
    return {name: argument}


_Loader.add_multi_constructor("!", _short_form)


def parse_template(text: str) -> Template:
    """Read a template. Raises ValidationError where it is too large, no template, or not sound in itself."""
    size = len(text.encode())
    if size > LARGEST:
        raise ValidationError(f"Template may not exceed {LARGEST} bytes in size, and has {size}. Split the stack.")
    document = _json(text) if text.lstrip().startswith("{") else _yaml(text)
    if not isinstance(document, dict):
        raise ValidationError("Template format error: unsupported structure: a template is an object of sections.")
    return template_of(document)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValidationError(
            f"Template format error: JSON not well-formed: {error.msg}. (line {error.lineno}, column {error.colno})"
        ) from None


def _yaml(text: str) -> Any:
    try:
        return _with_text_keys(yaml.load(text, _Loader))  # noqa: S506 - a safe loader's child
    except yaml.YAMLError as error:
        words = re.sub(r"\s+", " ", str(error))
        raise ValidationError(f"Template format error: YAML not well-formed: {words}") from None


def _with_text_keys(value: Any) -> Any:
    """YAML takes `80:` for a number; JSON, and so everybody who reads it on, has text only."""
    if isinstance(value, dict):
        return {str(key): _with_text_keys(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_text_keys(one) for one in value]
    return value
