"""The sample files and small files made of them."""

import io
import zipfile
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples"
OFFERS = SAMPLES / "vrac" / "hsds-services.json"
EXAMPLES = SAMPLES / "hsds"


def example_tables() -> dict[str, bytes]:
    """The specification's own tables, by file name."""
    return {path.name: path.read_bytes() for path in sorted((EXAMPLES / "csv").iterdir())}


def packed(files: dict[str, bytes], folder: str = "") -> bytes:
    """The files in a zip."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(folder + name, content)
    return written.getvalue()
