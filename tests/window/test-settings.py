"""What a person and a centre can set: a telephone number, another recovery code, who lives here, larger buttons, the
digits that she reads."""
import re
import time

from driver import PATIENCE, WORDS, App, Example, run

example = app = None


def a_telephone_number_is_written_beside_a_name():
    app.key("alt+3")
    app.wait("Phone…")
    app.click("button", "Phone…")
    app.wait("Telephone number of")
    app.type("098300 00000")
    app.key("Return")
    app.wait("The telephone number is kept.")
    app.wait("· 098300 00000")


def a_wish_for_another_code_locks_and_asks_for_the_old_one():
    app.key("alt+6")
    app.wait("Make a new recovery code")
    app.click("button", "Make a new recovery code")
    app.wait("A new passphrase with the recovery code")
    assert not app.shows("Names hidden"), app.words()
    assert not app.shows("Your short name"), "it knows who wishes: " + app.words()
    app.click("button", "Back")
    app.wait("Passphrase")
    app.unlock("Sunanda", WORDS)


def sentences_speak_of_the_child_where_not_only_girls_live():
    app.key("alt+3")
    app.wait("About this centre")
    app.click("button", "About this centre")
    app.wait("Who lives here?")
    app.click("button", "Change")
    app.click("radio", "Girls and boys")
    app.click("button", "Save")
    app.wait("Girls and boys")          # as a fact, on the tab that was open
    app.wait("Saved.")
    app.key("alt+2")
    app.wait("of 90")
    app.key("Return")
    app.wait("Next for the child")
    assert not re.search(r"\b([Ss]he|[Hh]er)\b", app.words()), app.words()
    app.key("ctrl+l")
    app.wait("Passphrase")
    app.unlock("Sunanda", WORDS)
    app.wait("Next for the child")


def height(role, name):
    return app.find(role, name).rectangle().height


def wait_height(name, is_right):
    end = time.monotonic() + PATIENCE
    while not is_right(height("button", name)):
        assert time.monotonic() < end, "%s is %d pixels high" % (name, height("button", name))
        app.settle(0.1)


def press_switch(name):
    app.click_node(next(n for n in app.nodes() if n.name == name and n.role != "label"))


def larger_buttons_are_of_one_person():
    link = "My page: passphrase, language, text size"
    app.key("ctrl+comma")
    app.wait("Larger buttons")
    usual = height("button", link)
    app.click("button", link)           # there and back: the page is made anew
    app.wait("Your number")
    app.key("alt+Left")
    app.wait("Larger buttons")
    press_switch("Larger buttons")
    wait_height(link, lambda pixels: pixels >= usual + 12)
    app.key("ctrl+l")
    app.wait("Passphrase")
    app.unlock("Mitali", WORDS)
    app.key("ctrl+comma")
    app.wait("Larger buttons")
    wait_height(link, lambda pixels: pixels == usual)
    app.key("ctrl+l")
    app.wait("Passphrase")
    app.unlock("Sunanda", WORDS)
    app.key("ctrl+comma")
    app.wait("Larger buttons")
    wait_height(link, lambda pixels: pixels >= usual + 12)
    press_switch("Larger buttons")
    wait_height(link, lambda pixels: pixels == usual)


def wait_in_sight(role, words):
    end = time.monotonic() + PATIENCE
    while True:
        box = app.find_soon(role, words).rectangle()
        if box.height > 0 and 0 <= box.y <= 768 - box.height:
            return
        assert time.monotonic() < end, "“%s” is out of sight" % words
        app.settle(0.1)


def what_can_be_pressed_and_what_was_wrong_come_in_sight():
    """Below a whole page, whose fields are being written in."""
    app.key("ctrl+comma")
    app.wait("My page: passphrase, language, text size")
    app.click("button", "My page: passphrase, language, text size")
    app.wait("Change your passphrase")
    for field in ("Your present passphrase", "New passphrase", "The same once more"):
        app.click("text", field)
        app.type("seven lanterns over the quiet river")
    app.wait("Both are the same.")
    wait_in_sight("button", "Change")
    app.click("button", "Change")
    wait_in_sight("", "That is not your present passphrase. Nothing was changed.")


def her_own_digits_stand_in_all_that_the_window_counts():
    app.key("ctrl+comma")
    app.wait("My page: passphrase, language, text size")
    app.click("button", "My page: passphrase, language, text size")
    app.wait("हिन्दी")
    assert not app.shows("1 2 3"), "English has no digits of its own"
    app.click("button", "हिन्दी")
    app.wait("१ २ ३")
    app.click("button", "१ २ ३")
    app.key("alt+2")
    app.wait("९०")
    rows = [words for words in app.words().split("\n") if "९०" in words]
    assert rows and not any(re.search("[0-9]", words) for words in rows), rows
    app.check_quiet()


example = Example()
try:
    app = App(example.shefali, example.state, extra=example.around)
    app.unlock("Sunanda", WORDS)
    run([a_telephone_number_is_written_beside_a_name,
         a_wish_for_another_code_locks_and_asks_for_the_old_one,
         sentences_speak_of_the_child_where_not_only_girls_live,
         larger_buttons_are_of_one_person,
         what_can_be_pressed_and_what_was_wrong_come_in_sight,
         her_own_digits_stand_in_all_that_the_window_counts])
finally:
    if app:
        app.kill()
    example.remove()
