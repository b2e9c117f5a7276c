from django.urls import path

from kring.web.town_map import drawing, views

app_name = "town_map"

urlpatterns = [
    path("offers/map/", views.public_town_map, name="public_town_map"),
    path("village/offers/map/", views.town_map, name="town_map"),
    path("village/map/", drawing.draw, name="draw"),
    path("village/map/<uuid:map_id>/back/", drawing.put_back, name="put_back"),
]
