"""Hand-over: who comes, who goes and when; what is passed on; who stands in; who leaves."""
