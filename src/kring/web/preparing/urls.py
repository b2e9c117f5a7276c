"""The addresses of getting ready without signing in."""

from django.urls import path

from kring.web.preparing import by_link, writing_down

app_name = "preparing"

urlpatterns = [
    path("reviews/<uuid:review_id>/write-down/<uuid:person_id>/", writing_down.write_down, name="write_down"),
    path("reviews/<uuid:review_id>/link/<uuid:person_id>/", writing_down.link, name="link"),
    path("reviews/<uuid:review_id>/sheet/<uuid:person_id>/", writing_down.sheet, name="sheet"),
    path("p/<uuid:review_id>/", by_link.prepare, name="by_link"),
]
