"""Runs in a process of its own: a JSON list of Arabic texts in, the same with vowel marks out. See ``vowels.py``.

python -I vowels_child.py SECONDS
"""

import json
import os
import signal
import sys


def main() -> None:
    signal.alarm(int(float(sys.argv[1])) + 1)
    os.environ["HF_HUB_OFFLINE"] = "1"  # the model is in the wheel; nothing is ever fetched
    texts = json.loads(sys.stdin.buffer.read())
    from text2tashkeel import Diacritizer

    model = Diacritizer("rawi-v3-int8")
    made = {text: model.diacritize(text) for text in dict.fromkeys(texts)}
    sys.stdout.write(json.dumps([made[text] for text in texts]))


if __name__ == "__main__":
    main()
