"""Bar 14 with papers: 500 notes and 5 MB of photographs of papers, until the other centre can look at them. The
practice pen drive goes to and fro; each time the window of that side is opened, and two strokes exchange. Notes
come at once; what is attached comes when it was asked for, so with the second turn.

SAN_NOTES: how many instead of 500.
"""
import json
import os
import struct
import time
import zlib

import ways
from driver import Example, Focus, cli, run
from probe import Probed, judge

NOTES = int(os.environ.get("SAN_NOTES", "500"))
PAPERS, SIDE = 10, 418                 # pixels; three random bytes each: half a MB that nothing makes smaller
ABSENT = "This file has not arrived here yet."
THERE = "It is shown from the sealed store."
TURNS = 4                               # of both sides, at most

made = Example()
focus = Focus()
app = None
spent, hands = [], []                   # seconds and strokes of each exchange


def photo():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\x00" + os.urandom(3 * SIDE) for _ in range(SIDE))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def ours(*words):
    return json.loads(cli(made.shefali, made.state, "--json", *words, staff="Sunanda"))


def written_here():
    """On the child of whom the other centre has a part."""
    size = 0
    for n in range(PAPERS):
        path = made.dir + "/order.png"
        with open(path, "wb") as file:
            size += file.write(photo())
        ours("record", "new", "order", "--child", "Bakul", "--set", "kind=placement", "--set", "number=ORD-%d" % (700 + n),
             "--set", "paper=@" + path)
        os.unlink(path)
    for _ in range(NOTES):
        ours("record", "new", "contacts", "--child", "Bakul")
    return "%d notes, %d papers of %.1f MB" % (NOTES, PAPERS, size / 1e6)


def open_window(store):
    global app
    app = Probed(store, made.state, extra=made.around)
    app.unlock("Sunanda")
    app.quiet()


def close_window():
    app.quit()
    messages = app.messages()
    app.kill()
    assert messages == "", messages


def exchange():
    """Two strokes from where she is; seconds from the second one until it is told that all is done."""
    app.key("alt+1")
    app.quiet()
    focus.forget()
    app.strokes = app.fields = 0
    app.key("ctrl+e")
    focus.wait("Exchange now", "button")
    app.quiet()
    at = time.monotonic()
    app.key("Return")
    hands.append(app.strokes)
    app.wait_any(("Sent ", "Attached files were sent.", "Nothing new to send."))
    app.quiet()
    return max(line.at for line in app.lines(at) if line.is_("answer")) - at


def her_papers(looked):
    """How many of them can be looked at there, of so many; the last ones, which stand first."""
    found = 0
    for number in range(PAPERS - looked, PAPERS):
        ways.order_of_hers(app, "bakul", "ORD-%d" % (700 + number))
        app.wait("Case and order number")
        app.click("", "Paper")
        app.click("button", "Look at it")
        found += app.wait_any((ABSENT, THERE)) == THERE
        app.key("Escape")
        app.wait("Case and order number")
    return found


def bar_14_until_the_other_centre_can_look_at_the_papers():
    notes = turn = 0
    while turn < TURNS:
        turn += 1
        open_window(made.shefali)
        spent.append(exchange())
        close_window()
        open_window(made.gulmohar)
        spent.append(exchange())
        notes = notes or turn
        arrived = app.shows("Attached files arrived.")
        there = her_papers(2)
        assert arrived == (there > 0), "what it told of the papers is not so"
        close_window()
        if there == 2:
            break
    assert there == 2, "the papers did not come in %d turns" % TURNS
    told = "; notes came with exchange %d of each side, papers with exchange %d" % (notes, turn)
    return judge("bar 14", [("the slowest exchange", max(spent), 20, "s"), ("all %d" % len(spent), sum(spent), 20, "s"),
                            ("strokes of each", max(hands), 2, "")]) + told


try:
    run([written_here, bar_14_until_the_other_centre_can_look_at_the_papers])
finally:
    if app:
        app.kill()
    made.remove()
