"""Two laptops of one centre: notes of somebody who was removed meanwhile, two versions of one answer, and a laptop that is lost."""
import json
import re

import ways
from driver import WORDS, App, Example, cli, run

HELD = "They do not count until you accept them. Written before she left, they are as good as any other."
REMOVED = "She is removed. From here on this centre does not open for her."
ASK_HER = "They do not count until you accept them. Ask her first whether she wrote them."
TWO = "Two people wrote here without seeing each other. Which one stands?"
LOST = ("It gets nothing more from here, and what it writes from now on is not used. What it sent until now stays. Keys are "
        "changed. It cannot come back; it can join again as a new one.")
GONE = "That laptop is removed. It gets nothing more from here."
HERS = "words that only she knows"

example = app = desk = order = None


def at(store, *words, staff="Sunanda", words_in=WORDS):
    return json.loads(cli(store, example.state, "--json", *words, staff=staff, words=words_in))


def meet():
    """Both have what the other has."""
    for store in (example.shefali, desk, example.shefali, desk):
        cli(store, example.state, "exchange", example.stick, staff="Sunanda")


def second_laptop():
    """As tests/e2e/story.sh joins one."""
    global desk
    desk = example.dir + "/sanrakshan-example/desk"
    old, new = example.dir + "/card.old", example.dir + "/card.new"
    cli(example.shefali, example.state, "card", "show", "--out", old, staff="Sunanda")
    cli(desk, example.state, "--passphrase-file", "-", "centre", "join", old, "--staff", "Sunanda", "--out", new, "--unlock-ms", "1")
    digits = at(example.shefali, "card", "number", new)["digits"]
    number = at(desk, "card", "number", old, "--digits", digits)["number"]
    cli(example.shefali, example.state, "card", "accept", new, "--number", number, staff="Sunanda")
    meet()


def comes_to_the_second(name):
    slip = at(desk, "staff", "slip", name)["slip"]
    with open(example.dir + "/own", "w") as file:
        file.write(HERS + "\n")
    cli(desk, example.state, "staff", "passphrase", "--new-passphrase-file", example.dir + "/own", staff=name, words=slip)


def open_app(store, person="Sunanda", words=WORDS):
    global app
    if app:
        app.kill()
    app = App(store, example.state, extra=example.around)
    app.unlock(person, words)


def written(words, store=None):
    """Whether that stands in a note of hers that counts."""
    told = at(store or example.shefali, "child", "show", "Bakul")
    return any(words in cli(store or example.shefali, example.state, "--json", "record", "show", row["id"], staff="Sunanda")
               for row in told["records"] if row["form"] == "follow-up")


def exchange_here():
    app.key("ctrl+e")
    app.wait("Exchange now with Practice pen drive")
    app.click("button", "Exchange now with Practice pen drive")
    app.wait_any(["Received ", "Nothing new for us."])


def late_notes_wait_to_be_accepted():
    comes_to_the_second("Anjali")
    meet()
    open_app(example.shefali)
    app.key("alt+3")
    app.wait("Anjali")
    ways.remove(app, "Anjali", "She has left")
    app.wait("Remove Anjali?")
    app.answer("Remove")
    app.wait(REMOVED)
    for words in ("She likes the swing.", "She wants to sew."):
        at(desk, "record", "new", "follow-up", "--child", "Bakul", "--set", "wants=" + words, staff="Anjali", words_in=HERS)
    cli(desk, example.state, "exchange", example.stick, staff="Sunanda")
    exchange_here()
    app.key("ctrl+r")
    app.wait("Notes that came late")
    app.wait(HELD)
    app.wait("notes of Anjali came after she was removed.")
    n = int(re.search(r"(\d+) notes of Anjali", app.words()).group(1))
    app.quit()
    assert not written("She likes the swing.") and not written("She wants to sew."), "they count already"
    return "%d notes held" % n


def left_alone_they_stay_as_they_are_and_a_part_can_be_accepted():
    open_app(example.shefali)
    app.key("ctrl+r")
    app.wait("Notes that came late")
    app.click("button", "Accept these")             # the first one only
    app.wait("1 note counts now.")
    app.wait("1 note of Anjali came after she was removed.")
    app.quit()
    assert written("She likes the swing.") and not written("She wants to sew.")
    open_app(example.shefali)
    app.key("ctrl+r")
    app.wait("1 note of Anjali came after she was removed.")
    app.click("button", "Accept all")
    app.wait("1 note counts now.")
    app.wait_gone("Notes that came late")
    app.check_quiet()
    assert written("She wants to sew.")


def whoever_was_removed_is_not_let_in_at_the_other_laptop_either():
    cli(desk, example.state, "exchange", example.stick, staff="Sunanda")
    open_app(desk)
    app.key("ctrl+l")
    app.wait("Passphrase")
    assert not app.shows("Anjali"), app.words()
    app.check_quiet()


def a_version_is_picked_inside_its_form():
    meet()
    cli(example.shefali, example.state, "record", "set", order, "number=ORD-OFFICE", staff="Sunanda")
    cli(desk, example.state, "record", "set", order, "number=ORD-DESK", staff="Sunanda")
    meet()
    open_app(example.shefali)
    ways.order_of_hers(app, "bakul", "ORD-")
    app.wait(TWO)
    app.click("button", "ORD-OFFICE")
    app.wait_gone(TWO)
    app.check_quiet()
    assert at(example.shefali, "record", "show", order)["fields"]["number"]["value"] == "ORD-OFFICE"
    meet()
    told = at(desk, "record", "show", order)["fields"]["number"]
    assert told["value"] == "ORD-OFFICE" and told["versions"] == 1, told


def a_lost_laptop_is_removed_and_what_it_writes_is_not_used():
    open_app(example.shefali)
    app.key("alt+3")
    app.wait("Laptops")
    app.click("", "Laptops")
    app.wait("A second laptop joins by a card")
    name = re.search(r"^Laptop [0-9a-f]{8}", app.words(), re.M).group(0)
    ways.remove(app, name, "It is lost")
    app.wait("Remove this laptop?")
    app.wait(LOST)
    app.answer("Remove")
    app.wait(GONE)
    app.wait("removed")
    exchange_here()
    app.check_quiet()
    at(example.shefali, "record", "new", "follow-up", "--child", "Bakul", "--set", "wants=Said after the loss.")
    cli(example.shefali, example.state, "exchange", example.stick, staff="Sunanda")


def the_lost_laptop_gets_nothing_more():
    at(desk, "record", "new", "follow-up", "--child", "Bakul", "--set", "wants=Written by the finder.")
    cli(desk, example.state, "place", "add", "Practice pen drive", "file://" + example.stick, staff="Sunanda")
    open_app(desk)
    exchange_here()
    app.wait("Nothing new for us.")
    app.check_quiet()
    assert not written("Said after the loss.", desk), "it can still read us"


def what_it_wrote_since_waits_and_says_that_the_laptop_was_removed():
    open_app(example.shefali)
    exchange_here()
    app.wait("See what there is to review")
    app.key("ctrl+r")
    app.wait("1 note of Sunanda came from a laptop after it was removed.")
    app.wait(ASK_HER)
    app.check_quiet()
    assert not written("Written by the finder."), "it is used"


example = Example()
try:
    order = at(example.shefali, "record", "new", "order", "--child", "Bakul", "--set", "kind=placement", "--set", "number=ORD-1")["id"]
    second_laptop()
    run([late_notes_wait_to_be_accepted, left_alone_they_stay_as_they_are_and_a_part_can_be_accepted,
         whoever_was_removed_is_not_let_in_at_the_other_laptop_either, a_version_is_picked_inside_its_form,
         a_lost_laptop_is_removed_and_what_it_writes_is_not_used, the_lost_laptop_gets_nothing_more,
         what_it_wrote_since_waits_and_says_that_the_laptop_was_removed])
finally:
    if app:
        app.kill()
    example.remove()
