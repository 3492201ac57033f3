"""Nothing has a fixed name in a folder that all users of a machine share."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARED = re.compile(rb"(?<![\w.])/(?:tmp|var/tmp|dev/shm)/\w")


def test_no_file_names_one_in_a_shared_folder() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    files = [ROOT / name.decode() for name in listed.split(b"\0") if name]
    assert len(files) > 500
    named = [
        str(file.relative_to(ROOT))
        for file in files
        if file.is_file() and file != Path(__file__) and SHARED.search(file.read_bytes())
    ]
    assert named == []
