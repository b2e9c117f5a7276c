"""The addresses of danger."""

from django.urls import path

from kring.web.danger import looked, opening, reading, rights, watching

app_name = "danger"

urlpatterns = [
    path("danger/", opening.start, name="start"),
    path("danger/find/", opening.find, name="find"),
    path("danger/open/<uuid:family_id>/", opening.open_it, name="open"),
    path("danger/rights/", rights.rights, name="rights"),
    path("danger/rights/<uuid:job_id>/ask/", rights.ask, name="ask_right"),
    path("danger/rights/<uuid:right_id>/end/", rights.end, name="end_right"),
    path("danger/register/", watching.register, name="register"),
    path("danger/<uuid:danger_id>/", reading.read, name="read"),
    path("danger/<uuid:danger_id>/end/", reading.end, name="end"),
    path("danger/<uuid:danger_id>/looked/", looked.looked, name="looked"),
    path("danger/<uuid:danger_id>/did/", looked.did, name="did"),
    path("danger/<uuid:danger_id>/later/", watching.later, name="later"),
    path("danger/<uuid:danger_id>/review/", watching.review, name="review"),
]
