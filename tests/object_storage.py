"""An object storage on loopback that speaks S3 as the real one does, with one empty bucket in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import boto3
import requests
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

BUCKET, REGION = "material", "eu-north-1"
ACCESS = {"access_key": "key", "secret_key": "secret"}


@dataclass(frozen=True)
class ObjectStorage:
    """Where it listens, and a look into the bucket that goes past the product."""

    address: str
    client: object

    @property
    def kept(self) -> dict[str, bytes]:
        """What lies in the bucket, by key."""
        listed = self.client.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        return {
            each["Key"]: self.client.get_object(Bucket=BUCKET, Key=each["Key"])["Body"].read()
            for each in listed
        }


@contextmanager
def storing() -> Iterator[ObjectStorage]:
    """The storage for as long as the block lasts, on a port that was free."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=address,
        region_name=REGION,
        aws_access_key_id=ACCESS["access_key"],
        aws_secret_access_key=ACCESS["secret_key"],
    )
    try:
        requests.post(f"{address}/moto-api/reset", timeout=10)  # it remembers what earlier tests put there
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        yield ObjectStorage(address, client)
    finally:
        client.close()
        server.stop()
