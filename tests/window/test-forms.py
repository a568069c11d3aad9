"""A form as it is filled in and read: where the focus goes back to, a run of questions, what is closed,
how it is corrected."""
import os

from driver import PATIENCE, App, Example, Focus, NotSeen, run

example = Example()
app = None
focus = Focus()
others = set()         # drafts


def enter(person):
    global app
    if app:
        app.quit()
        assert app.messages() == "", app.messages()
    app = App(example.shefali, example.state, extra=example.around)
    app.unlock(person)


def a_menu_gives_the_cursor_back():
    enter("Sunanda")
    app.key("ctrl+f")
    app.type("bakul")
    app.wait("Bakul")
    app.settle(0.5)
    app.key("Return")
    app.wait("Next for her")
    app.key("alt+w")
    app.wait("Family and home")
    app.key("Down", "Return")
    app.wait("Pet names")
    focus.wait("Given name", "text")
    app.type("abc")
    app.key("Left", "F2")
    focus.wait("Not known", "button")
    app.key("Escape")
    focus.wait("Given name", "text")
    app.type("X")
    for _ in range(600):
        if app.find("text", "Given name").text() == "abXc":
            return
        app.settle(0.1)
    raise AssertionError(app.find("text", "Given name").text())


def all_that_is_blank_in_a_section_is_said_at_once():
    for _ in range(20):
        if focus.told and "list item" in focus.told[-1][0]:
            break
        app.key("shift+Tab")
    focus.wait("Leaving home", "list item")
    app.key("F2")
    focus.wait("Not known", "button")
    app.key("a")
    focus.wait("Leaving home", "list item")
    app.wait("not asked")
    assert app.words().split("\n").count("2/2") == 1, app.words()
    app.key("F2")
    focus.wait("Not known", "button")
    app.key("c")
    app.wait_gone("not asked")
    focus.wait("Leaving home", "list item")


def a_worry_takes_the_focus_and_gives_it_back():
    enter("Mitali")
    app.wait("Not seen for two weeks")
    app.key("Return")
    app.wait("Am I worried")
    focus.wait("Mental health")
    app.key("1")
    app.type("The garden smells good.")
    app.key("Tab", "Tab")
    focus.wait("Easier")
    app.key("1")
    focus.wait("Yes")
    app.key("1")
    app.wait("Tell Sunanda")
    focus.wait("Sunanda")
    app.click("button", "This is agreed")
    app.wait_gone("Tell Sunanda")
    focus.wait("Next time", "text")


def what_was_left_blank_is_one_line():
    app.key("ctrl+Return")
    app.wait("After that only corrections can be added.")
    app.key("Return")
    app.wait("Finished and signed by Mitali, today")
    app.wait("questions were left blank.")
    seen = app.words().split("\n")
    assert "Her words" in seen and "What we did" not in seen and "–" not in seen, seen
    app.click("button", "Show them")
    app.wait("What we did")
    app.click("button", "Leave them out")
    app.wait("Show them")


def soon(holds, what):
    for _ in range(int(PATIENCE * 10)):
        if holds():
            return
        app.settle(0.1)
    raise NotSeen(what())


def wait_for_correction(wanted):
    def there():
        return app.find("text", "Correction").text()

    app.wait("Add and sign")
    soon(lambda: there() == wanted, lambda: "“%s”, not “%s”" % (there(), wanted))


def drafts():
    """Mitali's; another's that was there before is left out."""
    return sorted(set(os.listdir(example.shefali + "/drafts")) - others)


def a_killed_window_leaves_the_correction_that_was_typed():
    global app, others
    others = set(drafts())
    app.key("alt+c")
    app.wait("Add and sign")
    app.settle(0.5)
    app.type("Her aunt came")
    wait_for_correction("Her aunt came")
    app.wait("Draft kept at")
    app.wait("Finished and signed by Mitali")
    app.settle(3)                       # the last letters are kept too
    app.kill()
    assert len(drafts()) == 1, drafts()
    app = None
    enter("Mitali")
    app.click("button", "Go on")
    wait_for_correction("Her aunt came")
    app.wait("Finished and signed by Mitali")


def a_lock_leaves_the_correction_that_was_typed():
    app.key("Left", "Left", "Left", "Left")
    app.type("also ")
    app.key("ctrl+l")                   # at once: nothing waits for the last letters
    app.wait("Open")
    app.unlock("Mitali")                # leads back to where she was, and to her cursor
    wait_for_correction("Her aunt also came")
    app.type("really ")
    wait_for_correction("Her aunt also really came")


def a_correction_that_is_signed_or_given_up_is_no_draft():
    app.click("button", "Add and sign")
    app.wait("Correction by Mitali")
    app.wait(": Her aunt also really came")
    soon(lambda: drafts() == [], lambda: "a draft of what is signed")
    app.key("alt+c")
    app.wait("Add and sign")
    app.settle(0.5)
    wait_for_correction("")
    app.type("no")
    soon(drafts, lambda: "no draft was kept")
    app.key("BackSpace", "BackSpace")
    soon(lambda: drafts() == [], lambda: "a draft of what was given up")
    app.quit()
    assert app.messages() == "", app.messages()


try:
    run([a_menu_gives_the_cursor_back, all_that_is_blank_in_a_section_is_said_at_once,
         a_worry_takes_the_focus_and_gives_it_back, what_was_left_blank_is_one_line,
         a_killed_window_leaves_the_correction_that_was_typed, a_lock_leaves_the_correction_that_was_typed,
         a_correction_that_is_signed_or_given_up_is_no_draft])
finally:
    if app:
        app.kill()
    example.remove()
