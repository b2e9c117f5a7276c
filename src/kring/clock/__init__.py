"""What happens by the clock: forgetting, warning before it, asking whether it was true, one reminder, counting."""
