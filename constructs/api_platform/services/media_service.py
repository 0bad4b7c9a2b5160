"""Uploads, downloads and transformations of media."""

from api_platform.environment import Environment
from api_platform.service import (
    BucketAccess,
    BusinessMetric,
    Cpu,
    Exposure,
    GoRuntime,
    Memory,
    MinAvailable,
    Objectives,
    QueueSender,
    Resources,
    Service,
    Threshold,
    UtilizationScaling,
    Workload,
)


def media_service(env: Environment) -> Service:
    """Go, public at media.<domain>, on nodes of its own."""
    return Service(
        name="media-service",
        workloads=(
            Workload(
                name="media-service",
                image=env.image("media-service"),
                runtime=GoRuntime(),
                resources=Resources(
                    cpu=env.choose(development=Cpu(500), staging=Cpu.cores(1), production=Cpu.cores(1)),
                    memory=env.choose(
                        development=Memory.gibibytes(1), staging=Memory.gibibytes(2), production=Memory.gibibytes(2)
                    ),
                    cpu_limit=Cpu.cores(2),
                    memory_limit=Memory.gibibytes(3),
                    ephemeral_storage=Memory.gibibytes(12),
                ),
                scaling=UtilizationScaling(
                    minimum=2,
                    maximum=env.replica_ceiling("media-service", env.choose(development=3, staging=8, production=50)),
                ),
                budget=MinAvailable(pods=1),
                exposure=Exposure(
                    subdomain="media",
                    timeout_seconds=300,
                    objectives=Objectives(availability_percent=99.5, p95_latency_milliseconds=10_000),
                ),
                startup_attempts=60,
                node_pool="media-processing",
                scratch=Memory.gibibytes(10),
                uses=(
                    BucketAccess(bucket="media", mode="read-write"),
                    QueueSender(queue="media-processor"),
                ),
                settings={"LOG_LEVEL": env.choose(development="debug", staging="info", production="info")},
            ),
        ),
        metrics=(
            BusinessMetric(
                name="failed-uploads",
                help="Share of uploads that failed in the last quarter of an hour, 0 to 1.",
                query='sum(rate(uploads_total{result="failure"}[15m])) / sum(rate(uploads_total[15m]))',
                alert=Threshold(above=0.1),
            ),
        ),
    )
