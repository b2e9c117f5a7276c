"""The look in code: form fields, the days in words, the circle drawn in rings, and the page that shows all parts."""
