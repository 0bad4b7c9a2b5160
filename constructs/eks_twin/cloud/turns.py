"""Lets one caller at a time see and change what moto keeps."""

from contextlib import nullcontext
from functools import cache
from threading import RLock
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication

TURN = RLock()
"""Held by whoever looks for, makes or changes one of moto's models, which are in plain dictionaries.

Its server has a thread for each request. Where one looks for a role, say, and another makes one meanwhile, the first
is answered with HTTP 500.
"""

_WAITING = frozenset({"cloudformation", "lambda"})
"""Services of ours, whose requests may last, and make requests themselves. They keep nothing in moto but by these."""


class InTurn(DomainDispatcherApplication):
    """moto's server, that answers one request after the other but for those that wait."""

    @cache  # noqa: B019 - there is one application, for good
    def get_backend_for_host(self, host: str | None) -> Any:
        """Return the service. moto looks through its own folders for it, at each request."""
        return super().get_backend_for_host(host)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer a request."""
        app: Any = self.get_application(environ)
        waits = app.service in _WAITING or environ.get("HTTP_X_AMZ_TARGET") == "AmazonSQS.ReceiveMessage"
        with nullcontext() if waits else TURN:
            return app(environ, start_response)
