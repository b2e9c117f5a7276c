"""The addresses of hand-over, stand-ins and leaving."""

from django.urls import path, register_converter

from kring.web.handover import handing, leaving, passing, standing_in


class Kind:
    """What is passed on: a promise or a step."""

    regex = "promises|steps"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands in the address."""
        return value


register_converter(Kind, "thing")
app_name = "handover"
HERE = "family/<uuid:family_id>/hand-over/"

urlpatterns = [
    path(HERE, handing.hand_over, name="hand_over"),
    path(f"{HERE}begin/", handing.begin, name="begin"),
    path(f"{HERE}next/", handing.choose_next, name="next"),
    path(f"{HERE}next/<uuid:job_id>/", handing.ask_next, name="ask_next"),
    path(f"{HERE}stop/", handing.stop, name="stop"),
    path(f"{HERE}know/", handing.know, name="know"),
    path(f"{HERE}sheet/", handing.sheet, name="sheet"),
    path(f"{HERE}<thing:kind>/<uuid:thing_id>/", passing.pass_on, name="pass_on"),
    path(f"{HERE}<thing:kind>/<uuid:thing_id>/take/", passing.take, name="take"),
    path(f"{HERE}asked/<uuid:pass_on_id>/answer/", passing.answer, name="answer"),
    path(f"{HERE}asked/<uuid:pass_on_id>/take-back/", passing.take_back, name="take_back"),
    path("family/<uuid:family_id>/stand-in/", standing_in.stand_ins, name="stand_ins"),
    path("family/<uuid:family_id>/stand-in/<uuid:job_id>/", standing_in.ask, name="ask_stand_in"),
    path("family/<uuid:family_id>/stand-in/<uuid:invitation_id>/end/", standing_in.end, name="end_stand_in"),
    path("leaving/", leaving.leaving, name="leaving"),
    path("leaving/<uuid:job_id>/stay/", leaving.stay, name="stay"),
    path("leaving/colleagues/", leaving.colleagues, name="colleagues"),
    path("leaving/colleagues/<uuid:job_id>/", leaving.colleague, name="colleague"),
    path("leaving/concerns/<uuid:concern_id>/", leaving.give_concern, name="give_concern"),
    path("leaving/links/", leaving.end_links, name="end_links"),
]
