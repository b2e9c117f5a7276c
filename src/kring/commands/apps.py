from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "kring.commands"
    label = "commands"
