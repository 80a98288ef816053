"""What AWS and OpenAI tell of a model when they are not asked to say anything."""

import json
from itertools import count
from urllib.parse import unquote

from standin.http import Seen

CREATED = 1_760_000_000
_REQUESTS = count()
_ARN = "arn:aws:sagemaker:eu-west-1:123456789012"
_ASSUMED = """<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROA:finale</AssumedRoleId>
<Arn>arn:aws:sts::123456789012:assumed-role/show/finale</Arn></AssumedRoleUser><Credentials>
<AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>
<SessionToken>session-token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
</Credentials></AssumeRoleResult></AssumeRoleResponse>"""
ASSUMED_KEY, ASSUMED_SECRET = "ASIASTANDINASSUMED00", "assumed-secret-of-a-stand-in"


def told(seen: Seen, revision: int) -> tuple[int, str, bytes] | None:
    """Status, content type and body for a request that describes; None if it is no such request.

    `revision` changes what is told of the configuration.
    """
    if "x-amz-target" in seen.headers:
        return _sagemaker(seen, revision)
    if seen.target == "/" and b"Action=AssumeRole" in seen.body:
        text = _ASSUMED.format(key=ASSUMED_KEY, secret=ASSUMED_SECRET)
        return 200, "text/xml", text.encode()
    if seen.method != "GET":
        return None
    if seen.target == "/v1/models":
        return _json({"object": "list", "data": [_listed(revision)]})
    model = unquote(seen.target)
    if model.startswith("/foundation-models/"):
        details = {
            "modelArn": f"arn:aws:bedrock:eu-west-1::foundation-model/v{revision}",
            "modelId": model.removeprefix("/foundation-models/"),
            "modelLifecycle": {"status": "ACTIVE"},
        }
        return _json({"modelDetails": details})
    if model.startswith("/imported-models/"):
        arn = model.removeprefix("/imported-models/")
        made = "2025-10-09T08:53:20Z"
        return _json({"modelArn": arn, "modelName": f"v{revision}", "creationTime": made})
    return None


def _listed(revision: int) -> dict[str, object]:
    """A model as vLLM lists it: the time and the ids are made up for every request."""
    now = CREATED + next(_REQUESTS)
    permission = {"id": f"modelperm-{now}", "object": "model_permission", "created": now}
    return {
        "id": "plain",
        "object": "model",
        "created": now,
        "owned_by": "vllm",
        "root": f"v{revision}",
        "parent": None,
        "max_model_len": 8192,
        "permission": [permission],
    }


def _sagemaker(seen: Seen, revision: int) -> tuple[int, str, bytes]:
    asked = json.loads(seen.body)
    match seen.headers["x-amz-target"].removeprefix("SageMaker."):
        case "DescribeEndpoint" if asked["EndpointName"] == "gone":
            message = 'Could not find endpoint "gone".'
            return _json({"__type": "ValidationException", "message": message}, 400)
        case "DescribeEndpoint":
            return _json(
                {
                    "EndpointName": asked["EndpointName"],
                    "EndpointArn": f"{_ARN}:endpoint/{asked['EndpointName']}",
                    "EndpointConfigName": "config",
                    "EndpointStatus": "InService",
                    "CreationTime": CREATED,
                    "LastModifiedTime": CREATED,
                }
            )
        case "DescribeEndpointConfig":
            return _json(
                {
                    "EndpointConfigName": "config",
                    "EndpointConfigArn": f"{_ARN}:endpoint-config/config",
                    "ProductionVariants": [{"VariantName": "all", "ModelName": "model"}],
                    "CreationTime": CREATED,
                }
            )
        case "DescribeModel":
            container = {"ModelDataUrl": f"s3://bucket/model-{revision}.tar.gz"}
            return _json(
                {
                    "ModelName": "model",
                    "ModelArn": f"{_ARN}:model/model",
                    "PrimaryContainer": container,
                    "CreationTime": CREATED,
                }
            )
    return _json(
        {
            "InferenceComponentName": asked["InferenceComponentName"],
            "InferenceComponentArn": f"{_ARN}:inference-component/part",
            "InferenceComponentStatus": "InService",
            "EndpointName": "plain",
            "EndpointArn": f"{_ARN}:endpoint/plain",
            "Specification": {"ModelName": f"model-{revision}"},
            "CreationTime": CREATED + 1,
            "LastModifiedTime": CREATED + 1,
        }
    )


def _json(value: object, status: int = 200) -> tuple[int, str, bytes]:
    return status, "application/x-amz-json-1.1", json.dumps(value).encode()
