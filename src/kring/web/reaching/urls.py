"""The addresses of reaching a family."""

from django.urls import path

from kring.web.reaching import attempts, calls, page, wishes

app_name = "reaching"

urlpatterns = [
    path("family/<uuid:family_id>/reach/", page.reach, name="reach"),
    path("family/<uuid:family_id>/reach/tried/", attempts.write_down, name="tried"),
    path(
        "family/<uuid:family_id>/reach/tried/<uuid:attempt_id>/take-back/",
        attempts.take_back,
        name="take_back",
    ),
    path("family/<uuid:family_id>/reach/calls/<uuid:call_id>/", calls.tell, name="tell"),
    path("family/<uuid:family_id>/reach/<uuid:person_id>/", wishes.wish, name="wish"),
]
