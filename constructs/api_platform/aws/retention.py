"""What becomes of data and keys when CloudFormation would delete them."""

from aws_cdk import RemovalPolicy

from api_platform.environment import Environment


def retention(environment: Environment) -> RemovalPolicy:
    """Return the removal policy of whatever cannot be made again: buckets, queues, keys, logs.

    Production keeps it. Only a resource whose own creation failed is deleted: these resources have fixed names, and a
    remnant of a failed deployment would stop every later one.
    """
    return environment.choose(
        development=RemovalPolicy.DESTROY,
        staging=RemovalPolicy.DESTROY,
        production=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    )
