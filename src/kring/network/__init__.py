"""What the village has to offer: organisations, their offers, where and for whom they are.

A coordinator, a teacher or a parent looks for something by words, age, theme, life domain,
place or language, and finds a name and a number. Lists that other directories keep
(Open Referral HSDS 3.0) are read in, so that nobody types them twice.
"""
