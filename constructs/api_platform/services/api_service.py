"""The public API."""

from api_platform.environment import Environment
from api_platform.service import (
    BusinessMetric,
    CacheAccess,
    Cpu,
    DatabaseAccess,
    Exposure,
    Memory,
    MinAvailable,
    NodeRuntime,
    Objectives,
    QueueSender,
    Resources,
    SecretAccess,
    Service,
    Threshold,
    UtilizationScaling,
    Workload,
)


def api_service(env: Environment) -> Service:
    """Node.js and Express, public at api.<domain>."""
    return Service(
        name="api-service",
        workloads=(
            Workload(
                name="api-service",
                image=env.image("api-service"),
                runtime=NodeRuntime(),
                resources=Resources(
                    cpu=env.choose(development=Cpu(250), staging=Cpu(500), production=Cpu(500)),
                    memory=Memory.mebibytes(512),
                    cpu_limit=Cpu.cores(1),
                    memory_limit=Memory.mebibytes(768),
                ),
                scaling=UtilizationScaling(
                    minimum=env.choose(development=2, staging=3, production=3),
                    maximum=env.replica_ceiling("api-service", env.choose(development=4, staging=12, production=100)),
                ),
                budget=MinAvailable(pods=env.choose(development=1, staging=2, production=2)),
                exposure=Exposure(
                    subdomain="api",
                    timeout_seconds=30,
                    objectives=Objectives(availability_percent=99.9, p95_latency_milliseconds=500),
                ),
                uses=(
                    DatabaseAccess(),
                    CacheAccess(),
                    SecretAccess(secret="jwt"),
                    QueueSender(queue="outbox-processor"),
                    QueueSender(queue="data-export"),
                ),
                calls=("media-service",),
                settings={"LOG_LEVEL": env.choose(development="debug", staging="info", production="info")},
            ),
        ),
        metrics=(
            BusinessMetric(
                name="failed-logins",
                help="Share of logins that failed in the last five minutes, 0 to 1.",
                query='sum(rate(logins_total{result="failure"}[5m])) / sum(rate(logins_total[5m]))',
                alert=Threshold(above=0.5),
            ),
        ),
    )
