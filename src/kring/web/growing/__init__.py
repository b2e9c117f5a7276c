"""Growing up: who decides what at which age, and the sheet to talk about it before a birthday changes it."""
