"""Changing one's passphrase: who only finds the laptop open cannot, and the old one opens it no more."""
from driver import WORDS, App, Atspi, Example, NotSeen, run

WRONG = "That is not your present passphrase. Nothing was changed."
WAIT = "That is not your present passphrase. Nothing was changed. Wait"
CHANGED = "Your passphrase is changed on this laptop."
FRESH = "seven lanterns over the quiet river"

example = app = None


def field(name):
    """A click into it."""
    app.click("text", name)


def change():
    return app.find("button", "Change")


def is_ready():
    return change().has(Atspi.StateType.SENSITIVE)


def fill(present, first, second):
    for name, words in (("Your present passphrase", present), ("New passphrase", first), ("The same once more", second)):
        field(name)
        app.keys(["BackSpace"] * 45)
        app.type(words)


def short_words_and_two_that_differ_are_not_taken():
    app.unlock("Mitali")
    go_to_my_page()
    fill(WORDS, "lamp", "lamp")
    app.wait("Someone who steals the laptop could guess this in minutes.")
    assert not is_ready()
    fill(WORDS, FRESH, FRESH + "s")
    app.wait("They are not the same yet.")
    assert not is_ready()


def go_to_my_page():
    app.click("button", "Mitali")
    app.wait("My page")
    for _ in range(4):
        if app.focused() and app.focused().name == "My page":
            break
        app.key("Down")
    app.key("Return")
    app.wait("Change your passphrase")


def who_does_not_know_the_present_one_changes_nothing():
    fill("somebody who sat down here", FRESH, FRESH)
    app.wait("Both are the same.")
    app.click("button", "Change")
    app.wait(WRONG)
    for _ in range(6):          # the third counts; one that comes while the last is still tried does not
        field("Your present passphrase")
        app.type("or guesses once more")
        app.key("Return")
        app.settle(1)
        if app.shows(WAIT):
            break
    app.wait(WAIT)
    app.key("ctrl+l")
    app.wait("Passphrase")
    app.unlock("Mitali")                # as before


def the_new_one_opens_and_the_old_one_does_not():
    app.wait("Change your passphrase")
    fill(WORDS, FRESH, FRESH)
    app.wait("Both are the same.")
    for _ in range(20):                 # the last try's wait
        app.click("button", "Change")
        app.settle(1)
        if app.wait_any([CHANGED, WAIT]) == CHANGED:
            break
    else:
        raise NotSeen("it is never tried: " + app.words())
    app.key("ctrl+l")
    app.wait("Passphrase")
    app.type(WORDS)
    app.key("Return")
    app.wait("That did not open it. Your notes are safe. Try again.")
    app.unlock("Mitali", FRESH)
    app.check_quiet()


example = Example()
try:
    app = App(example.shefali, example.state, extra=example.around)
    run([short_words_and_two_that_differ_are_not_taken, who_does_not_know_the_present_one_changes_nothing,
         the_new_one_opens_and_the_old_one_does_not])
finally:
    if app:
        app.kill()
    example.remove()
