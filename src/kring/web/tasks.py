"""What pages ask to be done in the background; found here by the worker."""

from kring.web.mine.tasks import pack_everything
from kring.web.paper.tasks import make_paper

__all__ = ["make_paper", "pack_everything"]
