"""Who is who, and who may know what.

A village holds persons, organisations, jobs, families, homes and circles. A circle is a named set of people
who may know something; a seat is a person's place in it; an exclusion beats every seat. Everything a village
knows lies in some circle, and the database itself answers only with what the one who asks may know.
"""
