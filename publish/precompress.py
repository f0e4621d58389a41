"""Compressed copies beside the files of a built site, for servers that send them as they are.

    python -m publish.precompress site

`guide/index.html.gz` and `guide/index.html.br` stand beside `guide/index.html`: gzip_static and brotli_static of nginx, `precompressed`
of Caddy. A copy that is not smaller is left out. The same file gives the same bytes each time.
"""

import gzip
import sys
from pathlib import Path

import brotli

TEXT = {".html", ".js", ".json", ".css", ".svg", ".xml", ".txt", ".md"}
COMPRESSORS = {
    ".gz": lambda data: gzip.compress(data, 9, mtime=0),
    ".br": lambda data: brotli.compress(data, quality=11),
}


def precompress(site: Path) -> dict[str, int]:
    """Write the copies; gives the bytes of the files and of their copies, {"": …, ".gz": …, ".br": …}.

    Raises FileNotFoundError when there is no built site.
    """
    if not (site / "index.html").is_file():
        raise FileNotFoundError(f"{site} holds no built site (no index.html); run `make build` first")
    sizes = dict.fromkeys(["", *COMPRESSORS], 0)
    for file in sorted(site.rglob("*")):
        if file.suffix not in TEXT or not file.is_file():
            continue
        data = file.read_bytes()
        sizes[""] += len(data)
        for suffix, compress in COMPRESSORS.items():
            copy, small = file.with_name(file.name + suffix), compress(data)
            if len(small) < len(data):
                copy.write_bytes(small)
                sizes[suffix] += len(small)
            else:
                copy.unlink(missing_ok=True)
                sizes[suffix] += len(data)
    return sizes


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m publish.precompress site", file=sys.stderr)
        return 2
    try:
        sizes = precompress(Path(arguments[0]))
    except (FileNotFoundError, OSError) as error:
        print(f"nothing compressed: {error}", file=sys.stderr)
        return 2
    print(", ".join(f"{name or 'as they are'}: {size:,} bytes" for name, size in sizes.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
