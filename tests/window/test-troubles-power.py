"""The power goes while somebody writes: at most two seconds of typing, nothing that was said to be saved."""
import json
import os
import random
import time

from driver import App, Example, cli, run, weather
from power import Lagging

PROMISE = 2.0           # design.md: a draft is written at most so late after the first unsaved key
BLAME = 6.0             # from here on it is not the machine's load
CUTS = int(os.environ.get("SAN_CUTS", "3"))
STOPPED = "The laptop stopped suddenly. Everything saved is here; one draft of yours is kept (%s, Counselling session)."
NO_DRAFT = "The laptop stopped suddenly. Everything saved is here."

example = app = disk = None
seed = int(os.environ.get("SAN_SEED", random.SystemRandom().randrange(1 << 31)))
chance = random.Random(seed)


def open_app():
    global app
    app = App(example.shefali, example.state, extra=dict(example.around, **disk.environment()))
    app.unlock("Mitali")


def field():
    """What stands in the one that is written into."""
    return max((node.text() or "" for node in app.nodes() if node.role == "text"), key=len)


def type_until(seconds):
    """Letters one after the other; when each was pressed."""
    pressed, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        app.type(chance.choice("abcdefghijklmnopqrstuvwxyz"))
        pressed.append(time.monotonic())
    return pressed


def begin_session():
    app.wait("overdue")
    app.key("Return")
    app.wait("Her words")
    app.key("1")
    app.settle(0.5)


def a_power_cut_while_typing_costs_at_most_two_seconds():
    global name
    worst, before = 0.0, 0
    open_app()
    begin_session()
    name = [node.name for node in app.nodes() if "Counselling session ·" in node.name][0].split(" · ")[1]
    for _ in range(CUTS):
        pressed = type_until(chance.uniform(3, 6))
        disk.cut(app)
        cut = time.monotonic()
        open_app()
        app.wait(STOPPED % name)
        app.click("button", "Open draft")
        app.wait("Draft kept at")
        app.wait("Her words")
        kept = len(field()) - before
        assert 0 <= kept <= len(pressed), (kept, len(pressed))
        lost = cut - pressed[kept] if kept < len(pressed) else 0.0
        worst = max(worst, lost)
        before += kept
        app.settle(0.5)
        app.key("End")
    assert worst < BLAME, "letters of the last %.1f s were lost" % worst
    return "the last %.1f s of typing were lost at worst, of %d cuts (promised: %.0f s) %s; seed %d" % (
        worst, CUTS, PROMISE, "ok" if worst <= PROMISE + 0.5 else "MISS", seed)


def what_was_said_to_be_saved_is_there_after_it():
    words = field()
    app.key("ctrl+s")
    app.wait("Saved at")
    disk.cut(app)
    open_app()
    app.wait(NO_DRAFT)
    assert not app.shows("Open draft"), app.words()
    app.check_quiet()
    told = json.loads(cli(example.shefali, example.state, "--json", "child", "show", name, staff="Mitali"))
    written = [cli(example.shefali, example.state, "--json", "record", "show", row["id"], staff="Mitali")
               for row in told["records"] if row["form"] == "session"]
    assert any(words in one for one in written), (words, written)
    told = json.loads(cli(example.shefali, example.state, "--json", "verify", staff="Mitali"))
    assert told["ok"] and told["problems"] == [], told


print("# seed %d" % seed)
example = Example()
try:
    disk = Lagging(example.shefali, example.dir + "/disk", weather())
    run([a_power_cut_while_typing_costs_at_most_two_seconds, what_was_said_to_be_saved_is_there_after_it])
finally:
    if app:
        app.kill()
    example.remove()
