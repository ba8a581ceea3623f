from django.urls import path

from people.views import directory, intake, merging, notices, profile

app_name = "people"

urlpatterns = [
    path("mijn/profiel/", profile.profile, name="profile"),
    path("mijn/berichten/", notices.notices, name="notices"),
    path("netwerk/mensen/", directory.people_list, name="list"),
    path("netwerk/mensen/<int:user_id>/", directory.person, name="person"),
    path("netwerk/mensen/<int:user_id>/rol/<slug:role>/stop/", directory.end, name="end_role"),
    path("netwerk/mensen/<int:user_id>/samenvoegen/", merging.merge, name="merge"),
    path("netwerk/lijsten/", intake.intakes, name="intakes"),
    path("netwerk/lijsten/<int:batch_id>/", intake.intake, name="intake"),
    path("netwerk/lijsten/<int:batch_id>/inlezen/", intake.intake_apply, name="intake_apply"),
    path("netwerk/lijsten/<int:batch_id>/terug/", intake.intake_undo, name="intake_undo"),
    path("netwerk/lijsten/<int:batch_id>/rijen.csv", intake.intake_rows, name="intake_rows"),
    path("netwerk/samenvoegingen/", merging.merges, name="merges"),
    path("netwerk/samenvoegingen/<int:merge_id>/ongedaan/", merging.unmerge, name="unmerge"),
]
