"""Stack `messaging`: what all queues share."""

from aws_cdk import Stack
from constructs import Construct

from api_platform.aws.encryption_key import encryption_key
from api_platform.aws.operations_topic import operations_topic
from api_platform.aws.watchdog import Watchdog
from api_platform.environment import Environment


class MessagingStack(Stack):
    """The key that encrypts messages, and the topic by which operations hear of alarms."""

    def __init__(self, scope: Construct, environment: Environment) -> None:
        super().__init__(scope, "messaging", description=f"Key and alarms of the queues of {environment.name}")
        self.key = encryption_key(self, environment, "messaging")
        self.topic = operations_topic(self, environment, self.key)
        Watchdog(self, environment, key=self.key, tell=self.topic)
