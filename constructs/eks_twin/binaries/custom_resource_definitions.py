"""The custom resource definitions that the add-ons' Helm releases would install, whole, out of pinned Go modules."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from eks_twin.binaries.cache import BinariesMissingError, cache_root, one_at_a_time
from eks_twin.binaries.definition_projects import Definitions
from eks_twin.binaries.go import Go, GoFailedError
from eks_twin.binaries.go_on_demand import find_go
from eks_twin.binaries.step import Progress, Step, in_silence
from eks_twin.binaries.yaml_documents import documents
from eks_twin.errors import TwinError, command


def find_custom_resource_definitions(
    definitions: Definitions, *, fetch: bool = True, progress: Progress = in_silence
) -> Mapping[str, Path]:
    """Return name of a chart -> one JSON file, a `List` of all its definitions, as their project published them.

    They come from the cache, else from the Go modules that are pinned, which takes a Go and, the first time, a
    network: TwinError without. With `fetch=False`, BinariesMissingError where they are not in the cache. Some are too
    large for the annotation of a client-side `kubectl apply`: apply them with `--server-side`, or create them.
    """
    step = Step("definitions", "fetching the modules that publish custom resource definitions")
    folder = cache_root() / f"crds-{definitions.module.fingerprint(definitions.projects)}"
    whole = folder / "lists"
    if not (whole.is_dir() or fetch):
        raise BinariesMissingError(f"not fetched yet: the custom resource definitions. `{command()} binaries` does")
    if not whole.is_dir():
        with one_at_a_time(folder, lambda: progress(step.then("another process is fetching them"))):
            if not whole.is_dir():
                progress(step)
                collect(definitions, whole, find_go(definitions.module.oldest_go, progress))
        progress(step.then(f"of {len(definitions.projects)} projects are fetched", state="done"))
    return MappingProxyType({chart: whole / f"{project.key}.json" for chart, project in definitions.charts.items()})


def collect(definitions: Definitions, target: Path, go: Go) -> None:
    """Write the files beside where they belong, then move them there at once."""
    unfinished = target.with_name("unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    modules = fetch_modules(definitions, go)
    for project in definitions.projects:
        texts = [path.read_text(encoding="utf-8") for path in project.paths(modules[project.module])]
        (unfinished / f"{project.key}.json").write_text(as_list(texts), encoding="utf-8")
    unfinished.rename(target)


def as_list(texts: list[str]) -> str:
    """Return all documents of several YAML files as one JSON list, which the API server reads ten times as fast."""
    items = [document for text in texts for document in documents(text)]
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": items})


def fetch_modules(definitions: Definitions, go: Go) -> dict[str, Path]:
    """Have Go fetch the modules, checked against go.sum; return where each lies unpacked."""
    try:
        said = go.run(
            ["mod", "download", "-json", *(one.module for one in definitions.projects)], definitions.module.folder
        )
    except GoFailedError as error:
        raise TwinError(
            f"the custom resource definitions could not be fetched:\n{error}\n"
            f"Go takes the modules of {definitions.module.folder} from its proxy (go env GOPROXY) or its cache."
        ) from None
    return {module["Path"]: Path(module["Dir"]) for module in json_stream(said)}


def json_stream(text: str) -> Iterator[dict[str, str]]:
    """Give the JSON objects that stand one after the other in a text, as Go prints them."""
    decoder = json.JSONDecoder()
    while text := text.lstrip():
        value, end = decoder.raw_decode(text)
        yield value
        text = text[end:]
