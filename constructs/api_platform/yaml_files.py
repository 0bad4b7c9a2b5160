"""Writes manifests as YAML, and puts a folder of them in place as a whole or not at all."""

import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

SUFFIX = ".k8s.yaml"
_ONE_LINE = 2**20
"""Text is not folded: a query that moves by a word would change all its lines in a diff."""

try:
    from yaml import CSafeDumper as _Base
except ImportError:  # a platform without libyaml: slower, and emoji are not escaped
    from yaml import SafeDumper as _Base  # type: ignore[assignment]


class _Dumper(_Base):
    """Block style for text of several lines, so that queries and dashboards can be read in a diff."""

    def ignore_aliases(self, _data: object) -> bool:
        """Write every value out: anchors would puzzle readers, and some tools."""
        return True


def _text(dumper: _Dumper, data: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style="|" if "\n" in data else None)


_Dumper.add_representer(str, _text)

# PyYAML leaves these bare, since to itself they are text. kubectl's parser takes them for numbers and truth values:
# the image tag 4521e37 would become 4.521e+40, and no label may be a number. So they are quoted.
_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?([0-9_]+\.?|[0-9_]*\.[0-9_]+)([eE][-+]?[0-9_]+)?$|[-+]?0[xXoObB][0-9a-fA-F_]+$"),
    list("-+._0123456789"),
)
_Dumper.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"[yYnN]$"), list("yYnN"))


def to_yaml(objects: Iterable[Mapping[str, Any]]) -> str:
    """Return the objects as YAML documents, in order; each starts with `---`, so that files can be joined."""
    return yaml.dump_all(
        objects, Dumper=_Dumper, sort_keys=False, explicit_start=True, width=_ONE_LINE, allow_unicode=True
    )


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Make the folder hold exactly these files (name -> text).

    They are written beside it first, then the folders change places: a reader never sees half of them, and a
    failure leaves the old ones.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        fresh.chmod(0o755)
        for name, text in files.items():
            (fresh / name).write_text(text, encoding="utf-8")
        _replace(folder, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _replace(folder: Path, fresh: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    folder.rename(old / folder.name)
    try:
        fresh.rename(folder)
    except OSError:
        (old / folder.name).rename(folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
