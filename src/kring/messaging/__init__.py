"""Letters out: one outbox for e-mail, text messages, WhatsApp links and paper.

A letter carries no content and no child's name: a worker's first name and number, and a link.
Who wishes to be told gets no letter: the coordinator has a call to make. What was tried to reach a family lies here too.
It leaves only after what it tells about is truly written, and asks once more whether it may go.
"""
