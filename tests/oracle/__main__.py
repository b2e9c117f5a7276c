"""`python -m oracle --questions 40000 --seed 7 [--harness COMMAND] [--json]`: ask both, count differences."""

import argparse
import json
import sys

import figures
from oracle.match import Match
from oracle.shrink import Difference
from oracle.sizes import SIZES
from oracle.talk import Piped, command


def options() -> argparse.Namespace:
    """What may be chosen."""
    made = argparse.ArgumentParser(prog="python -m oracle", description=__doc__)
    made.add_argument("--questions", type=int, default=40000)
    made.add_argument("--seed", default="7")
    made.add_argument("--harness", default="kring harness", help="the command that speaks the protocol")
    made.add_argument("--json", action="store_true", help="the report as one JSON object")
    made.add_argument("--size", choices=sorted(SIZES), help="worlds of this size only; large has 500 items")
    made.add_argument("--edges", action="store_true", help="also what the protocol leaves open")
    made.add_argument("--window", type=int, default=512, help="lines on their way at once")
    made.add_argument("--sample", type=int, default=0, help="judge one question in so many for the shares")
    made.add_argument("--differences", type=int, default=3, help="stop after so many")
    made.add_argument("--no-shrink", action="store_true", help="do not look for the shortest story")
    return made.parse_args()


def told(found: Difference) -> str:
    """A difference and the shortest story that shows it, ready to be sent to a harness."""
    lines = [f"# {found.kind}: oracle {json.dumps(found.expected)}", f"#   harness {json.dumps(found.got)}"]
    lines += [f"#   {line}" for line in found.why()]
    return "\n".join([*lines, *(json.dumps(op) for op in found.story)]) + "\n"


def report(match: Match, as_json: bool) -> str:
    """The report, for people or for programs."""
    facts = match.tally.report()
    if as_json:
        stories = [{"kind": one.kind, "why": one.why(), "story": one.story} for one in match.found]
        answers = [{"expected": one.expected, "got": one.got} for one in match.found]
        both = [story | answer for story, answer in zip(stories, answers, strict=True)]
        return json.dumps(facts | {"differences": both}) + "\n"
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in facts.items() if value != ""]
    return "\n".join(lines) + "\n" + "".join("\n" + told(one) for one in match.found)


def main() -> int:
    """Play the match; 1 when anything differs."""
    chosen = options()
    harness = Piped(command(chosen.harness))
    match = Match(
        harness,
        chosen.questions,
        seed=chosen.seed,
        size=chosen.size,
        edges=chosen.edges,
        window=chosen.window,
        sample=chosen.sample,
        limit=chosen.differences,
        shrinking=not chosen.no_shrink,
        progress=not chosen.json,
    )
    try:
        match.play()
    finally:
        harness.close()
    sys.stdout.write(report(match, chosen.json))
    told = match.tally
    asked = f"make oracle QUESTIONS={chosen.questions}"
    figures.keep("oracle", asked, asked=told.questions, leaks=told.leaks, denials=told.wrong_denials)
    return 0 if match.tally.clean else 1


if __name__ == "__main__":
    sys.exit(main())
