from django.urls import path

from kring.web.network import hsds, importing, views, writing

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
    # for programs: the specification writes its addresses without a slash at the end
    path("hsds/v3/", hsds.about, name="hsds"),
    path("hsds/v3/services", hsds.services, name="hsds_services"),
    path("hsds/v3/services/<uuid:service_id>", hsds.service, name="hsds_service"),
    path("hsds/v3/organizations", hsds.organisations, name="hsds_organisations"),
    path("hsds/v3/organizations/<uuid:organisation_id>", hsds.organisation, name="hsds_organisation"),
    path("hsds/v3/service_at_locations", hsds.service_at_locations, name="hsds_spots"),
    path("hsds/v3/service_at_locations/<uuid:spot_id>", hsds.service_at_location, name="hsds_spot"),
    path("hsds/v3/taxonomies", hsds.taxonomies, name="hsds_taxonomies"),
    path("hsds/v3/taxonomies/<uuid:taxonomy_id>", hsds.taxonomy, name="hsds_taxonomy"),
    path("hsds/v3/taxonomy_terms", hsds.taxonomy_terms, name="hsds_terms"),
    path("hsds/v3/taxonomy_terms/<uuid:term_id>", hsds.taxonomy_term, name="hsds_term"),
]
