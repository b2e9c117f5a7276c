"""The path of earlier help: a line through time, the same in words, on paper, and somebody who helps with papers."""
