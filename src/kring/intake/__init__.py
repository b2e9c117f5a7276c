"""The single point of contact: one door for every concern, and a promise that somebody keeps.

A teacher, a parent or a young person tells what they see. Somebody on duty answers by a named day.
What nobody took up is deleted when the village's term ends, and whoever asked hears how it went.
"""
