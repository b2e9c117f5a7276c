"""The addresses of offers that are kept right."""

from django.urls import path

from kring.web.keeping import holidays, letter, lists, offers, parts, pictures

app_name = "keeping"

urlpatterns = [
    path("offers/still-right/<str:token>/", letter.still_right, name="still_right"),
    path("offers/pictures/<uuid:picture_id>/<str:size>.jpg", pictures.picture, name="picture"),
    path("village/offers/mine/", lists.mine, name="mine"),
    path("village/offers/to-call/", lists.to_call, name="to_call"),
    path("village/holidays/", holidays.holidays, name="holidays"),
    path("village/offers/<uuid:offer_id>/keep/", offers.offer, name="offer"),
    path("village/offers/<uuid:offer_id>/keep/pictures/", pictures.pictures, name="pictures"),
    path("village/offers/<uuid:offer_id>/keep/<slug:part>/", parts.part, name="part"),
]
