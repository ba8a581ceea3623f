"""The kinds of messages of this floor, for the page where people choose what they receive."""

from django.utils.translation import gettext_lazy as _

from people.api import NoticeKind, NoticeWay

NOTICE_KINDS = (
    NoticeKind(
        "cohort_invitations",
        _("Afspraken voor je kalender"),
        _("Nieuwe, gewijzigde en afgelaste bijeenkomsten. In een eigen mail zit de afspraak er meteen bij."),
        (NoticeWay.MAIL, NoticeWay.DIGEST, NoticeWay.NONE),
    ),
    NoticeKind(
        "cohort_messages",
        _("Berichten van je begeleiding"),
        _("Wat je trainer aan de hele groep schrijft."),
        (NoticeWay.MAIL, NoticeWay.DIGEST),
    ),
    NoticeKind(
        "cohort_reminders",
        _("Herinneringen"),
        _("De dag voor een bijeenkomst."),
        (NoticeWay.DIGEST, NoticeWay.NONE),
    ),
    NoticeKind(
        "cohort_evaluations",
        _("Vragen om je mening"),
        _("Na een bijeenkomst, hoogstens een keer. Je antwoord is anoniem."),
        (NoticeWay.DIGEST, NoticeWay.NONE),
    ),
    NoticeKind(
        "seats",
        _("Een plaats die je vroeg"),
        _("Een aangeboden plaats, of het antwoord op je vraag. Daar hoort altijd een mail bij."),
        (NoticeWay.MAIL,),
    ),
)
