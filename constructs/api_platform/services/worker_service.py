"""The background workers: three workloads, each with its own queue."""

from api_platform.environment import Environment
from api_platform.service import (
    BucketAccess,
    BusinessMetric,
    Cpu,
    DatabaseAccess,
    MaxUnavailable,
    Memory,
    MinAvailable,
    NodeRuntime,
    QueueConsumer,
    QueueScaling,
    Resources,
    Service,
    Threshold,
    Workload,
)


def worker_service(env: Environment) -> Service:
    """One image, three processors; WORKER tells the program which of them it is."""
    return Service(
        name="worker-service",
        workloads=(_media_processor(env), _outbox_processor(env), _data_export(env)),
        metrics=(
            BusinessMetric(
                name="failed-transformations",
                help="Share of media that could not be transformed in the last half hour, 0 to 1; each try counts.",
                query='sum(rate(transformations_total{result="failure"}[30m])) / sum(rate(transformations_total[30m]))',
                alert=Threshold(above=0.2),
            ),
            BusinessMetric(
                name="outbox-delay",
                help="Seconds from an event to its publication, for 95 of 100 events of the last five minutes.",
                query="histogram_quantile(0.95, sum by (le) (rate(outbox_delay_seconds_bucket[5m])))",
                alert=Threshold(above=60),
            ),
            BusinessMetric(
                name="failed-exports",
                help="Share of exports that failed in the last three hours, 0 to 1; each try counts.",
                query='sum(rate(exports_total{result="failure"}[3h])) / sum(rate(exports_total[3h]))',
                alert=Threshold(above=0.2),
            ),
        ),
    )


def _media_processor(env: Environment) -> Workload:
    return Workload(
        name="media-processor",
        image=env.image("worker-service"),
        runtime=NodeRuntime(),
        resources=Resources(
            cpu=Cpu(500),
            memory=Memory.gibibytes(1),
            cpu_limit=Cpu.cores(1),
            memory_limit=Memory.mebibytes(1536),
            ephemeral_storage=Memory.gibibytes(12),
        ),
        scaling=QueueScaling(
            minimum=env.choose(development=1, staging=2, production=2),
            maximum=env.replica_ceiling("media-processor", env.choose(development=3, staging=10, production=100)),
            messages_per_pod=10,
        ),
        budget=env.choose(
            development=MaxUnavailable(pods=1), staging=MinAvailable(pods=1), production=MinAvailable(pods=1)
        ),
        scratch=Memory.gibibytes(10),
        uses=(
            QueueConsumer(longest_job_seconds=900),
            BucketAccess(bucket="media", mode="read-write"),
        ),
        calls=("media-service",),
        settings={"WORKER": "media-processor"},
    )


def _outbox_processor(env: Environment) -> Workload:
    return Workload(
        name="outbox-processor",
        image=env.image("worker-service"),
        runtime=NodeRuntime(),
        resources=Resources(
            cpu=Cpu(250),
            memory=Memory.mebibytes(512),
            cpu_limit=Cpu(500),
            memory_limit=Memory.mebibytes(768),
            ephemeral_storage=Memory.gibibytes(2),
        ),
        scaling=QueueScaling(
            minimum=env.choose(development=1, staging=2, production=2),
            maximum=env.replica_ceiling("outbox-processor", env.choose(development=2, staging=5, production=20)),
            messages_per_pod=100,
        ),
        budget=env.choose(
            development=MaxUnavailable(pods=1), staging=MinAvailable(pods=1), production=MinAvailable(pods=1)
        ),
        scratch=Memory.gibibytes(1),
        uses=(QueueConsumer(longest_job_seconds=60), DatabaseAccess()),
        settings={"WORKER": "outbox-processor"},
    )


def _data_export(env: Environment) -> Workload:
    return Workload(
        name="data-export",
        image=env.image("worker-service"),
        runtime=NodeRuntime(),
        resources=Resources(
            cpu=Cpu(500),
            memory=Memory.gibibytes(1),
            cpu_limit=Cpu.cores(1),
            memory_limit=Memory.mebibytes(1536),
            ephemeral_storage=Memory.gibibytes(22),
        ),
        scaling=QueueScaling(
            minimum=1,
            maximum=env.replica_ceiling("data-export", env.choose(development=1, staging=3, production=10)),
            messages_per_pod=2,
        ),
        budget=env.choose(
            development=MaxUnavailable(pods=1), staging=MaxUnavailable(pods=1), production=MinAvailable(pods=1)
        ),
        scratch=Memory.gibibytes(20),
        uses=(
            QueueConsumer(longest_job_seconds=1800),
            DatabaseAccess(),
            BucketAccess(bucket="export", mode="write"),
        ),
        settings={"WORKER": "data-export"},
        acknowledged=env.choose(
            development={},
            staging={},
            production={
                "budget-leaves-room-to-drain": "The product runs it at one replica when idle. Before a node drain: "
                "annotate its ScaledObject with autoscaling.keda.sh/paused-replicas: '2', drain, remove the annotation."
            },
        ),
    )
