"""Pages of what is told in confidence. Their addresses and titles say nothing to who looks over a shoulder."""
