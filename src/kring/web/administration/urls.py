"""The addresses of the administrator, and of the village's look."""

from django.urls import path

from kring.web.administration import (
    agreeing,
    backups,
    changing,
    choosing,
    domains,
    looking,
    lost,
    pages,
    people,
    posters,
    wording,
)

app_name = "administration"

urlpatterns = [
    path("look/<str:stamp>.css", pages.theme, name="theme"),
    path("look/<uuid:logo_id>/", pages.logo, name="logo"),
    path("village/keep/", pages.home, name="home"),
    path("village/keep/village/", choosing.village, name="village"),
    path("village/keep/contact-point/", choosing.contact_point, name="contact_point"),
    path("village/keep/terms/", choosing.terms, name="terms"),
    path("village/keep/modules/", choosing.modules, name="modules"),
    path("village/keep/turns/", choosing.turns, name="turns"),
    path("village/keep/look/", looking.look, name="look"),
    path("village/keep/look/logo/", looking.logo, name="keep_logo"),
    path("village/keep/words/", wording.words, name="words"),
    path("village/keep/domains/", domains.domains, name="domains"),
    path("village/keep/people/", people.people, name="people"),
    path("village/keep/people/<uuid:job_id>/end/", people.end, name="end"),
    path("village/keep/people/<uuid:job_id>/again/", people.again, name="again"),
    path("village/keep/people/<uuid:job_id>/card/", people.card, name="card"),
    path("village/keep/people/<uuid:job_id>/lost/", lost.lost, name="lost"),
    path("village/keep/people/<uuid:job_id>/sign-out/", lost.sign_out, name="sign_out"),
    path("village/keep/changes/", changing.changes, name="changes"),
    path("village/keep/changes/<uuid:change_id>/take-back/", changing.take_back, name="take_back"),
    path("village/keep/backups/", backups.backups, name="backups"),
    path("village/keep/agreement/", pages.agreement, name="agreement"),
    path("village/agreements/", agreeing.joined, name="agreements"),
    path("village/agreements/<uuid:organisation_id>/end/", agreeing.end, name="end_agreement"),
    path("village/agreements/<uuid:organisation_id>/last-day/", agreeing.end_on, name="end_agreement_on"),
    path("village/agreements/<uuid:organisation_id>/file/", agreeing.file_here, name="file_here"),
    path("village/agreements/<uuid:organisation_id>/renew/", agreeing.renew, name="renew_agreement"),
    path("village/keep/poster/", posters.poster, name="poster"),
]
