"""The addresses of what is not right."""

from django.urls import path

from kring.web.not_right import answering, saying

app_name = "not_right"

urlpatterns = [
    path("not-right/", saying.mine, name="mine"),
    path("not-right/<uuid:said_id>/", answering.said, name="said"),
    path("not-right/<slug:on>/<uuid:object_id>/", saying.say, name="say"),
    path("family/<uuid:family_id>/not-right/", saying.texts, name="texts"),
]
