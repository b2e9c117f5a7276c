"""Single sign-on: colleagues come in by the sign-in their town or organisation keeps anyway (OpenID Connect)."""
