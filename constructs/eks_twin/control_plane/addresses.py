"""Where things are: servers on loopback, and the addresses that simulated things have."""

SERVICE_NETWORK = "198.19.0.0/16"
POD_NETWORK = "198.18.0.0/16"
"""Both lie in 198.18.0.0/15, which is set aside for benchmarks: no network of the user's has these addresses.

So nothing can be reached by mistake where a program calls a simulated pod or Service. Loopback it cannot be: the API
server refuses endpoints there.
"""


def local(port: int) -> str:
    """Return the host and port of a server of ours."""
    return f"127.0.0.1:{port}"
