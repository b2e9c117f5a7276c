"""The addresses of what needs two people."""

from django.urls import path

from kring.web.two_people import asking, confirming, family, same, sealed, waiting

app_name = "two_people"
HERE = "family/<uuid:family_id>/two-people/"

urlpatterns = [
    path("two-people/", waiting.matters, name="matters"),
    path("two-people/<uuid:matter_id>/", waiting.matter, name="matter"),
    path("two-people/<uuid:matter_id>/take-back/", waiting.take_back, name="take_back"),
    path("two-people/ask/reading/", asking.reading, name="ask_reading"),
    path("two-people/ask/country/", asking.country, name="ask_country"),
    path("two-people/ask/restore/", asking.restore, name="ask_restore"),
    path("two-people/ask/kept/", asking.kept, name="ask_kept"),
    path("sealed/", sealed.sealed, name="sealed"),
    path("sealed/<uuid:circle_id>/readers/", sealed.let_read, name="let_read"),
    path("family/<uuid:family_id>/sealed/", sealed.seal, name="seal"),
    path(HERE, family.of_family, name="family"),
    path(f"{HERE}leave-out/", family.leave_out, name="leave_out"),
    path(f"{HERE}let-in/<uuid:exclusion_id>/", family.let_in, name="let_in"),
    path(f"{HERE}authority/<uuid:person_id>/", family.authority, name="authority"),
    path(f"{HERE}born/<uuid:person_id>/", family.born, name="born"),
    path(f"{HERE}guardian/<uuid:person_id>/", family.guardian, name="guardian"),
    path(f"{HERE}same/<uuid:person_id>/", same.same, name="same"),
    path("two-people/work/<uuid:job_id>/", confirming.confirm, name="confirm_work"),
]
