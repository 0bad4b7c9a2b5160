"""KEDA cannot read a queue."""

from api_platform.observability.scaler_alerts import ERRORS
from api_platform.runbooks.looks import KEDA_LOG
from api_platform.runbooks.runbook import AlertLimit, Look, Runbook, WayOut

RUNBOOK = Runbook(
    alert="ScalerFails",
    says="KEDA fails again and again to read the depth of a queue; `scaledObject` names the worker.",
    noticed="Messages wait: the worker keeps its replicas, or goes to those of its fallback.",
    limit=AlertLimit("errors in 10 minutes above", lambda _: str(ERRORS)),
    looks=(
        Look(
            "kubectl get scaledobjects -n $namespace",
            {
                "`READY False`": "KEDA has given it up: its log says why",
                "`FALLBACK True`": "it fails for a while already: the replicas stay as they are",
            },
        ),
        Look(KEDA_LOG.command, {**KEDA_LOG.answers, "`i/o timeout`": "SQS does not answer: NAT, or its endpoint"}),
        Look(
            "aws sqs list-queues --region $region --queue-name-prefix $environment",
            {"the worker's queue is missing": "deploy the service's queues"},
        ),
    ),
    ways_out=(
        WayOut("the queue is gone, or forbidden", "Deploy the stack of the service's queues, then `platform`."),
        WayOut(
            "only KEDA's own credentials are stale",
            "Restart its operator: it takes a new token.",
            ("kubectl rollout restart -n $component_namespace deployment/$component",),
        ),
    ),
)
