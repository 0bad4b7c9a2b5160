"""A secret is not copied."""

from api_platform import names
from api_platform.runbooks.runbook import AlertLimit, Look, Runbook, WayOut

RUNBOOK = Runbook(
    alert="SecretNotSynced",
    says="External Secrets cannot copy a secret from Secrets Manager; `name` is the ExternalSecret's.",
    noticed=(
        "Nothing, as long as the last copy is right. After a rotation logins are refused; where there never was a "
        "copy, pods wait for it."
    ),
    limit=AlertLimit("not ready for", lambda one: f"{one.minutes} minutes"),
    looks=(
        Look(
            "kubectl get externalsecrets -n $namespace",
            {"`SecretSyncedError`": "this one fails; its events say why"},
        ),
        Look(
            "kubectl describe externalsecrets -n $namespace",
            {
                "`ResourceNotFoundException`": "there is no such secret in Secrets Manager",
                "`AccessDeniedException`": "the reader's role may not read it, or not decrypt its key",
                "`could not get key`, `property`": "the secret is there, and lacks this field",
            },
        ),
        Look(
            f"kubectl describe secretstore -n $namespace {names.SECRET_STORE}",
            {"`InvalidProviderConfig`": "the reader's ServiceAccount or role is missing: deploy `platform`"},
        ),
        Look(
            "aws secretsmanager list-secrets --region $region --filters Key=name,Values=$environment/",
            {"the secret is missing": "nobody has put it there yet, or it is being deleted"},
        ),
    ),
    ways_out=(
        WayOut("the secret is missing, or lacks a field", "Put it into Secrets Manager; it is copied within the hour."),
        WayOut(
            "it must be copied at once",
            "An annotation that changes makes External Secrets copy all.",
            ("kubectl annotate externalsecrets -n $namespace --all --overwrite force-sync=now",),
        ),
    ),
)
