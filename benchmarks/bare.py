"""A Flask application that does nothing but answer with given bytes: what no page can be faster than."""

import os
from pathlib import Path

from flask import Flask, Response

app = Flask(__name__, static_folder=None)
BYTES = Path(os.environ["BARE_PAGE"]).read_bytes()


@app.get("/<path:path>")
def answer(path: str) -> Response:
    return Response(BYTES, mimetype="text/html")
