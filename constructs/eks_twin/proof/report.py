"""Writes the proof: `dist/proof/index.html`, and the same as data beside it."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from api_platform.manifests.synthesis import DIST
from api_platform.yaml_files import write_folder
from eks_twin.proof.page import page
from eks_twin.proof.result import Result
from eks_twin.proof.setting import Setting

FOLDER = DIST / "proof"
"""No synth touches it: each swaps the folders of its environments, and none of these is called so."""

PAGE = "index.html"
DATA = "results.json"


def write_report(results: Sequence[Result], setting: Setting, folder: Path = FOLDER) -> Path:
    """Make the folder hold the page and its data, both or neither. Returns the page's path."""
    files = {PAGE: page(results, setting), DATA: as_json(results, setting)}
    write_folder(folder, files)
    return folder / PAGE


def as_json(results: Sequence[Result], setting: Setting) -> str:
    """Return all that was measured as JSON, for those who compare runs."""
    data = {"setting": asdict(setting), "results": [asdict(result) for result in results]}
    return json.dumps(data, indent=1, default=str, ensure_ascii=False) + "\n"
