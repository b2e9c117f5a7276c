"""The pages of the administrator, who keeps the village's words, look and sign-in, and opens nobody's page (K9)."""
