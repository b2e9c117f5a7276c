"""The addresses of meetings."""

from django.urls import path

from kring.web.meetings import calling, holding, invitation, preparing

app_name = "meetings"

urlpatterns = [
    path("family/<uuid:family_id>/meetings/", calling.meetings, name="meetings"),
    path("family/<uuid:family_id>/meetings/call/", calling.call, name="call"),
    path("meetings/<uuid:meeting_id>/", preparing.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/answer/", preparing.answer, name="answer"),
    path("meetings/<uuid:meeting_id>/agenda/", preparing.agenda, name="agenda"),
    path("meetings/points/<uuid:point_id>/take-away/", preparing.take_away, name="take_away"),
    path("meetings/<uuid:meeting_id>/move/", calling.move, name="move"),
    path("meetings/<uuid:meeting_id>/call-off/", calling.cancel, name="cancel"),
    path("meetings/<uuid:meeting_id>/invitation.ics", invitation.invitation, name="invitation"),
    path("meetings/<uuid:meeting_id>/begin/", holding.begin, name="begin"),
    path("meetings/<uuid:meeting_id>/there/", holding.there, name="there"),
    path("meetings/asked/<uuid:asked_id>/told/", preparing.told, name="told"),
    path("meetings/points/<uuid:point_id>/talked/", holding.talked, name="talked"),
    path("meetings/<uuid:meeting_id>/round/", holding.say, name="round"),
    path("meetings/<uuid:meeting_id>/decisions/", holding.decide, name="decide"),
    path("meetings/decisions/<uuid:decision_id>/take-back/", holding.take_back, name="take_back"),
    path("meetings/<uuid:meeting_id>/minutes/", holding.minutes, name="minutes"),
    path("meetings/<uuid:meeting_id>/end/", holding.end, name="end"),
]
