"""Interpreters: asked to one meeting, they see its agenda by a link of their own and nothing else."""
