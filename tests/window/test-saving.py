"""What is typed while a save is under way is kept: on the screen, in a draft, and in the next save."""
import os
import time

from driver import PATIENCE, App, Atspi, Example, Focus, NotSeen, run, weather
from ways import kept_drafts, still

STEADY = 6.0            # s without a newer draft: more than the two within which each letter is kept

example = Example()
HOLD = example.dir + "/hold"
app = None
focus = Focus()


def open_app():
    global app
    if app:
        app.kill()
    app = App(example.shefali, example.state, extra=dict(example.around, **weather(held=example.shefali + "/", hold=HOLD)))
    app.unlock("Mitali")
    app.wait("What waits")
    still(app)


def open_row(words):
    """The first row of what is due that has these words."""
    focus.forget()
    app.key("alt+1")
    app.wait("What waits")
    still(app)
    for _ in range(30):
        if focus.told and words in focus.told[-1][1]:
            break
        focus.step(app, "Down")
    else:
        raise NotSeen("no row “%s”" % words)
    app.key("Return")


def hold():
    """From now on nothing that is saved comes to an end."""
    with open(HOLD, "w"):
        pass


def let_go():
    os.unlink(HOLD)


def drafts():
    return kept_drafts(example.shefali)


def wait_until_kept(before):
    """Until a draft that was not there before is on disk, and none newer comes."""
    end = time.monotonic() + PATIENCE
    seen, since = before, time.monotonic()
    while seen == before or not seen or time.monotonic() - since < STEADY:
        now = drafts()
        if now != seen:
            seen, since = now, time.monotonic()
        if time.monotonic() > end:
            raise NotSeen("no draft was kept")
        app.settle(0.05)


def wait_until(ask, wanted):
    end = time.monotonic() + PATIENCE
    while ask() != wanted:
        if time.monotonic() > end:
            raise NotSeen("“%s”, not “%s”" % (ask(), wanted))
        app.settle(0.1)


def her_words():
    return max((node.text() or "" for node in app.nodes() if node.role == "text"), key=len)


def pressed():
    """How many of the sheet's digits are chosen: one for each answer."""
    return sum(node.has(Atspi.StateType.PRESSED) or node.has(Atspi.StateType.CHECKED) for node in app.nodes()
               if node.name.isdigit() and "button" in node.role)


def letters_typed_while_a_session_is_saved_are_kept():
    open_app()
    app.key("Return")                       # the first thing that is due: a session
    app.wait("Her words")
    still(app)
    app.key("1")                            # its kind; a choice goes on to her words
    app.type("I drew the river")
    wait_until(her_words, "I drew the river")
    hold()
    app.key("ctrl+s")
    app.type(" at home")
    wait_until(her_words, "I drew the river at home")
    assert not app.shows("Undo"), "it was not held"
    before = drafts()
    let_go()
    app.wait("Undo")                        # of a new record that was saved
    still(app)
    wait_until(her_words, "I drew the river at home")
    app.type(" and slept")                  # the cursor is where it was
    wait_until(her_words, "I drew the river at home and slept")
    wait_until_kept(before)


def a_kill_after_it_loses_none_of_them():
    open_app()
    app.wait("draft of")
    app.click("button", "Go on")
    app.wait("Her words")
    wait_until(her_words, "I drew the river at home and slept")
    app.key("ctrl+s")
    app.wait("Saved at")
    wait_until(drafts, [])
    wait_until(her_words, "I drew the river at home and slept")


def answers_given_while_a_sheet_is_saved_are_kept():
    open_row("CRIES-8")
    app.wait("Digits answer and go on")
    still(app)
    app.key("1", "1")
    wait_until(pressed, 2)
    hold()
    app.key("ctrl+s")
    app.key("1")
    wait_until(pressed, 3)
    assert not app.shows("Undo"), "it was not held"
    before = drafts()
    let_go()
    app.wait("Undo")                        # of a new record that was saved
    still(app)
    wait_until(pressed, 3)
    app.key("1")                            # the question after it is the one that is asked
    wait_until(pressed, 4)
    wait_until_kept(before)


def a_kill_after_it_loses_no_answer():
    open_app()
    app.wait("draft of")
    app.click("button", "Go on")
    app.wait("Digits answer and go on")
    wait_until(pressed, 4)
    app.key("ctrl+s")
    app.wait("Saved at")
    wait_until(drafts, [])
    app.check_quiet()


if __name__ == "__main__":
    try:
        run([letters_typed_while_a_session_is_saved_are_kept, a_kill_after_it_loses_none_of_them,
             answers_given_while_a_sheet_is_saved_are_kept, a_kill_after_it_loses_no_answer])
    finally:
        if app:
            app.kill()
        example.remove()
