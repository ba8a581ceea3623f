"""`docs/recognition_states.md`, written from the table of steps and from the stages of a dossier: pure text."""

from accreditation.domain.recognition_machine import BY_DATE, OFFICE, STEPS
from accreditation.enums import DossierStage, RecognitionStatus

#: From, to, what: the way of a dossier through the committee. Verbs in domain/dossiers.py, assignment.py, decisions.py.
DOSSIER_MOVES: tuple[tuple[DossierStage, DossierStage, str], ...] = (
    (DossierStage.COLLECTING, DossierStage.SUBMITTED, "hand in"),
    (DossierStage.SUBMITTED, DossierStage.READING, "enough readers"),
    (DossierStage.READING, DossierStage.SUBMITTED, "a reader falls away"),
    (DossierStage.READING, DossierStage.GRANTED, "granted, with or without conditions"),
    (DossierStage.READING, DossierStage.REFUSED, "refused"),
    (DossierStage.READING, DossierStage.MORE_INFORMATION, "more information"),
    (DossierStage.MORE_INFORMATION, DossierStage.SUBMITTED, "hand in again"),
    (DossierStage.GRANTED, DossierStage.SUBMITTED, "appeal against conditions or a withdrawal"),
    (DossierStage.REFUSED, DossierStage.SUBMITTED, "appeal"),
    (DossierStage.COLLECTING, DossierStage.WITHDRAWN, "take back"),
    (DossierStage.SUBMITTED, DossierStage.WITHDRAWN, "take back"),
    (DossierStage.READING, DossierStage.WITHDRAWN, "take back"),
    (DossierStage.MORE_INFORMATION, DossierStage.WITHDRAWN, "take back"),
)


def states_document() -> str:
    """The whole page in Markdown with two Mermaid diagrams and the table of steps."""
    return "\n".join(
        [
            "# States of a recognition and of a dossier",
            "",
            "Written by `manage.py recognition_diagram` from `accreditation/domain/recognition_machine.py` and",
            "`recognition_diagram.py`; a test fails when this page is behind. Do not edit it by hand.",
            "",
            "## Recognition",
            "",
            "Steps of people are arrows with a name; what dates and evidence do by themselves is in brackets.",
            "Status is worked out at the moment of asking, never stored.",
            "",
            "```mermaid",
            *_recognition_lines(),
            "```",
            "",
            *_table(),
            "",
            "Every step writes its row of history, an audit entry, one outbox event (`recognition.changed`), a letter.",
            "The letter of `replaced` is that of the decision that grants the new recognition.",
            "",
            "## Dossier",
            "",
            "```mermaid",
            *_dossier_lines(),
            "```",
            "",
        ]
    )


def _recognition_lines() -> list[str]:
    lines = ["stateDiagram-v2"]
    for step in STEPS.values():
        if not step.sources:
            lines.append(f"    [*] --> {step.target}: {step.kind}")
        elif step.target is not None:
            lines += [
                f"    {source} --> {step.target}: {step.kind}"
                for source in RecognitionStatus
                if source in step.sources
            ]
    lines += [f"    {source} --> {target}: ({why})" for source, target, why in BY_DATE]
    loose = [step for step in STEPS.values() if step.sources and step.target is None and step.moves]
    for step in loose:
        lines += [
            f"    {source} --> {RecognitionStatus.VALID}: {step.kind}"
            for source in RecognitionStatus
            if source in step.sources and source != RecognitionStatus.VALID
        ]
    ends = (RecognitionStatus.WITHDRAWN, RecognitionStatus.REPLACED)
    return [*lines, *(f"    {end} --> [*]" for end in ends)]


def _table() -> list[str]:
    lines = [
        "| step | from | to | by | letter | certificate |",
        "|---|---|---|---|---|---|",
    ]
    for step in STEPS.values():
        sources = ", ".join(str(one) for one in RecognitionStatus if one in step.sources) or "-"
        target = step.target or ("by its dates" if step.moves else "stays")
        lines.append(
            f"| {step.kind} | {sources} | {target} | {step.by} | {step.letter} | {step.certificate} |"
        )
    office = ", ".join(str(step.kind) for step in STEPS.values() if step.by == OFFICE)
    return [*lines, "", f"Taken by the office, never on one's own recognition: {office}."]


def _dossier_lines() -> list[str]:
    lines = ["stateDiagram-v2", f"    [*] --> {DossierStage.COLLECTING}"]
    lines += [f"    {source} --> {target}: {why}" for source, target, why in DOSSIER_MOVES]
    return [*lines, f"    {DossierStage.WITHDRAWN} --> [*]"]
