"""Bar 18: every page within three strokes of every page, by a key, by the search and Enter, or by Today's rows.

Not visited from everywhere: "scale" needs a child and a sheet, and is counted from its row of Today; "paper" is an
answer of a record and is counted from its question; "ready" comes once, after set-up; "slip" needs somebody who was
given one, and is two times Enter on her name. "unlock", "welcome", "recovery", "setup", "join" and "restore" stand
before anybody is in, and are counted between those that one laptop has at the same time; "setup", "join" and
"restore" exclude each other and are counted from "welcome".
"""
import json
import os
import re

import ways
from driver import App, Example, Focus, NotSeen, cli, run
from walk import Stops, go_to

KINDS = os.path.dirname(os.path.abspath(__file__)) + "/../../src/app/frame/san-pages.c"
ROW = ", bed "

NAMED = {"ready", "slip"}

made = Example()
focus = Focus()
app = stops = None
visited = set()


def lock_and_close():
    app.quit()
    assert app.messages() == "", app.messages()


def open_again(store=made.shefali, extra=made.around):
    global app, stops
    app = App(store, made.state, extra=extra)
    stops = Stops(app)


open_again()


class There:
    """A page: what is typed into the search, the strokes, and words that stand on no other one."""

    def __init__(self, page, words, *keys, typed=None, hit=". page."):
        self.page, self.words, self.keys, self.typed, self.hit = page, words, keys, typed, hit


TODAY = There("today", "What waits", "alt+1")
HERS = There("child", "More about this page", "Return", typed="bakul", hit="found by alias")
EVERYBODY = [There("children", "Follow-up", "alt+2"), There("admit", "Three quiet questions", "ctrl+n"),
             There("preferences", "Lock after so many minutes", "ctrl+comma"),
             There("shortcuts", "In a scoring sheet", "ctrl+question"),
             There("my-page", "Text size", "Return", typed="my pa"),
             There("form", "Who was told", "Return", typed="something"), HERS]
ACCESS = There("access", "Who looked at her file", "Return", "ctrl+i", typed="bakul", hit="found by alias")
HELP = There("help", "All topics", "F1")
SUPERINTENDENT = [TODAY] + EVERYBODY + [
    There("centre", "Parts of this page", "alt+3"), There("exchange", "Other places", "alt+4"),
    There("review", "Nobody has written over anybody", "alt+5"), There("backup", "A check reads every note", "alt+6"),
    There("pair", "Give your card", "Return", typed="pair with"),
    There("share", "Share a child", "Return", typed="share a"),
    There("form", "Finish and sign", "alt+1", "Return"), ACCESS, HELP]
COUNSELLOR = [TODAY] + EVERYBODY + [
    There("session", "Her words", "alt+1", "Return"), ACCESS, HELP]


def press(keys):
    """What a page shows comes a moment after it."""
    for number, key in enumerate(keys):
        if number and keys[0] == "alt+1":
            focus.wait(ROW, "list item")
        if key == "ctrl+i":
            app.wait(HERS.words)
        focus.forget()
        app.key(key)


def go(there, here=None):
    """The strokes to a page; from Children, whose search finds children only, to another one over Today."""
    app.count()
    try:
        if there.typed and there.hit != HERS.hit and here is not None and here.page == "children":
            app.key(*TODAY.keys)
            app.wait(TODAY.words)
        if there.typed:
            focus.forget()
            app.key("ctrl+f")
            focus.wait("Find a child")
            app.type(there.typed)
            app.wait(there.hit)         # Enter at once is another test
        press(there.keys)
        app.wait(there.words)
    except NotSeen as problem:
        raise NotSeen("to %s from %s: %s" % (there.page, here.page if here else "-", problem))
    assert app.strokes <= 3, "to %s from %s: %d strokes" % (there.page, here.page if here else "-", app.strokes)
    visited.add(there.page)
    return app.strokes


def all_ways(pages):
    most = n = 0
    for number, here in enumerate(pages):
        go(here)
        for there in pages[number + 1:]:
            most = max(most, go(there, here), go(here, there))
            n += 2
    return "at most %d of 3 strokes, %d ways between %d pages" % (most, n, len(pages))


def bar_18_every_page_within_three_strokes_of_every_page():
    ways.enter(app, "Sunanda")
    return all_ways(SUPERINTENDENT)


def bar_18_every_page_of_a_counsellor_within_three_strokes():
    ways.enter(app, "Mitali")
    return all_ways(COUNSELLOR)


def bar_18_a_sheet_within_three_strokes_of_its_row():
    ways.enter(app, "Mitali")
    go(TODAY)
    focus.wait(ROW, "list item")
    arrows = 0
    while "CRIES-8" not in focus.told[-1][1]:
        assert arrows < 20, "no row of a sheet"
        focus.step(app, "Down")
        arrows += 1
    return "%d strokes, %d arrows from the first row" % (go(There("scale", "Digits answer and go on", "Return")), arrows)


def bar_18_an_attached_paper_within_three_strokes_of_its_question():
    lock_and_close()
    ways.write_order(made, "ORD-76")
    open_again()
    ways.enter(app, "Sunanda")
    ways.order_of_hers(app, "bakul", "ORD-76")
    app.wait("Case and order number")
    go_to(app, stops, "Look at it", "button")
    return "%d strokes" % go(There("paper", "It is shown from the sealed store.", "Return"))


def bar_18_who_waits_to_read_within_three_strokes():
    """Somebody was added who reads counselling, and has chosen her passphrase."""
    lock_and_close()
    slip = json.loads(cli(made.shefali, made.state, "--json", "staff", "add", "Ira", "--role", "counsellor", staff="Sunanda"))["slip"]
    own = made.dir + "/own"
    with open(own, "w") as file:
        file.write("words that only Ira knows\n")
    cli(made.shefali, made.state, "staff", "passphrase", "--new-passphrase-file", own, staff="Ira", words=slip)
    open_again()
    ways.enter(app, "Mitali")
    app.wait("Ira waits to read")
    here = COUNSELLOR[1]
    go(here)
    ways.still(app)
    return "%d strokes" % go(There("grant", "The number on her screen", "F6", "Return"), here)


def outside(first, pages):
    """Those that stand before anybody is in, from each to each: over the first one by Escape."""
    most = n = 0
    for here in [first] + pages:
        for there in [first] + pages:
            if here is there:
                continue
            if here is not first:
                go(here)
            keys = [] if here is first else ["Escape"]
            if there is not first:
                keys += there.keys
            most = max(most, go(There(there.page, there.words, *keys), here))
            n += 1
            if there is not first:
                go(There(first.page, first.words, "Escape"), there)
            ways.still(app)
    return "at most %d of 3 strokes, %d ways between %d pages" % (most, n, 1 + len(pages))


def bar_18_before_anybody_is_in():
    ways.enter(app, "Sunanda")          # who was in last is chosen: the code is hers
    ways.lock(app)
    ways.still(app)
    return outside(There("unlock", "Passphrase"),
                   [There("recovery", "A new passphrase with the recovery code", "alt+f", "Return"),
                    There("welcome", "Look around with example data", "alt+a"), HELP])


def bar_18_on_a_new_laptop():
    lock_and_close()
    open_again(None, {"XDG_DATA_HOME": made.dir + "/nothing"})
    app.find_window()
    app.wait("Start a new centre")
    ways.still(app)
    first = There("welcome", "Start a new centre", "Escape")
    most = 0
    for row, (page, words) in enumerate((("setup", "A new centre: step 1"), ("join", "Choose the card"),
                                         ("restore", "Where is the old laptop?"))):
        there = There(page, words, *["Tab", "Return"][row == 0:])       # one row further than where she came back to
        go(there, first)
        most = max(most, row + 1)                                       # from the first row
        go(HELP, there)
        go(There(page, words, "Escape"), HELP)
        go(first, there)
        ways.still(app)
    go(HELP, first)
    return "at most %d of 3 strokes, 10 ways between 5 pages" % most


def bar_18_no_page_is_forgotten():
    """All of the window's own list, but those that the head of this file names."""
    with open(KINDS) as file:
        known = set(re.findall(r'^  \{ "([a-z-]+)",', file.read(), re.M))
    assert len(known) > 20, known
    assert visited | NAMED == known, "not visited: %s; no page: %s" % (sorted(known - visited - NAMED), sorted(visited - known))
    return "%d visited, %d named" % (len(visited), len(NAMED - visited))


try:
    run([bar_18_every_page_within_three_strokes_of_every_page, bar_18_every_page_of_a_counsellor_within_three_strokes,
         bar_18_a_sheet_within_three_strokes_of_its_row, bar_18_before_anybody_is_in,
         bar_18_an_attached_paper_within_three_strokes_of_its_question,
         bar_18_who_waits_to_read_within_three_strokes, bar_18_on_a_new_laptop, bar_18_no_page_is_forgotten])
finally:
    app.kill()
    made.remove()
