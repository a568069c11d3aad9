"""Bar 24: every key of the map under layouts that write other scripts. One window. Keys are pressed by their place
on the keyboard (41 is F), since there they have no Latin letter; only keys that bear no letter are named."""
import time

import ways
from driver import PATIENCE, App, Example, Focus, NotSeen, run
from walk import Screen

made = Example()
focus = Focus()
screen = Screen()
app = App(made.shefali, made.state, extra=made.around)


def enter(person):
    focus.forget()
    ways.enter(app, person)
    focus.wait(", bed ", "list item")


# Keys by their places
ALT, CTRL, CTRL_SHIFT = "alt+%d", "ctrl+%d", "ctrl+shift+%d"
ONE, TWO, THREE, ZERO, MINUS, EQUAL = 10, 11, 12, 19, 20, 21
Q, W, E, R, T, Y, U, I = 24, 25, 26, 27, 28, 29, 30, 31
A, S, F, H, L, Z, C, N, COMMA, SLASH, SPACE = 38, 39, 41, 43, 46, 52, 54, 57, 59, 61, 65


class Played:
    """Keys of the map, and what came of each."""

    def __init__(self):
        self.keys = 0

    def __call__(self, key, words=None, gone=None):
        app.key(key)
        if words:
            app.wait(words)
        if gone:
            app.wait_gone(gone)
        self.keys += 1


def line_height():
    return app.find("label", "Lock after so many minutes").rectangle().height


def wait_until(true, what):
    end = time.monotonic() + PATIENCE
    while not true():
        app.settle(0.1)
        if time.monotonic() > end:
            raise NotSeen(what)


def text_of(field):
    return next((n.text() or "" for n in app.nodes() if n.role == "text" and n.name == field), None)


def away_and_back(play, node, one, two):
    """By its pixels: of what is hidden, the bus still has what was there."""
    box = node.rectangle()
    app.settle(0.5)
    shown = screen.part(box)
    play(one)
    wait_until(lambda: screen.part(box) != shown, "after %s it was still there" % one)
    app.settle(0.5)
    play(two)
    wait_until(lambda: screen.part(box) == shown, "after %s it was not as before" % two)


def pages(play):
    for key, words in ((ALT % TWO, "Follow-up"), (ALT % THREE, "Parts of this page"), (ALT % ONE, "What waits"),
                       (CTRL % N, "Three quiet questions"), (CTRL % E, "Other places"),
                       (CTRL % R, "Nobody has written over anybody"), (CTRL % COMMA, "Lock after so many minutes"),
                       (CTRL_SHIFT % SLASH, "In a scoring sheet"), ("F1", "All topics"), ("alt+Left", "In a scoring sheet"),
                       ("Escape", "Lock after so many minutes")):
        play(key, words)
    away_and_back(play, app.find("list item", "Backup and check"), "F9", "F9")
    play("F10", "Larger text")
    play("Escape")
    play(CTRL % F)
    focus.wait("Find a child")
    play("F6")
    play("F6")
    usual = line_height()
    play(CTRL % EQUAL)
    wait_until(lambda: line_height() > usual, "the text did not grow")
    play(CTRL % MINUS)
    wait_until(lambda: line_height() == usual, "the text did not shrink")
    play(CTRL % EQUAL)
    play(CTRL % ZERO)
    wait_until(lambda: line_height() == usual, "the text is not as usual")
    away_and_back(play, app.find("label", "Lock after so many minutes"), "F12", str(SPACE))


def her_page(play):
    play(ALT % TWO, "Follow-up")
    focus.wait(", bed ", "list item")
    focus.forget()
    play("Down")
    focus.wait(", bed ", "list item")
    play("End")
    play("Home")
    focus.forget()
    app.settle(0.3)
    play("Return", "What happened")
    play("ctrl+Next", "hopes for")
    play("ctrl+Prior", "What happened")
    play(CTRL % H)
    app.wait_any(("Hide name", "No name is written"))
    play(CTRL % H)
    play(CTRL % I, "Who looked at her file")
    play("Escape", "What happened")


def form(play):
    focus.forget()
    play(ALT % W, "Health check")
    for _ in range(20):
        if focus.told and "Health check" in focus.told[-1][1]:
            break
        app.key("Down")
    play("Return", "What she complains of")
    focus.wait("")
    play("ctrl+Down")
    focus.wait("General condition")
    play(str(N))
    play(str(H))
    wait_until(lambda: len(text_of("General condition") or "") == 2, "nothing was typed")
    play(CTRL % Z)
    wait_until(lambda: len(text_of("General condition")) < 2, "Ctrl+Z took nothing back")
    play(CTRL_SHIFT % Z)
    wait_until(lambda: len(text_of("General condition")) == 2, "Ctrl+Shift+Z gave nothing back")
    play("F2", "Did not want to say")
    play(str(A), "Not asked")
    play("ctrl+Up")
    focus.wait("When")
    play(CTRL % A)
    play("BackSpace")
    play(str(T))
    wait_until(lambda: (text_of("When") or "").startswith(time.strftime("%d/%m/%Y")), "T is not today")
    play(CTRL % S, "Saved at")
    app.wait("Undo")
    app.key("Tab")
    play(CTRL % Z)


def under(layout):
    app.layout(layout)
    try:
        play = Played()
        focus.forget()
        pages(play)
        her_page(play)
        form(play)
        play(CTRL % L, "Passphrase")
        for letter in "example words only here":
            app.press_place(letter)
        app.key("Return")
        app.wait("Names hidden")
    finally:
        app.layout("us")
    return "%d keys" % play.keys


def bar_24_keys_under_latin():
    if not app.shows("Names hidden"):
        enter("Sunanda")
    return under("us")


def bar_24_keys_under_devanagari():
    return under("in(deva)")


def bar_24_keys_under_bengali():
    return under("in(ben)")


try:
    run([bar_24_keys_under_latin, bar_24_keys_under_devanagari, bar_24_keys_under_bengali])
finally:
    app.kill()
    made.remove()
