"""The ground a village stands on: a database that runs, its roles, and the place where its data lies.

Nothing here knows a person, a family or a circle. An installer without a consultant meets only this
floor: it starts what is needed, and where something is missing it says so in one sentence.
"""
