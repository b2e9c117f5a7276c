"""The pages of the story, the plan, its versions and everybody's yes."""
