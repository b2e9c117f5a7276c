"""The oracle: who may know what, written a second time from the page alone.

It is plain Python: no SQL, no Django, nothing of the product. It holds small
worlds of villages, families and circles. It answers for each person which items
that person may know at a moment. The product answers the same questions through
its database. When the two differ, one of them is wrong.

`python -m oracle --questions 40000 --seed 7` asks both and counts differences.
"""
