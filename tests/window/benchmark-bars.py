"""The bars of time and memory at their goals: a centre of 20,000 children, and one of ordinary size
for what is counted over many rounds. Run by `meson test --benchmark --suite window`.

SAN_CHILDREN: how many children instead of 20,000. SAN_NOTES: how many instead of 500.
"""
import json
import os
import shutil
import subprocess
import tempfile
import time

import bars
from driver import BUILD, cli, environment, run
from probe import Probed, judge

NOTES = int(os.environ.get("SAN_NOTES", "500"))
CHILDREN = os.environ.get("SAN_CHILDREN", "20000")
home = tempfile.mkdtemp(prefix="san-bars-")
app = made = None


def make_many():
    subprocess.run([BUILD + "/src/cli/sanrakshan-cli", "example", home + "/ex", "--children", CHILDREN], check=True,
                   stdout=subprocess.DEVNULL, env=environment(extra={"SAN_STATE_DIR": home + "/state"}))


class Fresh:
    """An example made where it is used: its practice pen drive is there."""

    def __init__(self):
        self.dir = home + "/two/sanrakshan-example"
        os.makedirs(home + "/two")
        self.shefali, self.state = self.dir + "/shefali-bari", self.dir + "/state"
        self.around = {"XDG_DATA_HOME": home + "/two"}
        subprocess.run([BUILD + "/src/cli/sanrakshan-cli", "example", self.dir], check=True, stdout=subprocess.DEVNULL,
                       env=environment(extra={"SAN_STATE_DIR": self.state}))


def many():
    return Probed(home + "/ex/many", home + "/state")


def keep(window_of_now):
    global app
    app = window_of_now


def bar_26_at_20000():
    make_many()
    return bars.bar_26(many, keep)


def bar_2_at_20000():
    return bars.bar_2(app, letters="kap")


def bar_15_at_20000():
    return bars.bar_15(app)


def bar_16_at_20000():
    return bars.bar_16(app)


def no_stall_at_20000():
    global app
    begun = app.lines()[-1].at
    for _ in range(3):
        bars.first_rows(app, 1)
        for keys in ("Next", "Next", "Next", "End", "Home"):
            app.press(keys)
            app.quiet()
        app.press("Return")
        app.quiet()
        app.press("Escape")
        app.quiet()
    line = bars.no_stall(app, begun)
    bars.leave(app)
    app.kill()
    app = None
    return line


def no_stall_over_every_page():
    global app, made
    made = Fresh()
    app = Probed(made.shefali, made.state, extra=made.around)
    app.unlock("Sunanda")
    app.quiet()
    begun = app.lines()[-1].at
    bars.visit_everything(app)
    app.press("ctrl+l")
    app.quiet()
    app.unlock("Mitali")
    app.quiet()
    bars.visit_counselling(app)
    line = bars.no_stall(app, begun)
    app.press("ctrl+l")
    app.quiet()
    return line


def memory_over_200_pages_and_30_locks():
    app.unlock("Sunanda")
    app.quiet()
    line = bars.grows(app, 200, 30, 1.0)
    bars.leave(app)
    return line


def lock_after_30_seconds_of_cover():
    """A cover that nobody lifts becomes a lock: the way that idleness goes too."""
    global app
    app = Probed(made.shefali, made.state, extra=made.around)
    app.unlock("Sunanda")
    app.quiet()
    at = app.press("F12")
    locked = app.first("mark", "locked", since=at, seconds=90)
    bars.leave(app)
    return judge("idle", [("cover to lock", locked.at - at, 32, "s")])


def write_much(place, notes):
    """Notes on the child of whom the other centre has a part."""
    rows = json.loads(cli(place.shefali, place.state, "--json", "child", "list", staff="Anjali"))["children"]
    shared = next(row["id"] for row in rows if row["alias"] == "Bakul")
    for n in range(notes):
        cli(place.shefali, place.state, "record", "new", "contacts", "--child", shared, staff="Anjali")


def bar_14_exchange_of_500_notes():
    """From the second stroke to "Sent": with the practice pen drive, a folder. Papers: test-bars-exchange."""
    global app
    write_much(made, NOTES)
    app = Probed(made.shefali, made.state, extra=made.around)
    app.unlock("Sunanda")
    app.quiet()
    app.press("ctrl+e")
    app.wait("Exchange now")
    app.quiet()
    at = time.monotonic()
    app.click("button", "Exchange now with Practice pen drive")
    app.wait("Sent", 120)
    app.quiet()
    took = [line.at for line in app.lines(at) if line.is_("answer")][-1] - at
    line = judge("bar 14", [("%d notes" % NOTES, took, 20, "s")]) + "; " + bars.no_stall(app, at)
    bars.leave(app)
    return line


try:
    run([bar_26_at_20000, bar_2_at_20000, bar_15_at_20000, bar_16_at_20000, no_stall_at_20000, no_stall_over_every_page,
         memory_over_200_pages_and_30_locks, lock_after_30_seconds_of_cover, bar_14_exchange_of_500_notes])
finally:
    if app:
        app.kill()
    shutil.rmtree(home, ignore_errors=True)
