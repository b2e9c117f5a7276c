from kring.intake.models.beginnings import Beginning
from kring.intake.models.concerns import Concern, TalkNote
from kring.intake.models.duty import Duty, WeekOfAnswers
from kring.intake.models.promises import Promise, PromiseChange
from kring.intake.models.sealed import Sealed

__all__ = ["Beginning", "Concern", "Duty", "Promise", "PromiseChange", "Sealed", "TalkNote", "WeekOfAnswers"]
