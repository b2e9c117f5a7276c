from kring.intake.models.beginnings import Beginning
from kring.intake.models.concerns import Concern, TalkNote
from kring.intake.models.duty import Duty, WeekOfAnswers
from kring.intake.models.promises import Promise, PromiseChange

__all__ = ["Beginning", "Concern", "Duty", "Promise", "PromiseChange", "TalkNote", "WeekOfAnswers"]
