"""Puts a built site into a bucket of an object store that speaks S3 (Amazon, Cloudflare R2, Alibaba OSS, Tencent COS, MinIO …).

    AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… python -m publish.bucket site my-bucket [--endpoint https://…] [--prefix handbook/]

What a page needs comes before the page: files with a hash in their name, then all others, pages last. Hashed files of earlier uploads stay,
since a page that a reader still has open may ask for them; whatever else earlier uploads wrote and the site no longer has is deleted at the
end. What they wrote stands in an object of its own, so nothing that others keep in the bucket is ever deleted. Text is stored compressed,
and says so. To go back, upload the earlier build.
"""

import argparse
import gzip
import io
import json
import mimetypes
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from minio import Minio
from minio.credentials import EnvAWSProvider
from minio.deleteobjects import DeleteObject
from minio.error import MinioException, S3Error
from urllib3.exceptions import HTTPError

from publish.precompress import TEXT
from publish.release import HASHED

FOREVER, ASK = "public, max-age=31536000, immutable", "no-cache"
WRITTEN = "handbook-files.json"  # the names of all that uploads have written and not deleted
NOT_FOR_READERS = {"_headers", ".htaccess"}
TYPES = {".md": "text/markdown", ".js": "text/javascript", ".xml": "application/xml", ".svg": "image/svg+xml", ".webp": "image/webp"}


def upload(site: Path, client: Minio, bucket: str, prefix: str = "") -> dict[str, int]:
    """Upload a built site; gives how many files were written and deleted.

    Raises FileNotFoundError when there is no built site, ValueError when the list of what was written cannot be read; what the
    client raises passes through, and what was served until then still is, since nothing is deleted before all is there.
    """
    if not (site / "index.html").is_file():
        raise FileNotFoundError(f"{site} holds no built site (no index.html); run `make build` first")
    files = [file for file in site.rglob("*") if file.is_file() and file.name not in NOT_FOR_READERS and file.suffix not in (".gz", ".br")]
    names = {file: prefix + file.relative_to(site).as_posix() for file in files}
    there, held = set(names.values()), written(client, bucket, prefix)
    put(client, bucket, prefix + WRITTEN, listed(there | held))  # first, so that an upload that breaks off forgets nothing
    for file in sorted(files, key=lambda file: (order(file), names[file])):
        data, headers = file.read_bytes(), {"Cache-Control": FOREVER if HASHED.search(file.name) else ASK}
        if file.suffix in TEXT and len(small := gzip.compress(data, 9, mtime=0)) < len(data):
            data = small
            headers["Content-Encoding"] = "gzip"
        client.put_object(bucket, names[file], io.BytesIO(data), len(data), content_type(file), headers)
    old = sorted(name for name in held - there if not HASHED.search(name))
    if errors := list(client.remove_objects(bucket, map(DeleteObject, old))):
        raise OSError(f"{errors[0].name} could not be deleted: {errors[0].message}")
    put(client, bucket, prefix + WRITTEN, listed((there | held) - set(old)))
    return {"written": len(files), "deleted": len(old)}


def written(client: Minio, bucket: str, prefix: str) -> set[str]:
    """The names of what earlier uploads wrote. Raises ValueError when the object that holds them is not ours."""
    try:
        answer = client.get_object(bucket, prefix + WRITTEN)
    except S3Error as error:
        if error.code == "NoSuchKey":
            return set()
        raise
    try:
        names = json.loads(answer.read())["written"]
        if not all(isinstance(name, str) and name.startswith(prefix) for name in names):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"{prefix + WRITTEN} in the bucket is no list of an upload's files; look at it, and delete it if nobody needs it") from None
    finally:
        answer.close()
        answer.release_conn()
    return set(names)


def listed(names: set[str]) -> bytes:
    return json.dumps({"written": sorted(names)}, indent=0, ensure_ascii=False).encode()


def put(client: Minio, bucket: str, name: str, data: bytes) -> None:
    client.put_object(bucket, name, io.BytesIO(data), len(data), "application/json", {"Cache-Control": ASK})


def order(file: Path) -> int:
    """Hashed files first, pages last."""
    return 0 if HASHED.search(file.name) else 2 if file.suffix == ".html" else 1


def content_type(file: Path) -> str:
    found = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if file.suffix in TEXT else found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m publish.bucket", description="Put a built site into a bucket.")
    parser.add_argument("site", type=Path)
    parser.add_argument("bucket")
    parser.add_argument("--endpoint", default="https://s3.amazonaws.com", help="the store's address (Amazon's)")
    parser.add_argument("--prefix", default="", help="what the names begin with, such as handbook/")
    options = parser.parse_args(arguments)
    prefix = options.prefix.strip("/") + "/" if options.prefix.strip("/") else ""
    where = urlsplit(options.endpoint)
    if where.scheme not in ("http", "https") or not where.netloc:
        parser.error(f"--endpoint {options.endpoint} is no address: write https://…")
    if not (os.environ.get("AWS_ACCESS_KEY_ID") and os.environ.get("AWS_SECRET_ACCESS_KEY")):
        print("not published: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", file=sys.stderr)
        return 2
    try:
        client = Minio(where.netloc, secure=where.scheme == "https", credentials=EnvAWSProvider(), region=os.environ.get("AWS_REGION"))
        done = upload(options.site, client, options.bucket, prefix)
    except (OSError, ValueError, MinioException, HTTPError) as error:
        print(f"not published: {error}", file=sys.stderr)
        return 2
    print(f"{done['written']} files written, {done['deleted']} deleted")
    return 0


if __name__ == "__main__":
    sys.exit(main())
