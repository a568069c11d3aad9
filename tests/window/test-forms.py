"""A form as it is filled in and read: where the focus goes back to, a run of questions, what is closed."""
from driver import App, Example, run

example = Example()
app = None


def enter(person):
    global app
    if app:
        app.quit()
        assert app.messages() == "", app.messages()
    app = App(example.shefali, example.state, extra=example.around)
    app.unlock(person)


def there(role, name=""):
    """Waits until what has the focus is of that role and name."""
    for _ in range(600):
        node = app.focused()
        if node is not None and role in node.role and name in node.name:
            return node
        app.settle(0.1)
    raise AssertionError("the focus is at %s" % (node and (node.role, node.name)))


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
    there("text", "Given name")
    app.type("abc")
    app.key("Left", "F2")
    there("button", "Not known")
    app.key("Escape")
    there("text", "Given name")
    app.type("X")
    for _ in range(100):
        if app.focused().text() == "abXc":
            break
        app.settle(0.1)
    assert app.focused().text() == "abXc", app.focused().text()


def all_that_is_blank_in_a_section_is_said_at_once():
    for _ in range(20):
        if "list item" in app.focused().role:
            break
        app.key("shift+Tab")
    there("list item", "Leaving home")
    app.key("F2")
    there("button", "Not known")
    app.key("a")
    there("list item", "Leaving home")
    app.wait("not asked")
    assert app.words().split("\n").count("2/2") == 1, app.words()
    app.key("F2")
    there("button", "Not known")
    app.key("c")
    app.wait_gone("not asked")
    there("list item", "Leaving home")


def a_worry_takes_the_focus_and_gives_it_back():
    enter("Mitali")
    app.wait("Not seen for two weeks")
    app.key("Return")
    app.wait("Am I worried")
    there("", "Mental health")
    app.key("1")
    app.type("The garden smells good.")
    app.key("Tab", "Tab")
    there("", "Easier")
    app.key("1")
    there("", "Yes")
    app.key("1")
    app.wait("Tell Sunanda")
    there("", "Sunanda")
    app.click("button", "Close")
    app.wait_gone("Tell Sunanda")
    there("text", "Next time")


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
    app.wait_gone("What we did")
    app.quit()
    assert app.messages() == "", app.messages()


try:
    run([a_menu_gives_the_cursor_back, all_that_is_blank_in_a_section_is_said_at_once,
         a_worry_takes_the_focus_and_gives_it_back, what_was_left_blank_is_one_line])
finally:
    app.kill()
    example.remove()
