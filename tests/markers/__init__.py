"""Words that nobody else ever wrote, told in confidence; then every file there is, searched for them in every form."""
