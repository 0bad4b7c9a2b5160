"""`api-platform twin`: hands its words on to the twin's own command, which is imported when it is asked for."""

from collections.abc import Sequence

from api_platform.errors import InputError


def twin_command(words: Sequence[str]) -> int:
    """Do what the words say; return the exit code.

    Raises InputError where `make synth` alone has set this environment up.
    """
    try:
        from api_platform.cli import twin_commands
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("api_platform"):
            raise
        raise InputError(f"the twin needs more packages than are installed ({error.name}). Run: make deploy") from None
    return twin_commands.run(words)
