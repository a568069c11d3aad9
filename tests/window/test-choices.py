"""What a person chooses: filters that stay, acts taken back."""
import datetime
import os

from driver import App, Example, cli, run

example = Example()
app = App(example.shefali, example.state, extra=example.around)


def choose(question, answer, steps):
    """An answer of a drop-down, so many steps below the one that it has."""
    app.click("combo box", question)
    app.wait(answer)
    for _ in range(steps):
        app.key("Down")
    app.key("Return")


def tomorrow():
    """As the week is headed."""
    return (datetime.date.today() + datetime.timedelta(days=1)).strftime("%A %-d %B")


def the_week_is_one_press_away_and_so_is_today():
    headings = ["Due today", tomorrow()]        # the first 24 hours of the newest end in one of them
    app.unlock("Sunanda")
    app.wait("days overdue")
    app.click("button", "Show what is due in seven days")
    app.wait_gone("days overdue")
    app.key("ctrl+n")
    app.wait("Brought by")
    app.key("alt+Left")
    app.wait_gone("Brought by")
    app.wait_any(headings)
    assert not app.shows("days overdue"), "the week was not found again"
    app.click("button", "Show what is due in seven days")
    app.wait("days overdue")


def a_filter_stays_and_leads_back():
    app.key("alt+2")
    app.wait("Kadam")
    choose("Age", "Under 7 years", 1)
    app.wait_gone("Kadam")
    app.key("alt+1")
    app.wait_gone("What is due")
    app.key("alt+2")
    app.wait("Nobody in care fits what is chosen above.")
    app.click("button", "Show everybody in care")
    app.wait("Kadam")


def a_superintendent_changes_what_the_centre_is_called():
    app.key("alt+3")
    app.wait("About this centre")
    app.click("button", "About this centre")
    app.wait("Number of beds")
    app.click("button", "Change")
    app.click("text", "Name of the centre")
    app.key("ctrl+a")
    app.type("Shefali Bari at the river")
    app.key("Return")
    app.wait("Saved.")


def a_welcome_can_be_taken_back():
    app.key("alt+2")
    app.wait("In care 22")
    app.key("ctrl+n")
    app.wait("Brought by")
    app.type("15")
    app.key("ctrl+s")
    app.wait("Welcome, ")
    app.key("ctrl+z")
    app.wait("In care 22")
    assert app.quit() == 0
    assert app.messages() == "", app.messages()
    left = [name for name in os.listdir(example.shefali) if name.endswith("-wal")]
    assert left == [], "not closed: %s" % left
    told = cli(example.shefali, example.state, "centre", "show", staff="Sunanda")
    assert "Shefali Bari at the river" in told, told


if __name__ == "__main__":
    try:
        run([the_week_is_one_press_away_and_so_is_today, a_filter_stays_and_leads_back,
             a_superintendent_changes_what_the_centre_is_called, a_welcome_can_be_taken_back])
    finally:
        app.kill()
        example.remove()
