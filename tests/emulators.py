"""Stand-ins for AWS that the Rust tests talk to: prints NAME=value lines, serves until its standard input ends.

Run by `cargo xtask test`; the variables tell the tests where the stand-ins are.
"""

import io
import logging
import sys
import zipfile

import boto3
from moto.core.config import default_user_config
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
# Functions answer without a container engine.
default_user_config["lambda"]["use_docker"] = False

KEY = dict(region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")


def function_code():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("index.py", "def handler(event, context):\n    return event\n")
    return archive.getvalue()


def main():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=url, **KEY).create_bucket(Bucket="prompts")
    role = boto3.client("iam", endpoint_url=url, **KEY).create_role(RoleName="r", AssumeRolePolicyDocument="{}")
    boto3.client("lambda", endpoint_url=url, **KEY).create_function(
        FunctionName="sma",
        Runtime="python3.11",
        Role=role["Role"]["Arn"],
        Handler="index.handler",
        Code={"ZipFile": function_code()},
    )
    print(f"TEST_S3_URL={url}")
    print(f"TEST_LAMBDA_URL={url}")
    print("TEST_LAMBDA_FUNCTION=sma")
    print(f"TEST_AWSLAMBDARIC_PYTHON={sys.executable}")
    print("", flush=True)
    sys.stdin.read()
    server.stop()


main()
