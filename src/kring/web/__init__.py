"""The pages of the village: one folder per app, the design system, and what makes them kind on a phone."""
