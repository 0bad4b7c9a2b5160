"""Stack `storage`."""

from aws_cdk import Duration, Stack
from constructs import Construct

from api_platform.account_demands import DATA_BUCKETS
from api_platform.aws.bucket import access_log_bucket, data_bucket
from api_platform.aws.encryption_key import encryption_key
from api_platform.environment import Environment


class StorageStack(Stack):
    """The buckets of media and of exports, and one for their access logs."""

    def __init__(self, scope: Construct, environment: Environment) -> None:
        super().__init__(scope, "storage", description=f"Buckets of {environment.name}")
        key = encryption_key(self, environment, "storage")
        access_logs = access_log_bucket(self, environment)
        media, export = DATA_BUCKETS
        data_bucket(self, environment, media, key=key, access_logs=access_logs)
        # An export is fetched once; it holds a customer's data and must not lie about.
        data_bucket(self, environment, export, key=key, access_logs=access_logs, expires_after=Duration.days(30))
