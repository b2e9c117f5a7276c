"""The addresses of interpreters."""

from django.urls import path

from kring.web.interpreters import asking, looking

app_name = "interpreters"

urlpatterns = [
    path("meetings/<uuid:meeting_id>/interpreter/", asking.ask, name="ask"),
    path("meetings/interpreters/<uuid:asked_id>/link/", asking.link_again, name="link_again"),
    path("meetings/interpreters/<uuid:asked_id>/withdraw/", asking.withdraw, name="withdraw"),
    path("i/<uuid:asked_id>/", looking.agenda, name="agenda"),
]
