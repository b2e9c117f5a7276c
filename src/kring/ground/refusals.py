"""Why something cannot start, said to the person who installs."""


class Refusal(Exception):
    """One plain sentence for the person at the keyboard: what is missing, and what helps."""
