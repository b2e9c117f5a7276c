"""Backups: one sealed file for everything a village wrote and drew, another for its keys, and what it takes to use them.

Nothing here knows a person, a page or Django; it reads the database as the role `kring_backup`, which reads and cannot
write, and it writes nothing that can be read without the backup key.
"""
