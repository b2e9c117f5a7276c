"""The only addresses the gallery knows: the language menu needs one."""

from django.urls import include, path

urlpatterns = [path("i18n/", include("django.conf.urls.i18n"))]
