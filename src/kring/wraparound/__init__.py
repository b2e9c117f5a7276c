"""One family, one plan, one coordinator.

The family tells its story, chooses what matters, agrees on small steps with those around it, and approves
the plan; everybody does what they promised, and all may say "I see this differently".
"""
