"""The addresses of a family's circle."""

from django.urls import path

from kring.web.circle import (
    coordinating,
    families,
    homes,
    inviting,
    leaving_out,
    looked,
    members,
    own,
    seeing,
    stopping,
)

app_name = "circle"

urlpatterns = [
    path("families/", families.families, name="families"),
    path("family/<uuid:family_id>/", families.family, name="family"),
    path("family/<uuid:family_id>/as/", families.other_eyes, name="other_eyes"),
    path("family/<uuid:family_id>/people/<uuid:person_id>/", members.person, name="person"),
    path("family/<uuid:family_id>/people/<uuid:person_id>/place/", members.move, name="move"),
    path("family/<uuid:family_id>/people/<uuid:person_id>/remove/", members.remove, name="remove"),
    path("family/<uuid:family_id>/leave/", members.leave, name="leave"),
    path("family/<uuid:family_id>/stop/", stopping.stop, name="stop"),
    path("family/<uuid:family_id>/begin-again/", stopping.begin_again, name="begin_again"),
    path("family/<uuid:family_id>/invite/", inviting.ask_in, name="ask_in"),
    path(
        "family/<uuid:family_id>/invite/professionals/", inviting.find_professional, name="find_professional"
    ),
    path("family/<uuid:family_id>/invite/<uuid:job_id>/", inviting.ask_professional, name="ask_professional"),
    path("family/<uuid:family_id>/invited/<uuid:invitation_id>/", inviting.invited, name="invited"),
    path(
        "family/<uuid:family_id>/invited/<uuid:invitation_id>/take-back/",
        inviting.take_back,
        name="take_back",
    ),
    path("family/<uuid:family_id>/coordinator/", coordinating.coordinator, name="coordinator"),
    path("family/<uuid:family_id>/coordinator/<uuid:job_id>/", coordinating.choose, name="choose"),
    path("family/<uuid:family_id>/who-sees/", seeing.who_sees, name="who_sees"),
    path("family/<uuid:family_id>/who-sees/<slug:kind>/<uuid:row_id>/", seeing.eyes, name="eyes"),
    path("family/<uuid:family_id>/who-looked/", looked.who_looked, name="who_looked"),
    path("family/<uuid:family_id>/homes/new/", homes.new_home, name="new_home"),
    path("family/<uuid:family_id>/homes/<uuid:home_id>/", homes.home, name="home"),
    path("family/<uuid:family_id>/homes/<uuid:home_id>/eyes/", homes.home_eye, name="home_eye"),
    path("family/<uuid:family_id>/left-out/", leaving_out.left_out, name="left_out"),
    path("family/<uuid:family_id>/left-out/<uuid:exclusion_id>/end/", leaving_out.let_in, name="let_in"),
    path("own/<uuid:circle_id>/", own.own_page, name="own_page"),
    path("own/<uuid:circle_id>/eyes/", own.own_eye, name="own_eye"),
    path("own/lines/<uuid:line_id>/remove/", own.unsay, name="unsay"),
    path("join/<uuid:invitation_id>/", inviting.join, name="join"),
    path("waiting/<uuid:family_id>/", coordinating.waiting, name="waiting"),
    path("waiting/<uuid:family_id>/<uuid:job_id>/", coordinating.ask_for, name="ask_for"),
]
