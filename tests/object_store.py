"""An object store on this machine: moto answers as S3 does, and a test says what it refuses."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
CODES = {403: "AccessDenied", 507: "XMinioStorageFull"}


class Silent(WSGIRequestHandler):
    """Says nothing of what it is asked: the test's output is for what matters."""

    def log(self, *_: object) -> None:
        pass


@dataclass
class ObjectStore:
    """A store, what it has been asked, and how it answers which methods instead of doing them."""

    port: int = 0
    asked: list[str] = field(default_factory=list)
    given: int = 0  # bytes
    refused: dict[str, int] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """Return what leads s3fs here: the variables that botocore reads."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ACCESS_KEY_ID": "prove",
            "AWS_SECRET_ACCESS_KEY": "prove",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        }

    def client(self) -> Any:
        """Return a client that is not the one under test."""
        who = {"aws_access_key_id": "prove", "aws_secret_access_key": "prove"}
        address = f"http://127.0.0.1:{self.port}"
        return boto3.client("s3", endpoint_url=address, region_name="us-east-1", **who)

    def make(self, bucket: str) -> None:
        self.client().create_bucket(Bucket=bucket)

    def spoil(self, bucket: str, name: str) -> None:
        self.client().put_object(Bucket=bucket, Key=self._key(bucket, name), Body=b"?")

    def lose(self, bucket: str, name: str) -> None:
        self.client().delete_object(Bucket=bucket, Key=self._key(bucket, name))

    def _key(self, bucket: str, name: str) -> str:
        found = self.client().list_objects_v2(Bucket=bucket)["Contents"]
        return next(one["Key"] for one in found if one["Key"].endswith(name))

    def around(self, application: Application) -> Application:
        def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            method = environ["REQUEST_METHOD"]
            self.asked.append(f"{method} {environ['PATH_INFO']}")
            if status := self.refused.get(method):
                start(f"{status} Refused", [("Content-Type", "application/xml")])
                return [
                    f"<Error><Code>{CODES[status]}</Code><Message>nei</Message></Error>".encode()
                ]
            found = list(application(environ, start))
            self.given += sum(map(len, found))
            return found

        return answer

    @contextmanager
    def refusing(self, **how: int) -> Iterator[None]:
        """Answer methods with a status, while in here; forgets what has been asked."""
        self.asked.clear()
        self.refused = how
        yield
        self.refused = {}


@contextmanager
def object_store() -> Iterator[ObjectStore]:
    """Run an empty object store."""
    store = ObjectStore()
    application = store.around(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Silent)
    store.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield store
    server.shutdown()
    server.server_close()
