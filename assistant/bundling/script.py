"""The assistant's script as pages load it: joined once at the start, compressed, revalidated by its ETag."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

from sanic import Request
from sanic.response import HTTPResponse, raw

from assistant.bundling.bundle import bundle


class BundledScript:
    """A script in its one response."""

    def __init__(self, entry: Path, after: Path | None = None) -> None:
        """Join the modules of an entry; it may be loaded `after` another.

        Raises:
            BundleError: they cannot be joined.
        """
        self.body = bundle(entry, after).encode()
        self._compressed = gzip.compress(self.body, mtime=0)
        self.etag = f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'

    async def serve(self, request: Request) -> HTTPResponse:
        """Answer with the script, or that the browser's copy is still the same."""
        headers = {"ETag": self.etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if self.etag in request.headers.get("if-none-match", ""):
            return raw(b"", status=304, headers=headers)
        body = self.body
        if "gzip" in request.headers.get("accept-encoding", ""):
            body, headers["Content-Encoding"] = self._compressed, "gzip"
        return raw(body, headers=headers, content_type="text/javascript; charset=utf-8")
