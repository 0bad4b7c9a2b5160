"""Writes the proof: a page, and the same as data beside it."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from eks_twin.processes.files import write_whole
from eks_twin.proof.page import page
from eks_twin.proof.result import Result
from eks_twin.proof.setting import Setting

PAGE = "index.html"
DATA = "results.json"


def write_report(results: Sequence[Result], setting: Setting, folder: Path) -> Path:
    """Write the page and its data into the folder, each whole. Returns the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / DATA, as_json(results, setting), mode=0o644)
    write_whole(folder / PAGE, page(results, setting), mode=0o644)
    return folder / PAGE


def as_json(results: Sequence[Result], setting: Setting) -> str:
    """Return all that was measured as JSON, for those who compare runs."""
    data = {"setting": asdict(setting), "results": [asdict(result) for result in results]}
    return json.dumps(data, indent=1, default=str, ensure_ascii=False) + "\n"
