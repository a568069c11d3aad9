"""A day's work with a name in it: shown, written, searched for, chosen as a file, attached, copied, exchanged, backed
up. After a lock, after another person's work and after the end the name stands nowhere but in the sealed records.

What was planted: planted.py. The attached file has her name in its own name: choosers like to remember what was chosen.
"""
import json
import os
import shutil
import subprocess
import tempfile
import time

import planted
import ways
from driver import ROOT, App, Node, cli, run
from leavings import around, memory, readable, selections
from planted import ALIAS, NAME, PASSPHRASE, PLANTED, look_at_everything, setup
from probe import Probed, SANITIZED

SPOKEN = "brackenlorn"                  # what a counsellor writes of her words
FILE = "order-of-%s.txt" % NAME.lower()
WORDS = [word for word in PLANTED if word != PASSPHRASE] + [SPOKEN, NAME.lower()]   # the example tells its passphrase

place = setup()
papers = tempfile.mkdtemp(prefix="san-papers-")
outside = tempfile.mkdtemp(prefix="san-around-")
app = None


def order():
    """A record of hers that takes a file."""
    rows = json.loads(cli(place.shefali, place.state, "--json", "child", "list", staff="Sunanda"))["children"]
    child = next(row["id"] for row in rows if row["alias"] == ALIAS)
    cli(place.shefali, place.state, "record", "new", "order", "--child", child, "--set", "kind=placement", "--set",
        "number=ORD-77", staff="Sunanda")


def find_her():
    app.press("ctrl+f")
    app.quiet()
    app.write(ALIAS.lower())
    app.wait(ALIAS)
    app.press("Return")
    app.wait("What happened")
    app.quiet()


def attach_a_file():
    find_her()
    app.click("tab", "Court")
    app.wait("ORD-77")
    app.click("", "ORD-77")
    app.wait("Case and order number")
    app.click("", "Paper")                  # of the outline: it comes into sight
    app.click("button", "Choose a file")
    ways.choose(app, "Attach")
    app.wait("A file is chosen. It is attached when you save.")
    app.key("ctrl+s")
    app.wait("Saved at")
    app.wait("A file is attached.")


def carry_it_away():
    app.press("ctrl+e")
    app.wait("Exchange now")
    app.click("button", "Exchange now with Practice pen drive")
    app.wait("Sent")
    app.press("alt+6")
    app.wait("There is no backup yet.")
    app.click("button", "Back up to a folder…")
    ways.choose(app, "Back up here")
    app.wait_gone("There is no backup yet.")
    app.quiet()


def write_a_session():
    app.press("alt+1")
    app.quiet()
    app.press("Return")                     # the first thing that waits: a session
    app.wait("Her words")
    app.quiet()
    app.press("1")
    app.quiet()
    app.write(SPOKEN)
    app.press("ctrl+a")                     # cut, back again, copied
    app.press("ctrl+x")
    app.quiet()
    assert SPOKEN not in her_words(), her_words()
    app.press("ctrl+v")
    app.press("ctrl+s")
    app.wait("Saved at")
    assert SPOKEN in her_words(), her_words()
    drag_her_words()
    app.press("ctrl+a")
    app.press("ctrl+c")
    app.quiet()


def drag_her_words():
    """From a word that is selected to the field beside it: it stays where it is, and in one place."""
    before = app.nodes()
    here = next(node for node in before if "text" in node.role and "Her words" in node.name).rectangle()
    there = next(node for node in before if node.role == "text" and node.name == "What we did").rectangle()
    x, y = here.x + 20, here.y + 14
    mouse("mousemove", x, y, "click", "--repeat", 2, "--delay", 60, 1)      # the word
    app.quiet()
    mouse("mousemove", x, y, "mousedown", 1)
    for step in range(1, 11):
        mouse("mousemove", x + (there.x - here.x) * step // 10, y + (there.y - here.y) * step // 10)
        app.settle(0.05)
    mouse("mouseup", 1)
    app.quiet()
    written = [node.name for node in app.nodes() if node.role == "text" and SPOKEN in (node.text() or "")]
    assert written == ["Her words"], written
    mouse("mousemove", x, y, "click", 1)
    app.quiet()


def mouse(*words):
    app.focus_window()
    line = [str(word) for word in words]
    if line[0] == "mousemove":
        line[1:1] = ["--window", app.window]
    subprocess.run(["xdotool"] + line, check=True)


def her_words():
    return "".join(node.text() or "" for node in app.nodes() if "text" in node.role and "Her words" in node.name)


def tree():
    """All that is told to a screen reader, what is hidden too."""
    return "\n".join((node.name or "") + " " + (node.description or "") for node in
                     (Node(app, item) for item in app.items()) if node.path != ROOT)


def look_around(when):
    found = around(app.process.pid, [outside, place.dir, os.environ["HOME"]], WORDS, app.messages())
    for word in WORDS:
        assert not found[word], "%s “%s” stands in %s" % (when, word, found[word])
    pasted = " ".join(selections())
    assert not any(word in pasted for word in WORDS), "%s can be pasted: %s" % (when, pasted)
    told = tree()
    assert not any(word in told for word in WORDS), [word for word in WORDS if word in told]


def lock():
    since = app.press("ctrl+l")
    app.first("mark", "keys-gone", since=since)
    app.shown(app.first("mark", "locked", since=since).at)
    app.quiet()
    time.sleep(0.3)
    left = {} if SANITIZED or not readable(app.process.pid) else memory(app.process.pid, WORDS)
    assert not left, left


def open_app():
    global app
    folders = {"TMPDIR": outside, "XDG_CACHE_HOME": outside + "/cache", "XDG_CONFIG_HOME": outside + "/config"}
    app = Probed(place.shefali, place.state, extra=dict(place.around, **folders), folder=papers)


def nothing_is_left_after_a_lock_of_who_saw_and_carried_it():
    open_app()
    app.unlock("Sunanda")
    app.quiet()
    look_at_everything(app)
    attach_a_file()
    carry_it_away()
    lock()
    look_around("after the lock")
    return "0 of %d words" % len(WORDS)


def nothing_is_left_after_a_lock_of_who_wrote_of_it():
    app.unlock("Mitali")
    app.quiet()
    write_a_session()
    lock()
    look_around("after the second lock")
    return "0 of %d words" % len(WORDS)


def nothing_is_left_after_the_end():
    app.quit()
    messages = app.messages()
    assert messages == "", messages
    App.connection = None
    found = around(os.getpid(), [outside, place.dir, os.environ["HOME"]], WORDS)
    assert not any(found.values()), found


try:
    order()
    with open(os.path.join(papers, FILE), "w") as file:
        file.write("An order.\n")
    run([nothing_is_left_after_a_lock_of_who_saw_and_carried_it, nothing_is_left_after_a_lock_of_who_wrote_of_it,
         nothing_is_left_after_the_end])
finally:
    if app:
        app.kill()
    for folder in (papers, outside):
        shutil.rmtree(folder, ignore_errors=True)
    if planted.made:
        planted.made.remove()
