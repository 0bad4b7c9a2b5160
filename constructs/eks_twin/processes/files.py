"""Files that others read while we write them, and the ends of logs."""

from pathlib import Path


def write_whole(file: Path, text: str, mode: int = 0o600) -> None:
    """Write the file so that a reader sees all of it or what was there before; nobody else may read it.

    `mode`: its permissions. Default: the owner's alone, since commands may hold tokens.
    """
    new = file.with_name(f".{file.name}.new")
    try:
        new.touch(mode=mode)
        new.chmod(mode)
        new.write_text(text)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def last_lines(file: Path, count: int = 12) -> str:
    """Return the last lines of a log for a message; a sentence where there are none."""
    try:
        with file.open("rb") as log:
            log.seek(0, 2)
            log.seek(max(0, log.tell() - 64 * 1024))
            lines = log.read().decode(errors="replace").splitlines()
    except OSError:
        return "(no log was written)"
    return "\n".join(lines[-count:]) or "(the log is empty)"
