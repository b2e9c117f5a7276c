"""The addresses of the story, the plan, its versions and everybody's yes."""

from django.urls import path, register_converter

from kring.web.wraparound import (
    actions,
    answering,
    approvals,
    celebrations,
    drafting,
    goals,
    papers,
    plans,
    remarks,
    reviews,
    stories,
    versions,
)


class GoalDeed:
    """What one does with a goal by one button."""

    regex = "take-in|drop|earlier|later"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands in the address."""
        return value


register_converter(GoalDeed, "goal_deed")
app_name = "wraparound"

urlpatterns = [
    path("family/<uuid:family_id>/story/", stories.story, name="story"),
    path("family/<uuid:family_id>/story/tell/", stories.tell, name="tell_story"),
    path("family/<uuid:family_id>/story/write-down/", stories.write_down, name="write_down_story"),
    path("family/<uuid:family_id>/plan/", plans.family_plan, name="family_plan"),
    path("plans/<uuid:plan_id>/", plans.plan, name="plan"),
    path("plans/<uuid:plan_id>/wish/", plans.wish, name="wish"),
    path("plans/<uuid:plan_id>/wish/<uuid:wish_id>/", plans.wish, name="change_wish"),
    path("wishes/<uuid:wish_id>/drop/", plans.drop_wish, name="drop_wish"),
    path("plans/<uuid:plan_id>/goals/new/", goals.new, name="new_goal"),
    path("plans/<uuid:plan_id>/goals/resting/", goals.resting, name="resting_goals"),
    path("goals/<uuid:goal_id>/", goals.change, name="change_goal"),
    path("goals/<uuid:goal_id>/steps/new/", actions.new, name="new_action"),
    path("goals/<uuid:goal_id>/<goal_deed:what>/", goals.deed, name="goal_deed"),
    path("steps/<uuid:action_id>/", actions.change, name="change_action"),
    path("steps/<uuid:action_id>/done/", actions.done, name="action_done"),
    path("steps/<uuid:action_id>/not-done/", actions.undone, name="action_undone"),
    path("steps/<uuid:action_id>/drop/", actions.drop, name="drop_action"),
    path("steps/<uuid:action_id>/offer/", actions.offer, name="action_offer"),
    path("family/<uuid:family_id>/good-news/", celebrations.tell, name="celebrate"),
    path("steps/<uuid:action_id>/good-news/", celebrations.tell_step, name="celebrate_step"),
    path("good-news/<uuid:celebration_id>/take-back/", celebrations.take_back, name="take_back_celebration"),
    path("plans/<uuid:plan_id>/review/", reviews.of_plan, name="plan_review"),
    path("reviews/<uuid:review_id>/", reviews.review, name="review"),
    path("reviews/<uuid:review_id>/prepare/", reviews.prepare, name="prepare_review"),
    path("reviews/<uuid:review_id>/outcome/", reviews.outcome, name="review_outcome"),
    path("remarks/<slug:on>/<uuid:object_id>/", remarks.remark, name="remark"),
    path("plans/<uuid:plan_id>/approval/", approvals.approval, name="approval"),
    path("plans/<uuid:plan_id>/versions/", versions.versions, name="versions"),
    path("versions/<uuid:version_id>/", versions.version, name="version"),
    path("versions/<uuid:version_id>/link/<uuid:person_id>/", approvals.link, name="approval_link"),
    path("versions/<uuid:version_id>/sheet/<uuid:person_id>/", approvals.sheet, name="sheet"),
    path("versions/<uuid:version_id>/spoken/", approvals.spoken, name="spoken"),
    path("versions/<uuid:version_id>/paper/", approvals.paper, name="signed_paper"),
    path("versions/<uuid:version_id>/recording/", approvals.recording, name="recording"),
    path("a/<uuid:version_id>/", answering.answer, name="answer"),
    path("a/<uuid:version_id>/thanks/", answering.thanks, name="thanks"),
    path("a/<uuid:version_id>/sound/<uuid:recording_id>/", answering.sound, name="sound"),
    path("plans/<uuid:plan_id>/paper/", papers.paper, name="paper"),
    path("papers/<uuid:paper_id>/", papers.ready, name="paper_ready"),
    path("papers/<uuid:paper_id>/plan.pdf", papers.fetch, name="fetch_paper"),
    path("drafts/<uuid:circle_id>/", drafting.draft, name="draft"),
]
