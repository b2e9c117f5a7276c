"""What the village stands for, and how it shows: its principles, the words it writes with, and its practice.

A kinder word while one writes, a card for when it is hot, and the principles behind both. Ours come along in
four languages; the village changes them, lets them rest, and puts ours back. Nothing here is about a person.
"""
