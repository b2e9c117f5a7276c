"""The addresses of how a child learns best."""

from django.urls import path

from kring.web.learning import naming, page, writing

app_name = "learning"

urlpatterns = [
    path("family/<uuid:family_id>/learning/<uuid:child_id>/", page.learning, name="learning"),
    path("family/<uuid:family_id>/learning/<uuid:child_id>/write/", writing.write, name="write"),
    path("family/<uuid:family_id>/learning/<uuid:child_id>/talents/", naming.name, name="name"),
    path("family/<uuid:family_id>/learning/<uuid:child_id>/ask/", naming.ask, name="ask"),
    path("learning/profiles/<uuid:profile_id>/", page.profile, name="profile"),
    path("learning/sheets/<uuid:sheet_id>/paper.pdf", page.paper, name="paper"),
    path("learning/talents/<uuid:word_id>/take-back/", naming.take_back, name="take_back"),
    path("own/<uuid:circle_id>/talents/<uuid:word_id>/", naming.answer, name="answer"),
]
