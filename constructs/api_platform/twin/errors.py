"""What a user of the twin is meant to see when it cannot go on."""


class TwinError(Exception):
    """The twin cannot do what was asked: a program died, a port was taken, a deployment failed.

    The message says what, where, and the way out. The command prints it as it is, without a traceback, and exits 1.
    """
