from django.apps import AppConfig


class AccreditationConfig(AppConfig):
    name = "accreditation"
    verbose_name = "Erkenning"

    def ready(self) -> None:
        from accreditation.domain.assignment import on_dossier_submitted, on_dossier_withdrawn
        from accreditation.domain.erasing import erase_proof, what_must_end_first
        from accreditation.domain.queries.access import committee_may_read
        from accreditation.domain.queries.education_levels import levels_of_education
        from accreditation.domain.recognition_steps import CHANGED_TOPIC, deliver_change
        from accreditation.domain.sheet_paper import make_sheets_pdf, print_page
        from accreditation.receivers import connect_proof
        from accreditation.rules import register_evidence_reader_rule
        from accreditation.signals import dossier_submitted, dossier_withdrawn
        from ledger.api import register_handler
        from lms.api import register_education_levels, register_paper_maker, register_printer
        from people.api import register_erasure_guard, register_erasure_step

        dossier_submitted.connect(on_dossier_submitted, dispatch_uid="committee.assign_readers")
        dossier_withdrawn.connect(on_dossier_withdrawn, dispatch_uid="committee.release_readers")
        register_evidence_reader_rule(committee_may_read)
        register_handler(CHANGED_TOPIC, deliver_change)
        connect_proof()
        register_erasure_guard(what_must_end_first)
        register_erasure_step(erase_proof)
        register_paper_maker(make_sheets_pdf)
        register_education_levels(levels_of_education)
        register_printer(print_page)
