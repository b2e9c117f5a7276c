from django.urls import path

from kring.web.vision import practice, principles, words

app_name = "vision"

urlpatterns = [
    path("words/", words.guide, name="words"),
    path("words/new/", words.new_word, name="new_word"),
    path("words/<str:language>.json", words.listed, name="listed"),
    path("words/<str:language>/<slug:key>/", words.change_word, name="change_word"),
    path("words/<str:language>/<slug:key>/counts/", words.word_counts, name="word_counts"),
    path("practice/", practice.hot, name="practice"),
    path("practice/paper/", practice.paper, name="practice_paper"),
    path("practice/backup/", practice.backup, name="backup"),
    path("practice/<slug:key>/", practice.card, name="card"),
    path("practice/<slug:key>/change/", practice.change_card, name="change_card"),
    path("practice/<slug:key>/counts/", practice.card_counts, name="card_counts"),
    path("principles/", principles.principles, name="principles"),
    path("principles/change/", principles.change, name="change_principles"),
    path("principles/for/<slug:where>/", principles.quietly, name="quietly"),
    path("principles/<int:number>/", principles.version, name="principles_version"),
]
