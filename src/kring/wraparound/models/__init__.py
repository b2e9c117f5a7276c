from kring.wraparound.models.actions import Action
from kring.wraparound.models.approvals import Approval, Sheet
from kring.wraparound.models.celebrations import Celebration
from kring.wraparound.models.corrections import NotRight
from kring.wraparound.models.drafts import Draft
from kring.wraparound.models.goals import Goal
from kring.wraparound.models.handovers import MustKnow, PassOn
from kring.wraparound.models.interpreters import Interpreter
from kring.wraparound.models.learning import LearningProfile, LearningSheet, TalentAnswer, TalentWord
from kring.wraparound.models.meetings import AgendaPoint, Decision, Meeting, Participant, RoundWord
from kring.wraparound.models.notes import Note
from kring.wraparound.models.ownpages import OwnPage
from kring.wraparound.models.papers import Paper
from kring.wraparound.models.paths import EarlierHelp, EarlierTelling
from kring.wraparound.models.plans import Plan, Wish
from kring.wraparound.models.recordings import Recording
from kring.wraparound.models.remarks import Remark
from kring.wraparound.models.reviews import GoalFace, Preparation, Review
from kring.wraparound.models.stories import Story
from kring.wraparound.models.versions import Version, VersionPart

__all__ = [
    "Action",
    "AgendaPoint",
    "Approval",
    "Celebration",
    "Decision",
    "Draft",
    "EarlierHelp",
    "EarlierTelling",
    "Goal",
    "GoalFace",
    "Interpreter",
    "LearningProfile",
    "LearningSheet",
    "Meeting",
    "MustKnow",
    "NotRight",
    "Note",
    "OwnPage",
    "Paper",
    "Participant",
    "PassOn",
    "Plan",
    "Preparation",
    "Recording",
    "Remark",
    "Review",
    "RoundWord",
    "Sheet",
    "Story",
    "TalentAnswer",
    "TalentWord",
    "Version",
    "VersionPart",
    "Wish",
]
