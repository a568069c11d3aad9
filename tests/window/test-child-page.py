"""A child's page as a counsellor has it: what is closed to her says who reads it and no more, keys
open the list of who looked and turn the charts into tables."""
import time

from driver import PATIENCE, App, Atspi, Example, NotSeen, run

example = Example()
app = None


def show(section):
    app.click("tab", section)


def a_closed_section_says_who_can_be_asked_and_no_more():
    show("Health")
    app.wait("Last written: ")
    app.wait("Sima, Sunanda can read it; ask one of them.")
    app.wait("What everybody here may know")
    assert not app.shows("Weight and height"), app.words()
    assert not app.shows("Written so far"), app.words()


def who_may_be_in_touch_stands_at_the_head_of_family():
    show("Family")
    app.wait("Who may be in touch")
    app.wait("At the gate")
    app.click("", "When it was written, and what was taken back")
    app.wait("Whom we may tell · Anjali. ")


def wait_pressed(wanted):
    """Of GTK 4.8 only the buttons tell at once whether the tables are there."""
    seen, end = None, time.monotonic() + PATIENCE
    while time.monotonic() < end:
        seen = [n.has(Atspi.StateType.PRESSED) or n.has(Atspi.StateType.CHECKED) for n in app.nodes()
                if n.name == "As a table" and "button" in n.role]
        if seen and all(one == wanted for one in seen):
            return
        app.settle(0.1)
    raise NotSeen("buttons pressed: %s" % seen)


def t_turns_the_charts_into_tables():
    show("Outcomes")
    app.wait("As a table")
    assert not app.shows("Beside the first"), app.words()
    app.key("t")
    app.wait("Beside the first")
    wait_pressed(True)
    app.key("t")
    wait_pressed(False)


def ctrl_i_opens_who_opened_it():
    app.key("ctrl+i")
    app.wait("Who looked at her file on this laptop")
    app.check_quiet()


try:
    app = App(example.shefali, example.state, extra=example.around)
    app.unlock("Mitali")
    app.key("ctrl+f")
    app.type("bakul")
    app.wait("Bakul, bed")
    app.key("Return")
    app.wait("What happened")
    run([a_closed_section_says_who_can_be_asked_and_no_more, who_may_be_in_touch_stands_at_the_head_of_family,
         t_turns_the_charts_into_tables, ctrl_i_opens_who_opened_it])
finally:
    if app:
        app.kill()
    example.remove()
