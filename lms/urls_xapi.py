"""Addresses of the record store; part of the `lms` namespace.

The endpoint that units get ends with a slash, as xAPI's examples do; some put another one behind it.
"""

from django.urls import URLPattern, path, re_path

from lms.views import xapi

xapi_urls: list[URLPattern] = [
    re_path(r"^xapi/+about$", xapi.about, name="xapi_about"),
    path("xapi/cmi5/<str:key>/", xapi.fetch, name="xapi_fetch"),
    re_path(r"^xapi/+statements$", xapi.statements, name="xapi_statements"),
    re_path(r"^xapi/+activities/state$", xapi.state, name="xapi_state"),
    re_path(r"^xapi/+activities/profile$", xapi.activity_profile, name="xapi_activity_profile"),
    re_path(r"^xapi/+activities$", xapi.activities, name="xapi_activities"),
    re_path(r"^xapi/+agents/profile$", xapi.agent_profile, name="xapi_agent_profile"),
    re_path(r"^xapi/+agents$", xapi.agents, name="xapi_agents"),
]
