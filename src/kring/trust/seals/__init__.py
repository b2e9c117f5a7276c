"""The seals of the journal: recomputed here from its lines, and compared with what was kept elsewhere.

The database makes the seals (`sql/86_seals.sql`); this is the second reading of the same format, and reads nothing of
what it checks. A seal binds a batch of lines and the seal before it, so the newest one answers for all.
"""
