"""Bar 18: whoever closes a page by Escape is back at what opened it; and a notice that comes by itself
neither takes the focus nor keeps it."""
import json
import os

import media
import ways
from driver import App, Example, Focus, NotSeen, cli, run
from walk import Stops, go_to

no_media = media.begin()
made = Example()
ways.write_order(made, "ORD-76")
app = App(made.shefali, made.state, extra=made.around)
STICK = "/media/keys-%d" % os.getpid()
focus, stops = Focus(), Stops(app)


def page(key, words):
    app.key(key)
    app.wait(words)
    ways.still(app)


def back_to(name):
    """Escape, and the focus is where it was."""
    focus.forget()
    app.key("Escape")
    try:
        focus.wait(name)
    except NotSeen:
        raise NotSeen("not back at “%s”: %s" % (name, focus.told[-3:]))


class Ways:
    """From a page to another by what stands on it, and back; how many, and what is wrong."""

    def __init__(self):
        self.n, self.wrong = 0, []

    def __call__(self, name, opened, *keys):
        """What has the focus now opens, by Enter and these keys, a page with these words."""
        try:
            for key in ("Return",) + keys:
                app.key(key)
                ways.still(app)
            app.wait(opened)
            back_to(name)
            self.n += 1
        except NotSeen as problem:
            self.wrong.append("%s: %s" % (opened, str(problem)[:200]))
            app.key("Escape")
        ways.still(app)

    def by_tab(self, words, role, opened, *keys):
        self(go_to(app, stops, words, role).name, opened, *keys)

    def done(self):
        assert not self.wrong, "; ".join(self.wrong)
        return "%d pages" % self.n


def focused_name():
    app.settle(0.3)
    return focus.told[-1][1]


def to_row(words):
    for _ in range(20):
        if words in focus.told[-1][1]:
            return
        focus.step(app, "Down")
    raise NotSeen("no row “%s”" % words)


def bar_18_back_to_the_row_of_lists():
    ways.enter(app, "Sunanda")
    went = Ways()
    page("alt+2", "Follow-up")
    app.key("Down", "Down", "Down")
    went(focused_name(), "What happened")
    page("alt+1", "What waits")
    app.key("Down")
    went(focused_name(), "Save")
    return went.done()


def bar_18_back_to_the_row_of_the_week():
    ways.enter(app, "Sunanda")
    went = Ways()
    page("alt+1", "What waits")
    go_to(app, stops, "Show what is due in seven days", "button")
    app.key("Return")
    ways.still(app)
    rows = go_to(app, stops, "bed ", "list item")
    app.key("Down", "Down")
    focused_name()
    assert focus.told[-1][1] != rows.name, "the week has one row"
    went(focused_name(), "Save")
    return went.done()


def by_help(name, page_words):
    """What has the focus still has it after the help of its page was read."""
    app.key("F1")
    app.wait_gone(page_words)
    ways.still(app)
    back_to(name)
    app.wait(page_words)


def bar_18_back_to_the_card_of_to_review():
    """Both centres corrected the same answer before they met again."""
    global app, stops
    app.kill()
    for store in (made.gulmohar, made.shefali):
        cli(store, made.state, "exchange", made.stick, staff="Sunanda")
    app = App(made.shefali, made.state, extra=made.around)
    stops = Stops(app)
    ways.enter(app, "Sunanda")
    page("ctrl+r", "Which one shall stand?")
    by_help(go_to(app, stops, "Write another", "button").name, "Which one shall stand?")


def bar_18_back_to_her_number():
    """Somebody waits to read."""
    global app, stops
    app.kill()
    slip = json.loads(cli(made.shefali, made.state, "--json", "staff", "add", "Ira", "--role", "counsellor", staff="Sunanda"))["slip"]
    own = made.dir + "/own"
    with open(own, "w") as file:
        file.write("words that only Ira knows\n")
    cli(made.shefali, made.state, "staff", "passphrase", "--new-passphrase-file", own, staff="Ira", words=slip)
    app = App(made.shefali, made.state, extra=made.around)
    stops = Stops(app)
    ways.enter(app, "Mitali")
    app.wait("Ira waits to read")
    app.click("button", "Compare")
    app.wait("Sit beside her.")
    ways.still(app)
    by_help(go_to(app, stops, "The number on her screen", "text").name, "Sit beside her.")


def bar_18_back_to_what_opened_it_on_her_page():
    ways.enter(app, "Sunanda")
    went = Ways()
    ways.her_page(app, "bakul")
    ways.still(app)
    app.key("Down")
    went(focused_name(), "Save")
    went.by_tab("Order of the committee", "list item", "Stay ordered until")
    went.by_tab("More about this page", "button", "Who looked at her file", "Down", "Return")
    return went.done()


def bar_18_back_to_what_opened_it_elsewhere():
    ways.enter(app, "Sunanda")
    went = Ways()
    page("alt+4", "Other places")
    went.by_tab("Pair with a centre", "button", "Give your card")
    went.by_tab("Share a child", "button", "Which child")
    page("ctrl+comma", "Lock after so many minutes")
    went.by_tab("My page", "button", "Text size")
    return went.done()


def bar_18_back_to_the_row_of_a_counsellor():
    ways.enter(app, "Mitali")
    went = Ways()
    page("alt+1", "What waits")
    went(focused_name(), "Her words")
    to_row("CRIES-8")
    went(focused_name(), "Digits answer and go on")
    return went.done()


def bar_18_back_to_the_question_of_a_paper():
    ways.enter(app, "Sunanda")
    went = Ways()
    ways.order_of_hers(app, "bakul", "ORD-76")
    app.wait("Case and order number")
    ways.still(app)
    went.by_tab("Look at it", "button", "It is shown from the sealed store.")
    return went.done()


def bar_18_back_to_the_question_from_its_history():
    """It stands below the question: F2 and H, and one is where one was."""
    go_to(app, stops, "Case and order number", "text")
    here = focus.told[-1]
    app.key("F2")
    app.wait("Not asked")
    app.key("h")
    ways.still(app)
    assert focus.told[-1] == here, "it went %s" % focus.told[-3:]
    return "“%s”" % here[1]


def bar_18_back_on_a_new_laptop():
    """Who looks at one way in and comes back stands at that way."""
    global app, stops
    app.kill()
    app = App(None, made.state, extra={"XDG_DATA_HOME": made.dir + "/nothing"})
    stops = Stops(app)
    app.find_window()
    app.wait("Start a new centre")
    ways.still(app)
    went = Ways()
    went.by_tab("Restore a backup", "button", "Where is the old laptop?")
    went.by_tab("Join this laptop", "button", "Choose the card")
    return went.done()


def said(field):
    return next((n.text() or "" for n in app.nodes() if n.role == "text" and n.name == field), "")


def wait_said(field, words):
    for _ in range(300):
        if said(field) == words:
            return
        app.settle(0.1)
    raise NotSeen("“%s” stands in %s, not “%s”" % (said(field), field, words))


def plug_and_put_off(stick, press):
    """The strip of a pen drive comes while somebody writes; after Not now she writes on."""
    focus.forget()
    stick.plug()
    app.wait("Not now")
    ways.still(app)
    assert not focus.told, "the strip took the focus: %s" % focus.told
    press()
    app.wait_gone("Not now")
    ways.still(app)
    stick.pull()
    ways.still(app)


def not_now_by_tab():
    go_to(app, stops, "Not now", "button")
    app.key("Return")


def bar_18_a_strip_gives_the_focus_back():
    if no_media:
        return no_media
    ways.enter(app, "Sunanda")
    ways.her_page(app, "bakul")
    ways.still(app)
    ways.write(app, focus, "Health check")
    app.wait("General condition")
    ways.still(app)
    app.key("ctrl+Down")
    focus.wait("General condition")
    app.type("one ")
    stick = media.Medium(STICK)
    stick.pull()
    ways.still(app)
    plug_and_put_off(stick, lambda: app.click("button", "Not now"))
    app.type("two ")
    wait_said("General condition", "one two ")
    plug_and_put_off(stick, not_now_by_tab)
    assert focus.told[-1] == focus.told[-4], "it went %s" % focus.told[-4:]     # before Exchange and Not now
    written = focus.told[-1]
    focus.forget()
    app.key("ctrl+s")
    app.wait("Undo")
    ways.still(app)
    assert set(focus.told) <= {written}, "the toast took the focus: %s" % focus.told
    return "2 strips, 1 toast"


try:
    run([bar_18_back_to_the_row_of_lists, bar_18_back_to_what_opened_it_on_her_page,
         bar_18_back_to_what_opened_it_elsewhere, bar_18_back_to_the_row_of_a_counsellor,
         bar_18_back_to_the_question_of_a_paper, bar_18_back_to_the_question_from_its_history,
         bar_18_a_strip_gives_the_focus_back, bar_18_back_to_the_row_of_the_week,
         bar_18_back_to_the_card_of_to_review, bar_18_back_to_her_number, bar_18_back_on_a_new_laptop])
finally:
    app.kill()
    made.remove()
