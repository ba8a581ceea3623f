from django.urls import URLPattern

# The back office pages of this floor are registered in wagtail_hooks.py; files of packages live on the content
# origin only (config/content_urls.py).
urlpatterns: list[URLPattern] = []
