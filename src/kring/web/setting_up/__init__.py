"""Setting up: from an empty house to a village with an administrator, by a code from the server's own screen."""
