from cms.models.agenda import AgendaPage
from cms.models.care import CarePage
from cms.models.handout import HandoutIndexPage, HandoutPage
from cms.models.home import HomePage
from cms.models.short_link import ShortLink
from cms.models.text import TextPage

__all__ = ["AgendaPage", "CarePage", "HandoutIndexPage", "HandoutPage", "HomePage", "ShortLink", "TextPage"]
