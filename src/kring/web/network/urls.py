from django.urls import path

from kring.web.network import importing, views, writing

app_name = "network"

urlpatterns = [
    path("offers/", views.public_offers, name="public_offers"),
    path("offers/<uuid:offer_id>/", views.public_offer, name="public_offer"),
    path("village/offers/", views.offers, name="offers"),
    path("village/offers/new/", writing.new_offer, name="new_offer"),
    path("village/offers/<uuid:offer_id>/", views.offer, name="offer"),
    path("village/offers/<uuid:offer_id>/change/", writing.change_offer, name="change_offer"),
    path("village/import/", importing.lists_read, name="import"),
    path("village/import/<uuid:draft_id>/", importing.list_read, name="import_draft"),
]
