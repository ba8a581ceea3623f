"""Addresses of the programme planner; part of the `lms` namespace."""

from django.urls import URLPattern, path

from lms.views import planner

PLAN = "netwerk/plan/<int:plan_id>/"

planner_urls: list[URLPattern] = [
    path("netwerk/plan/", planner.plans, name="plans"),
    path("netwerk/plan/nieuw/", planner.create, name="plan_create"),
    path(PLAN, planner.plan, name="plan"),
    path(f"{PLAN}stand/", planner.progress, name="plan_progress"),
    path(f"{PLAN}herplan/", planner.replan, name="plan_replan"),
    path(f"{PLAN}stop/", planner.stop, name="plan_stop"),
    path(f"{PLAN}vergelijk/", planner.compare, name="plan_compare"),
    path(f"{PLAN}publiceer/", planner.publish, name="plan_publish"),
    path(f"{PLAN}groep/<slug:key>/", planner.group, name="plan_group"),
    path(f"{PLAN}groep/<slug:key>/controle/", planner.group_check, name="plan_group_check"),
    path(f"{PLAN}versie/<int:number>/terug/", planner.back, name="plan_back"),
    path(f"{PLAN}versie/<int:number>/plan.<str:form>", planner.export, name="plan_export"),
]
