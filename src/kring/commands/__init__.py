"""What an administrator types: `kring serve`, `kring worker`, `kring check`, `kring village create` and more."""
