"""Cases of SQS and SNS."""

import json
from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, Probe, tagged

QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {}}
TOPIC = {"Type": "AWS::SNS::Topic", "Properties": {}}
POLICY = {"Version": "2012-10-17", "Statement": [{"Sid": "one", "Effect": "Allow", "Principal": "*"}]}
OTHER = {"Version": "2012-10-17", "Statement": [{"Sid": "two", "Effect": "Allow", "Principal": "*"}]}


def of_queue(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        answer = clients("sqs").get_queue_attributes(QueueUrl=physical_id, AttributeNames=["All"])
        return answer["Attributes"].get(name)

    return probe


def of_topic(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        return clients("sns").get_topic_attributes(TopicArn=physical_id)["Attributes"].get(name, "")

    return probe


def of_subscription(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        found = clients("sns").get_subscription_attributes(SubscriptionArn=physical_id)["Attributes"].get(name)
        return (json.loads(found) or None) if found else None

    return probe


def dead_letters(clients: Clients, physical_id: str) -> Any:
    found = of_queue("RedrivePolicy")(clients, physical_id)
    return int(json.loads(found)["maxReceiveCount"]) if found else None


def sid_of_queue(clients: Clients, _: str) -> Any:
    (queue,) = clients("sqs").list_queues(QueueNamePrefix="for-a-policy")["QueueUrls"]
    found = of_queue("Policy")(clients, queue)
    return json.loads(found)["Statement"][0]["Sid"] if found else None


def sid_of_topic(clients: Clients, _: str) -> Any:
    (topic,) = [one["TopicArn"] for one in clients("sns").list_topics()["Topics"] if "for-a-policy" in one["TopicArn"]]
    return json.loads(of_topic("Policy")(clients, topic))["Statement"][0]["Sid"]


def is_set(name: str) -> Probe:
    return lambda clients, url: of_queue(name)(clients, url) or ""


def truth(name: str) -> Probe:
    return lambda clients, url: str(of_queue(name)(clients, url)).lower() == "true"


def scope(clients: Clients, arn: str) -> Any:
    found = clients("sns").get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
    return found.get("FilterPolicyScope")


def raw(clients: Clients, arn: str) -> bool:
    return bool(of_subscription("RawMessageDelivery")(clients, arn))


DEAD_X = {"deadLetterTargetArn": "arn:x"}
NAMED_QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "for-a-policy"}}
NAMED_TOPIC = {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "for-a-policy"}}
DEAD = {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": 5}
CASES = (
    Case(
        "AWS::SQS::Queue",
        {"VisibilityTimeout": 40, "RedrivePolicy": DEAD},
        lambda clients, physical_id: bool(of_queue("QueueArn")(clients, physical_id)),
        [
            InPlace({"VisibilityTimeout": 90}, of_queue("VisibilityTimeout"), "40", "90"),
            InPlace({"VisibilityTimeout": None}, of_queue("VisibilityTimeout"), "40", "30"),
            InPlace({"RedrivePolicy": None}, dead_letters, 5, None),
            InPlace({"MessageRetentionPeriod": 600}, of_queue("MessageRetentionPeriod"), "345600", "600"),
            InPlace({"DelaySeconds": 5}, of_queue("DelaySeconds"), "0", "5"),
            InPlace({"MaximumMessageSize": 2048}, of_queue("MaximumMessageSize"), "1048576", "2048"),
            InPlace({"ReceiveMessageWaitTimeSeconds": 20}, of_queue("ReceiveMessageWaitTimeSeconds"), "0", "20"),
            InPlace({"KmsMasterKeyId": "alias/aws/sqs"}, is_set("KmsMasterKeyId"), "", "alias/aws/sqs"),
            InPlace(
                {"KmsMasterKeyId": "alias/aws/sqs", "KmsDataKeyReusePeriodSeconds": 60},
                of_queue("KmsDataKeyReusePeriodSeconds"),
                None,
                "60",
            ),
            InPlace({"SqsManagedSseEnabled": False}, truth("SqsManagedSseEnabled"), True, False),
            tagged(lambda clients, url: clients("sqs").list_queue_tags(QueueUrl=url).get("Tags")),
        ],
        {"QueueName": "another"},
        {"Dead": QUEUE},
    ),
    Case(
        "AWS::SQS::Queue",
        {"FifoQueue": True, "QueueName": "one.fifo"},
        lambda clients, physical_id: bool(of_queue("QueueArn")(clients, physical_id)),
        [
            InPlace({"ContentBasedDeduplication": True}, truth("ContentBasedDeduplication"), False, True),
            InPlace({"DeduplicationScope": "messageGroup"}, is_set("DeduplicationScope"), "queue", "messageGroup"),
            InPlace(
                {"DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"},
                of_queue("FifoThroughputLimit"),
                "perQueue",
                "perMessageGroupId",
            ),
        ],
        {"QueueName": "another.fifo"},
    ),
    Case(
        "AWS::SQS::QueuePolicy",
        {"Queues": [{"Ref": "Queue"}], "PolicyDocument": POLICY},
        lambda clients, physical_id: bool(sid_of_queue(clients, physical_id)),
        [InPlace({"PolicyDocument": OTHER}, sid_of_queue, "one", "two")],
        None,
        {"Queue": NAMED_QUEUE},
    ),
    Case(
        "AWS::SNS::Topic",
        {"DisplayName": "one"},
        lambda clients, physical_id: bool(of_topic("TopicArn")(clients, physical_id)),
        [
            InPlace({"DisplayName": "two"}, of_topic("DisplayName"), "one", "two"),
            InPlace({"KmsMasterKeyId": "alias/aws/sns"}, of_topic("KmsMasterKeyId"), "", "alias/aws/sns"),
            tagged(lambda clients, arn: clients("sns").list_tags_for_resource(ResourceArn=arn)["Tags"]),
        ],
        {"TopicName": "another"},
    ),
    Case(
        "AWS::SNS::TopicPolicy",
        {"Topics": [{"Ref": "Topic"}], "PolicyDocument": POLICY},
        lambda clients, physical_id: sid_of_topic(clients, physical_id) in {"one", "two"},
        [InPlace({"PolicyDocument": OTHER}, sid_of_topic, "one", "two")],
        None,
        {"Topic": NAMED_TOPIC},
    ),
    Case(
        "AWS::SNS::Subscription",
        {
            "TopicArn": {"Ref": "Topic"},
            "Protocol": "email",
            "Endpoint": "one@company.com",
            "FilterPolicy": {"a": ["b"]},
        },
        lambda clients, physical_id: bool(of_subscription("FilterPolicy")(clients, physical_id)),
        [
            InPlace({"FilterPolicy": {"c": ["d"]}}, of_subscription("FilterPolicy"), {"a": ["b"]}, {"c": ["d"]}),
            InPlace({"FilterPolicy": None}, of_subscription("FilterPolicy"), {"a": ["b"]}, None),
            InPlace({"FilterPolicyScope": "MessageBody"}, scope, "MessageAttributes", "MessageBody"),
            InPlace({"RawMessageDelivery": True}, raw, False, True),
            InPlace(
                {"RedrivePolicy": {"deadLetterTargetArn": "arn:x"}}, of_subscription("RedrivePolicy"), None, DEAD_X
            ),
        ],
        {"Endpoint": "two@company.com"},
        {"Topic": TOPIC},
    ),
)
