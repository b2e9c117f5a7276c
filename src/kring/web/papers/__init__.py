"""What the law asks on paper, made from the village as it runs: register, arrangement, assessment, word for families."""
