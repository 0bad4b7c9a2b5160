"""Compression of answers to the world. Istio has no API for it, so this is a piece of Envoy's own configuration."""

from constructs import Construct

from api_platform import names
from api_platform.labels import platform_metadata
from imports.io.istio.networking import (
    EnvoyFilter,
    EnvoyFilterSpec,
    EnvoyFilterSpecConfigPatches,
    EnvoyFilterSpecConfigPatchesApplyTo,
    EnvoyFilterSpecConfigPatchesMatch,
    EnvoyFilterSpecConfigPatchesMatchContext,
    EnvoyFilterSpecConfigPatchesMatchListener,
    EnvoyFilterSpecConfigPatchesMatchListenerFilterChain,
    EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilter,
    EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilterSubFilter,
    EnvoyFilterSpecConfigPatchesPatch,
    EnvoyFilterSpecConfigPatchesPatchOperation,
    EnvoyFilterSpecWorkloadSelector,
)

MINIMUM_BYTES = 1024
"""Smaller answers fit into one packet anyway."""
CONTENT_TYPES = (
    "application/javascript",
    "application/json",
    "application/problem+json",
    "application/xml",
    "image/svg+xml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
    "text/xml",
)
"""Text and JSON. Images and video are compressed already; text/event-stream would wait in the compressor."""

_TYPE = "type.googleapis.com/envoy.extensions"
_COMPRESSOR = {
    "name": "envoy.filters.http.compressor",
    "typed_config": {
        "@type": f"{_TYPE}.filters.http.compressor.v3.Compressor",
        "response_direction_config": {
            "common_config": {"min_content_length": MINIMUM_BYTES, "content_type": list(CONTENT_TYPES)},
        },
        "compressor_library": {
            "name": "gzip",
            "typed_config": {"@type": f"{_TYPE}.compression.gzip.compressor.v3.Gzip"},
        },
    },
}


def compression(scope: Construct) -> EnvoyFilter:
    """Compress what the gateway answers, and nothing inside the mesh.

    Before the router, the last filter of the chain, which sends the request and so meets the answer first.
    """
    router = EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilter(
        name="envoy.filters.network.http_connection_manager",
        sub_filter=EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilterSubFilter(
            name="envoy.filters.http.router"
        ),
    )
    return EnvoyFilter(
        scope,
        "envoy-filter-compression",
        metadata=platform_metadata("compression", names.GATEWAY_NAMESPACE),
        spec=EnvoyFilterSpec(
            workload_selector=EnvoyFilterSpecWorkloadSelector(labels=names.GATEWAY_SELECTOR),
            config_patches=[
                EnvoyFilterSpecConfigPatches(
                    apply_to=EnvoyFilterSpecConfigPatchesApplyTo.HTTP_UNDERSCORE_FILTER,
                    match=EnvoyFilterSpecConfigPatchesMatch(
                        context=EnvoyFilterSpecConfigPatchesMatchContext.GATEWAY,
                        listener=EnvoyFilterSpecConfigPatchesMatchListener(
                            filter_chain=EnvoyFilterSpecConfigPatchesMatchListenerFilterChain(filter=router)
                        ),
                    ),
                    patch=EnvoyFilterSpecConfigPatchesPatch(
                        operation=EnvoyFilterSpecConfigPatchesPatchOperation.INSERT_UNDERSCORE_BEFORE,
                        value=_COMPRESSOR,
                    ),
                )
            ],
        ),
    )
