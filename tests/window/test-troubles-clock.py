"""The laptop's date is wrong: 2000 after a flat battery, 2099 after a slip of the finger; and right again."""
import datetime
import json
import time

from driver import App, Example, cli, run, weather

WRONG = "This laptop says %s, the last note says %s. Set the date, or go on: notes stay in order either way."
RIGHT = "The date is right"
GOOD = "Good. From now on the date of this laptop counts."

example = app = None


def seconds_to(year):
    return int(datetime.datetime(year, 1, 1, 12).timestamp() - time.time())


def today():
    return datetime.date.today().strftime("%-d %b %Y")


def open_app(year=None):
    global app
    extra = dict(example.around, **(weather(clock=seconds_to(year)) if year else {}))
    if app:
        app.kill()
    app = App(example.shefali, example.state, extra=extra)
    app.unlock("Sunanda")


def write_a_note(words):
    """What helps her: a new record of Bakul's."""
    app.key("ctrl+f")
    app.type("bakul")
    app.wait("found by")
    app.key("Return")
    app.wait("What happened")
    app.click("button", "Write")
    app.wait("What helps and what to watch")
    for _ in range(20):
        if app.focused() and app.focused().name == "What helps and what to watch":
            break
        app.key("Down")
    app.key("Return")
    app.wait("What helps her, second")
    app.click_node([node for node in app.nodes() if node.name == "What helps her" and node.role in ("text", "entry")][0])
    app.type(words)
    app.key("ctrl+s")
    app.wait("Saved at")


def note(words):
    """That record as the command line shows it."""
    told = json.loads(cli(example.shefali, example.state, "--json", "child", "show", "Bakul", staff="Sunanda"))
    for row in told["records"]:
        if row["form"] == "flags":
            shown = cli(example.shefali, example.state, "--json", "record", "show", row["id"], staff="Sunanda")
            if words in shown:
                return json.loads(shown)
    raise AssertionError("“%s” is not there" % words)


def verified():
    told = json.loads(cli(example.shefali, example.state, "--json", "verify", staff="Sunanda"))
    assert told["ok"] and told["problems"] == [], told


def a_clock_of_2000_is_told_and_notes_are_kept():
    open_app(2000)
    app.wait(WRONG % ("1 Jan 2000", today()))
    assert app.shows(RIGHT)
    write_a_note("A lamp at night.")
    app.check_quiet()
    assert note("A lamp at night.")["fields"]["help-1"]["at"].startswith("2000-01-01"), "the doubtful day was not kept as it was"


def after_it_the_right_date_is_believed_at_once():
    open_app()
    app.wait("overdue")
    app.settle(1)
    assert not app.shows(RIGHT), app.words()
    write_a_note("Her own cup.")
    app.check_quiet()
    note("A lamp at night.")
    note("Her own cup.")
    verified()


def a_clock_of_2099_is_told_and_notes_are_kept():
    open_app(2099)
    app.wait(WRONG % ("1 Jan 2099", today()))
    write_a_note("The door ajar.")
    app.check_quiet()
    open_app()
    app.wait("overdue")
    app.settle(1)
    assert not app.shows(RIGHT), app.words()        # it was never believed
    app.check_quiet()
    verified()


def who_said_that_2099_is_right_can_say_so_again_of_the_right_date():
    open_app(2099)
    app.wait(WRONG.split(",")[0] % "1 Jan 2099")
    app.click("button", RIGHT)
    app.wait(GOOD)
    app.wait_gone(RIGHT)
    write_a_note("A song.")
    app.check_quiet()
    open_app()
    app.wait(WRONG % (today(), "1 Jan 2099"))
    app.click("button", RIGHT)
    app.wait(GOOD)
    app.wait_gone(RIGHT)
    write_a_note("No mirrors.")
    app.check_quiet()
    open_app()
    app.wait("Names hidden")
    app.settle(1)
    assert not app.shows(RIGHT), app.words()
    app.check_quiet()
    for words in ("A lamp at night.", "Her own cup.", "The door ajar.", "A song.", "No mirrors."):
        note(words)
    verified()


example = Example()
try:
    run([a_clock_of_2000_is_told_and_notes_are_kept, after_it_the_right_date_is_believed_at_once,
         a_clock_of_2099_is_told_and_notes_are_kept, who_said_that_2099_is_right_can_say_so_again_of_the_right_date])
finally:
    if app:
        app.kill()
    example.remove()
