"""A laptop whose disk was copied: both go on, and a third one is told."""
import json
import os
import shutil

import ways
from driver import App, Example, cli, run

TWICE = ("A laptop of this centre exists twice: two laptops claim the same number. What both wrote is kept. "
         "Call your coordinator before you go on.")

example = app = None


def at(store, *words):
    return json.loads(cli(store, example.state, "--json", *words, staff="Sunanda"))


def exchange(*stores):
    for store in stores:
        cli(store, example.state, "exchange", example.stick, staff="Sunanda")


def second_laptop():
    desk, old, new = (example.dir + "/" + name for name in ("desk", "card.old", "card.new"))
    cli(example.shefali, example.state, "card", "show", "--out", old, staff="Sunanda")
    cli(desk, example.state, "--passphrase-file", "-", "centre", "join", old, "--staff", "Sunanda", "--out", new, "--unlock-ms", "1")
    digits = at(example.shefali, "card", "number", new)["digits"]
    number = at(desk, "card", "number", old, "--digits", digits)["number"]
    cli(example.shefali, example.state, "card", "accept", new, "--number", number, staff="Sunanda")
    exchange(example.shefali, desk, example.shefali, desk)
    return desk


def write(desk, words):
    cli(desk, example.state, "record", "new", "follow-up", "--child", "Bakul", "--set", "wants=" + words, staff="Sunanda")
    exchange(desk, example.shefali)


def open_app(person="Sunanda"):
    global app
    if app:
        app.kill()
    app = App(example.shefali, example.state, extra=example.around)
    app.unlock(person)


def copied():
    """The whole disk, with what the laptop remembers beside its store."""
    desk = second_laptop()
    shutil.copytree(desk, example.dir + "/image")
    shutil.copytree(example.state, example.dir + "/image-state")
    write(desk, "one")
    for now, then in ((desk, "/image"), (example.state, "/image-state")):
        shutil.rmtree(now)
        os.rename(example.dir + then, now)
    write(desk, "other")
    assert [row["twice"] for row in at(example.shefali, "device", "list")["devices"]].count(True) == 1


def the_superintendent_is_told_and_what_to_do():
    open_app()
    app.wait(TWICE)
    app.key("ctrl+r")
    app.wait("To know")
    app.wait("Use only one of the two: remove it there, then let the one that you keep join again.")
    app.check_quiet()


def nobody_else_is_told():
    open_app("Anjali")
    app.wait("overdue")
    app.settle(1)
    assert not app.shows(TWICE)
    app.check_quiet()


def it_ends_when_the_laptop_is_removed():
    (twice,) = [row["id"] for row in at(example.shefali, "device", "list")["devices"] if row["twice"]]
    open_app()
    app.wait(TWICE)
    app.key("alt+3")
    app.click("", "Laptops")
    app.wait("Laptop " + twice[:8])
    ways.remove(app, "Laptop " + twice[:8], "It is lost")
    app.wait("Remove this laptop?")
    app.answer("Remove")
    app.wait("That laptop is removed. It gets nothing more from here.")
    app.wait_gone(TWICE)
    app.key("alt+1")
    app.wait("What waits")
    assert not app.shows(TWICE), app.words()
    app.check_quiet()


example = Example()
try:
    copied()
    run([the_superintendent_is_told_and_what_to_do, nobody_else_is_told, it_ends_when_the_laptop_is_removed])
finally:
    if app:
        app.kill()
    example.remove()
