"""What `Fn::GetAtt` finds on one of moto's models."""

from collections.abc import Iterator, Mapping
from typing import Any

from moto.cloudformation.exceptions import UnformattedGetAttTemplateException


class MotoAttributes(Mapping[str, object]):
    """The attributes of a model. moto cannot list them: the names are those asked for so far."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def __getitem__(self, name: str) -> object:
        try:
            return self.model.get_cfn_attribute(name)
        except (UnformattedGetAttTemplateException, NotImplementedError) as error:
            raise KeyError(name) from error

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
