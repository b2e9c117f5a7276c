"""The contact point on the page: the front door, the receipt, the desk."""
