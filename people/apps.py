from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "Mensen"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from ledger.api import register_handler
        from people.domain.account_mail import deliver_account_mail
        from people.domain.digest import DIGEST_KIND
        from people.domain.mail import deliver_mail
        from people.domain.notices import NoticeKind, register_notice_kind
        from people.enums import NoticeWay
        from people.second_factor import remember_set_up

        authenticator_added.connect(remember_set_up, dispatch_uid="people-second-factor")
        register_handler("mail", deliver_mail)
        register_notice_kind(
            NoticeKind(
                DIGEST_KIND,
                _("De mail van de dag"),
                _(
                    "Alles wat kleine aandacht vraagt, samen in een mail. Zonder die mail vind je het in je nest."
                ),
                (NoticeWay.DIGEST, NoticeWay.NONE),
            )
        )
        register_handler("account_mail", deliver_account_mail, forget=True)
