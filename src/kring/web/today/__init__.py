"""The day of somebody who works in the village: what was promised, what is due, who waits for whom, good news."""
