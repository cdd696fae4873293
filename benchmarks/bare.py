"""A Flask application that does nothing but answer with given bytes, from memory or as a file: nothing is faster."""

import os
from pathlib import Path

from flask import Flask, Response, send_file

app = Flask(__name__, static_folder=None)
FILE = Path(os.environ["BARE_PAGE"])
BYTES = FILE.read_bytes()


@app.get("/file")
def answer_with_file() -> Response:
    return send_file(FILE, "text/html", conditional=True)


@app.get("/<path:path>")
def answer(path: str) -> Response:
    return Response(BYTES, mimetype="text/html")
