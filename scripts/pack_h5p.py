"""Pack one content file of our own content type into an .h5p package.

Example: python scripts/pack_h5p.py courses/content/kleine-signalen/h5p/wat-zeg-je-wel.json var/wat-zeg-je-wel.h5p
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from media.domain.packages.packing import SortingContentError, pack_sorting_package


def main(arguments: list[str] | None = None) -> int:
    """Pack; returns 0, or 1 where the content was refused."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").split("\n\n", maxsplit=1)[0],
        epilog="Example: python scripts/pack_h5p.py CONTENT.json OUT.h5p",
    )
    parser.add_argument("content", type=Path, help="content file (JSON)")
    parser.add_argument("target", type=Path, help="package to write (.h5p)")
    options = parser.parse_args(arguments)
    try:
        pack_sorting_package(json.loads(options.content.read_text(encoding="utf-8")), options.target)
    except (SortingContentError, ValueError, OSError) as error:
        print(f"{options.content}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
