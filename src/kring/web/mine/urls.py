"""The addresses of everything about me."""

from django.urls import path

from kring.web.mine import forgetting, taking, views

app_name = "mine"

urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("how-long/", views.how_long, name="how_long"),
    path("mine/along/", taking.take, name="take"),
    path("mine/along/package/", taking.fetch, name="fetch"),
    path("mine/along/page/", taking.fetch_page, name="fetch_page"),
    path("mine/forget/", forgetting.me, name="forget_me"),
    path("mine/forget/<uuid:family_id>/", forgetting.family, name="forget_family"),
    path("mine/think-again/<uuid:forgetting_id>/", forgetting.think_again, name="think_again"),
]
