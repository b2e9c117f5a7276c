"""The numbers that prove it: each promise of the rules, tried many times by a command that prints what came of it.

`make mutants`, `make revocation`, `make oracle-web` and `make two-worlds` run them in full; the tests beside them
run the same code for seconds.
"""
