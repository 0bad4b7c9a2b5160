"""Refuses a commit whose subject is long, or does not begin with the area. A hook: .pre-commit-config.yaml."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SHORTER_THAN: Final = 72
"""Characters. `git log --oneline` and the pages of forges cut off what is longer."""
_AREA: Final = re.compile(r"[A-Z][\w-]*( [\w-]+)?: \S")
_OF_GIT: Final = re.compile(r"(Merge|Revert|fixup!|squash!|amend!) ?")
"""Subjects that git writes itself, and that a rebase looks for."""


def problems(subject: str) -> Iterator[str]:
    """Yield a sentence for each rule that a subject breaks."""
    if _OF_GIT.match(subject):
        return
    if len(subject) >= SHORTER_THAN:
        yield f"it has {len(subject)} characters, and must have under {SHORTER_THAN}: the body may say the rest"
    if not _AREA.match(subject):
        yield 'it must begin with the area, as in "Twin: say which account a stack is in" (CONTRIBUTING.md)'


def subject_of(message: str) -> str:
    """Return the first line that is no comment; empty where there is none."""
    lines = (line.strip() for line in message.splitlines())
    return next((line for line in lines if line and not line.startswith("#")), "")


def main() -> int:
    """Check the message in the file that git names. Returns 1 where its subject breaks a rule."""
    subject = subject_of(Path(sys.argv[1]).read_text(encoding="utf-8"))
    found = list(problems(subject))
    for problem in found:
        print(f"commit subject {subject!r}: {problem}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
