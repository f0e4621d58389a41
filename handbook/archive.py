"""Packs files into a zip that is the same for the same files."""

import io
import zipfile


def pack(files: dict[str, bytes]) -> bytes:
    """A zip of files by name, in their order. Dates say nothing; `mimetype` (of an EPUB) is not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # on every machine alike
            way = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, way, compresslevel=9)
    return out.getvalue()
