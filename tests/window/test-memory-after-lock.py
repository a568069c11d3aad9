"""After a lock nothing of what was shown is left: not in the memory of the process, not around it.

Planted are words that stand nowhere else: a real name, the name she is called here, a note, the
passphrase. Each is shown or typed, then the window is locked and everything is looked through.
"""
import os
import shutil
import tempfile
import time

import planted
from driver import run
from leavings import around, memory, readable, selections
from planted import ALIAS, NAME, PASSPHRASE, PLANTED, TYPED, look_at_everything, setup
from probe import Probed, SANITIZED

ROUNDS = int(os.environ.get("SAN_ROUNDS", "1"))


def after(app, since):
    app.first("mark", "keys-gone", since=since)
    app.shown(app.first("mark", "locked", since=since).at)
    app.quiet()
    time.sleep(0.3)
    left = memory(app.process.pid, PLANTED)
    return left


def lock_leaves_nothing_in_memory():
    if SANITIZED:
        return "SKIP sanitizers bring an allocator of their own"
    place = setup()
    app = Probed(place.shefali, place.state)
    try:
        app.find_window()
        if not readable(app.process.pid):
            return "SKIP only root may look into it"
        worst = {}
        for _ in range(ROUNDS):
            app.unlock("Sunanda")
            app.quiet()
            look_at_everything(app)
            before = memory(app.process.pid, PLANTED)
            assert NAME in before and ALIAS in before and TYPED in before, "nothing was shown: %s" % before
            left = after(app, app.press("ctrl+l"))
            for word, where in left.items():
                worst.setdefault(word, {}).update(where)
        names = [word for word in PLANTED if word in worst]
        figure = "memory after lock: %d of %d words left (goal 0)" % (len(names), len(PLANTED))
        assert not names, "%s: %s" % (figure, worst)
        app.quit()
        assert app.messages() == "", app.messages()
        return figure
    finally:
        app.kill()


def lock_leaves_nothing_around_it():
    place = setup()
    outside = tempfile.mkdtemp(prefix="san-around-")
    app = Probed(place.shefali, place.state, extra={"TMPDIR": outside, "XDG_DATA_HOME": outside + "/data",
                                                    "XDG_CACHE_HOME": outside + "/cache",
                                                    "XDG_CONFIG_HOME": outside + "/config"})
    try:
        app.unlock("Sunanda")
        app.quiet()
        look_at_everything(app)
        folders = [outside, place.dir, os.environ.get("HOME", outside)]
        while_open = around(app.process.pid, folders, PLANTED, app.messages())
        since = app.press("ctrl+l")
        app.first("mark", "keys-gone", since=since)
        app.quiet()
        locked = around(app.process.pid, folders, PLANTED, app.messages())
        tree = app.words()
        pasted = " ".join(selections())
        for word in PLANTED:
            assert not while_open[word], "while open “%s” stands in %s" % (word, while_open[word])
            assert not locked[word], "after lock “%s” stands in %s" % (word, locked[word])
            assert word == PASSPHRASE or word not in tree, "“%s” is on the accessibility bus" % word
            assert word not in pasted, "“%s” can be pasted" % word
        app.quit()
        return "bar 20 after lock: 0 of %d words in titles, clipboard, recent files, files, logs, /proc (goal 0)" % len(PLANTED)
    finally:
        app.kill()
        shutil.rmtree(outside, ignore_errors=True)


try:
    run([lock_leaves_nothing_in_memory, lock_leaves_nothing_around_it])
finally:
    if planted.made:
        planted.made.remove()
