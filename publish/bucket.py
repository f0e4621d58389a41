"""Puts a built site into a bucket of an object store that speaks S3 (Amazon, Cloudflare R2, Alibaba OSS, Tencent COS, MinIO …).

    AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… python -m publish.bucket site my-bucket [--endpoint https://…] [--prefix handbook/]

What a page needs comes before the page: files with a hash in their name, then all others, pages last. Hashed files of earlier uploads stay,
since a page that a reader still has open may ask for them; whatever else is no longer in the site is deleted at the end. Text is stored
compressed, and says so. To go back, upload the earlier build.
"""

import argparse
import gzip
import mimetypes
import sys
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from publish.precompress import TEXT
from publish.release import HASHED

FOREVER, ASK = "public, max-age=31536000, immutable", "no-cache"
NOT_FOR_READERS = {"_headers", ".htaccess"}
TYPES = {".md": "text/markdown", ".js": "text/javascript", ".xml": "application/xml", ".svg": "image/svg+xml", ".webp": "image/webp"}


def upload(site: Path, bucket, prefix: str = "") -> dict[str, int]:
    """Upload a built site; gives how many files were written and deleted.

    bucket: boto3's Bucket. Raises FileNotFoundError when there is no built site; what boto3 raises passes through, and what was served
    until then still is, since nothing is deleted before all is there.
    """
    if not (site / "index.html").is_file():
        raise FileNotFoundError(f"{site} holds no built site (no index.html); run `make build` first")
    files = [file for file in site.rglob("*") if file.is_file() and file.name not in NOT_FOR_READERS and file.suffix not in (".gz", ".br")]
    names = {file: prefix + file.relative_to(site).as_posix() for file in files}
    for file in sorted(files, key=lambda file: (order(file), names[file])):
        data, more = file.read_bytes(), {}
        if file.suffix in TEXT:
            small = gzip.compress(data, 9, mtime=0)
            if len(small) < len(data):
                data, more = small, {"ContentEncoding": "gzip"}
        bucket.put_object(Key=names[file], Body=data, ContentType=content_type(file),
                          CacheControl=FOREVER if HASHED.search(file.name) else ASK, **more)
    there = set(names.values())
    old = [item.key for item in bucket.objects.filter(Prefix=prefix) if item.key not in there and not HASHED.search(item.key)]
    for start in range(0, len(old), 1000):  # as many as one request may name
        bucket.delete_objects(Delete={"Objects": [{"Key": key} for key in old[start:start + 1000]]})
    return {"written": len(files), "deleted": len(old)}


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
    parser.add_argument("--endpoint", help="the store's address; Amazon's without it")
    parser.add_argument("--prefix", default="", help="what the names begin with, such as handbook/")
    options = parser.parse_args(arguments)
    prefix = options.prefix.strip("/") + "/" if options.prefix.strip("/") else ""
    try:
        done = upload(options.site, boto3.resource("s3", endpoint_url=options.endpoint).Bucket(options.bucket), prefix)
    except (FileNotFoundError, BotoCoreError, ClientError) as error:
        print(f"not published: {error}", file=sys.stderr)
        return 2
    print(f"{done['written']} files written, {done['deleted']} deleted")
    return 0


if __name__ == "__main__":
    sys.exit(main())
