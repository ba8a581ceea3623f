from django.apps import AppConfig


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = "Leren"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from courses.api import register_course_extras, register_course_reviews, register_person_state
        from ledger.api import register_handler
        from lms.domain.cohort_triggers import restore_after_migrate
        from lms.domain.completion import COMPLETION_TOPIC, deliver_completion
        from lms.domain.invitations import KIND as INVITATIONS
        from lms.domain.invitations import invitation_extras
        from lms.domain.list_seats import take_list_back_when_undone
        from lms.domain.messages import KIND as MESSAGES
        from lms.domain.messages import message_extras
        from lms.domain.queries.cohorts import course_extras
        from lms.domain.queries.standing import person_state
        from lms.domain.reviews import review_figures
        from lms.notices import NOTICE_KINDS
        from people.api import import_undoing, register_mail_maker, register_notice_kind

        register_handler(COMPLETION_TOPIC, deliver_completion)
        register_course_extras(course_extras)
        register_course_reviews(review_figures)
        register_person_state(person_state)
        for kind in NOTICE_KINDS:
            register_notice_kind(kind)
        register_mail_maker(INVITATIONS, invitation_extras)
        register_mail_maker(MESSAGES, message_extras)
        import_undoing.connect(take_list_back_when_undone, dispatch_uid="lms-list-seats")
        post_migrate.connect(restore_after_migrate, sender=self, dispatch_uid="lms-cohort-triggers")
