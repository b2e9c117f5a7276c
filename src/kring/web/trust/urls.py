"""The addresses of coming in and going out. allauth finds its pages by these names."""

from django.urls import include, path, re_path

from kring.web.trust import begin, cards, demo, front, links, signing_in

demonstration = [
    path("", demo.cast, name="cast"),
    path("be/<uuid:person_id>/", demo.be, name="be"),
    path("card/", demo.card, name="card"),
]

urlpatterns = [
    path("", front.first, name="first"),
    path("leave/", front.leave, name="leave"),
    path("still-in/", front.still_in, name="still_in"),
    path("demo/", include((demonstration, "demo"))),
    path("l/<str:token>/", links.link, name="link"),
    path("links/shown/", cards.shown, name="card_shown"),
    path("links/new/<uuid:person_id>/", links.new_link, name="new_link"),
    path("village/invite/", begin.invite, name="invite"),
    path("sign-in/", signing_in.sign_in, name="account_login"),
    path("sign-in/passkey/", signing_in.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("sign-in/code/", signing_in.second, name="mfa_authenticate"),
    path("sign-in/second-factor/", front.second_factor, name="second_factor"),
    path("sign-in/begin/", begin.begin, name="begin"),
    path("sign-in/not-now/", signing_in.not_active, name="account_inactive"),
    path("sign-in/again/", signing_in.password_again, name="account_reauthenticate"),
    path("sign-in/again/code/", signing_in.code_again, name="mfa_reauthenticate"),
    path("sign-in/again/passkey/", signing_in.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("sign-out/", signing_in.sign_out, name="account_logout"),
    path("password/", signing_in.change_password, name="account_change_password"),
    path("password/forgotten/", signing_in.reset, name="account_reset_password"),
    path("password/forgotten/sent/", signing_in.reset_sent, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        signing_in.reset_by_key,
        name="account_reset_password_from_key",
    ),
    path("password/new/done/", signing_in.reset_done, name="account_reset_password_from_key_done"),
    path("account/", signing_in.how_you_sign_in, name="mfa_index"),
    path("account/app/", signing_in.add_app, name="mfa_activate_totp"),
    path("account/app/remove/", signing_in.remove_app, name="mfa_deactivate_totp"),
    path("account/passkeys/", signing_in.list_passkeys, name="mfa_list_webauthn"),
    path("account/passkeys/new/", signing_in.add_passkey, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove/", signing_in.remove_passkey, name="mfa_remove_webauthn"),
    path("account/spare-codes/", signing_in.show_spare_codes, name="mfa_view_recovery_codes"),
    path("account/spare-codes/new/", signing_in.new_spare_codes, name="mfa_generate_recovery_codes"),
]
