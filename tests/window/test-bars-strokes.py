"""Bars of strokes: how many fields and strokes the main tasks take, counted by the driver. One window
for all of them; every task begins where its person is, and none opens a dialog (bar 23)."""
import json
import os
import time

import ways
from driver import PATIENCE, WORDS, App, Atspi, Example, Focus, NotSeen, cli, run

made = Example()
stick = made.dir + "/stick"
os.mkdir(stick)


def whole_plan():
    """Arjun's plan gets a line where it has none."""
    def ours(*words):
        return cli(made.shefali, made.state, *words, staff="Anjali")
    child = next(c for c in json.loads(ours("--json", "child", "list"))["children"] if c["alias"] == "Arjun")
    plan = next(r for r in json.loads(ours("--json", "child", "show", child["id"]))["records"] if r["form"] == "icp-a")
    lines = ["c%d.eeeeeee%d.step=A small step." % (n, n % 10) for n in (3, 6, 7, 8, 9, 10)]
    ours("record", "set", plan["id"], *lines)


cli(made.shefali, made.state, "place", "add", "Stick", "file://" + stick, staff="Sunanda")
whole_plan()
focus = Focus()
app = App(made.shefali, made.state, extra=made.around)
dialogs = []


def enter(person):
    """As this person, with Today's first row under her hands."""
    if not app.shows(person + " · "):
        ways.enter(app, person)
    focus.forget()
    app.key("alt+1")
    focus.wait(", bed ", "list item")
    app.count()


def waiting():
    """What waits, in its order, as it is spoken."""
    nodes = app.nodes()
    at = next(i for i, n in enumerate(nodes) if n.role == "list" and n.name == "What waits")
    return [n.name for n in nodes[at:] if n.role == "list item" and n.depth == nodes[at].depth + 1
            and n.parent == nodes[at].path]


def go_to_row(words):
    """With the arrows; where it stands."""
    for row in range(20):
        if words in focus.told[-1][1]:
            return
        told = len(focus.told)
        app.key("Down")
        end = time.monotonic() + PATIENCE
        while len(focus.told) == told and time.monotonic() < end:
            app.settle(0.03)
    raise NotSeen("no row “%s”" % words)


def back_at_the_row_after(before, words):
    """Escape, once it is finished: the row that came next has the focus."""
    focus.forget()
    app.key("Escape")
    focus.wait(", bed ", "list item")
    app.settle(0.5)
    after = before[before.index(next(row for row in before if words in row)) + 1]
    assert focus.told[-1][1] == after, "the focus went to %s, next was %s" % (focus.told[-1], after)


def wait_text(field, end_of_it):
    end = time.monotonic() + PATIENCE
    seen = None
    while time.monotonic() < end:
        seen = [n.text() or "" for n in app.nodes() if n.role == "text" and n.name == field]
        if seen and seen[0].endswith(end_of_it):
            return
        app.settle(0.1)
    raise NotSeen("in “%s” stands %s" % (field, seen))


def no_dialog():
    """Windows beside the one, and whatever calls itself a dialog."""
    nodes = app.nodes()
    windows = sum(1 for n in nodes if n.depth == 1)
    dialogs.append(windows - 1 + sum(1 for n in nodes if "dialog" in n.role))
    assert dialogs[-1] == 0, "%d dialogs" % dialogs[-1]


def bar_16_unlock_takes_one_field_and_one_stroke():
    app.find_window()
    app.wait("Sunanda")
    app.count()
    app.type(WORDS)
    app.key("Return")
    figure = app.counted(1, 1)
    focus.wait(", bed ", "list item")
    return figure


def bar_22_the_first_due_row_is_spoken_with_its_state():
    role, name = focus.told[-1]
    assert name == waiting()[0], name
    assert "days overdue." in name, name
    return "“%s”" % name


def bar_3_today_to_the_form_of_the_first_overdue_item():
    enter("Sunanda")
    app.key("Return")
    figure = app.counted(0, 2)
    app.wait("Finish and sign")
    no_dialog()
    return figure


def begin_a_welcome(age):
    enter("Sunanda")
    app.key("ctrl+n")
    focus.wait("Age", "text")
    app.type(age)


def bar_1_admit_with_the_minimum():
    begin_a_welcome("15")
    app.key("Tab", "Tab")
    focus.wait("Police")
    app.fields += 1                     # who brought her is an answer too, though one key gives it
    app.key("2")
    app.key("ctrl+s")
    figure = app.counted(2, 6)
    app.wait("What happened")
    focus.wait("by ", "list item")      # her page, at the first thing that is next for her
    no_dialog()
    return figure


def bar_2_find_a_child_by_three_letters_of_another_script():
    enter("Sunanda")
    app.layout("in(ben)")
    try:
        app.key("ctrl+41", "29", "45", "42")        # Ctrl+F, then the letters of "বকু"
        app.wait("found by alias")
        app.key("Return")
    finally:
        app.layout("us")
    figure = app.counted(0, 5)
    app.wait("What happened")
    app.wait("Bakul")
    no_dialog()
    return figure


def bar_10_what_moved_with_little_to_tell():
    """A plan with a line in each of its ten categories."""
    enter("Sunanda")
    go_to_row("Arjun")
    before = waiting()
    app.key("Return")
    focus.wait("Her words", "text")
    cards = sum(1 for n in app.nodes() if n.name == "It moved" and "label" not in n.role)
    assert cards == 10, "%d lines" % cards
    app.count()
    app.type("I can sew a straight line now.")
    for _ in range(9):                  # her line is that of the first; then nothing new, nine times
        focus.forget()
        app.key("Return")
        focus.wait("It moved")
    last = app.focused().rectangle()
    assert not any(n.name == "It moved" and n.rectangle().y > last.y for n in app.nodes() if "label" not in n.role)
    app.key("ctrl+Return")
    app.wait("Finish anyway")
    app.key("Return")
    figure = app.counted(1, 9 + 2)
    app.wait("Finished and signed")
    no_dialog()
    back_at_the_row_after(before, "Arjun")
    return "%s, %d lines of the plan" % (figure, cards)


def bar_14_plugged_to_everything_exchanged():
    def there():
        return [name for folder in (stick, made.stick) for _, _, names in os.walk(folder) for name in names]
    enter("Sunanda")
    before = there()
    app.key("ctrl+e")
    focus.wait("Exchange now", "button")
    app.key("Return")
    figure = app.counted(0, 2)
    app.wait("Sent")
    assert set(there()) - set(before), "nothing on the stick"
    no_dialog()
    return figure


def welcome_form_outlives_the_lock():
    begin_a_welcome("14")
    app.key("Tab", "Tab", "Tab")
    focus.wait("Arrived")
    app.type("08:15")
    focus.forget()
    app.key("ctrl+l")
    app.wait("Passphrase")
    app.unlock("Sunanda")
    app.wait("Three quiet questions")
    focus.wait("Arrived", "text")
    wait_text("Age", "14")
    wait_text("Arrived", " 08:15")
    app.type("x")
    wait_text("Arrived", " 08:15x")
    return "words, focus and cursor as they were"


def bar_8_a_session_beside_what_is_typed():
    """With whom it was is proposed: as the last time, else the child alone."""
    enter("Mitali")
    go_to_row("Shimul")
    before = waiting()
    app.key("Return")
    focus.wait("Mental health")
    pressed = [n.name for n in app.nodes() if "label" not in n.role and n.has(Atspi.StateType.PRESSED)]
    assert "Child" in pressed, pressed
    app.count()
    app.key("1")
    focus.wait("Her words")
    app.type("The garden smells good.")
    app.key("Tab")
    app.type("We walked once around the garden.")
    app.key("Tab")
    focus.wait("Easier")
    app.key("1")
    focus.wait("Yes")
    app.key("2")
    app.key("ctrl+Return")
    app.wait("After that only corrections can be added.")
    app.key("Return")
    figure = app.counted(2, 9)
    app.wait("Finished and signed")
    no_dialog()
    back_at_the_row_after(before, "Shimul")
    return figure


def bar_9_a_scale_of_eight_items():
    enter("Mitali")
    go_to_row("CRIES-8")
    app.key("Return")
    app.wait("Digits answer and go on")
    focus.wait("omes to mind")
    app.count()
    app.key(*"01350135")
    focus.wait("Show result")
    app.key("Return")
    app.wait("A screen, not a diagnosis")
    app.key("1")
    app.key("ctrl+s")
    figure = app.counted(0, 8 + 3)
    app.wait("Saved.")
    no_dialog()
    return figure


def bar_9_any_answer_of_self_harm_opens_the_panel():
    """Every item of every sheet that asks for it, with every answer above none; the others never do."""
    enter("Mitali")
    go_to_row("PHQ-A")
    app.key("Return")
    app.wait("Digits answer and go on")
    opened = 0
    app.key(*"00000000")
    # the ninth item with each of its answers, then the twelfth and the thirteenth
    for answers in (["1"], ["Up", "minus", "Up", "2"], ["Up", "minus", "Up", "3"], ["Up", "minus", "0", "0", "1"],
                    ["Up", "minus", "1"]):
        app.key(*answers)
        app.wait("thought of harming herself")
        opened += 1
        app.click("button", "This is agreed")
        app.wait_gone("Who is responsible for her today?")
    no_dialog()
    return "%d of 5" % opened


def bar_23_no_task_opens_a_dialog():
    assert sum(dialogs) == 0 and len(dialogs) >= 8, dialogs
    return "0 in %d tasks" % len(dialogs)


try:
    run([bar_16_unlock_takes_one_field_and_one_stroke, bar_22_the_first_due_row_is_spoken_with_its_state,
         bar_3_today_to_the_form_of_the_first_overdue_item, bar_1_admit_with_the_minimum,
         bar_2_find_a_child_by_three_letters_of_another_script, bar_10_what_moved_with_little_to_tell,
         bar_14_plugged_to_everything_exchanged, welcome_form_outlives_the_lock,
         bar_8_a_session_beside_what_is_typed, bar_9_a_scale_of_eight_items,
         bar_9_any_answer_of_self_harm_opens_the_panel, bar_23_no_task_opens_a_dialog])
finally:
    app.kill()
    made.remove()
