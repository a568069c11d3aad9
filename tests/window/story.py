"""The main job, played in the window by key presses and clicks, as two centres with a pen drive.

Leaves numbered pictures and an index.html that tells the story beside them. Fails if the words that
a step expects do not come onto the screen.
"""
import html
import os
import shutil
import subprocess
import sys
import tempfile
import time

from driver import App, NotSeen

OUT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "story")
begun = time.monotonic()
steps = []


def tell(app, sentence):
    """One picture, and what it shows."""
    name = "%02d.png" % (len(steps) + 1)
    subprocess.run(["xdotool", "mousemove", "1365", "400"], check=True)      # no tooltip over the page
    app.settle(0.3)
    app.shot(os.path.join(OUT, name))
    steps.append((name, sentence))
    print("%5.0f s  %s" % (time.monotonic() - begun, sentence))
    sys.stdout.flush()


def write_index(failed=None):
    with open(os.path.join(OUT, "index.html"), "w", encoding="utf-8") as page:
        page.write("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Sanrakshan: a day's work</title>"
                   "<meta name=\"viewport\" content=\"width=device-width\">"
                   "<style>body{font:17px/1.5 'Noto Sans',sans-serif;color:#242424;background:#fafafa;"
                   "max-width:62em;margin:48px auto;padding:0 24px}h1{line-height:1.2}"
                   "figure{margin:48px 0}figcaption{display:flex;gap:12px;margin-bottom:12px}"
                   "b{color:#1a5fb4;min-width:1.5em;text-align:right}"
                   "img{display:block;width:100%;border-radius:9px;box-shadow:0 1px 6px #0003}</style>"
                   "<h1>A day's work, and an exchange by hand</h1>"
                   "<p>Every picture was taken of the running programme. Nobody in it is real.</p>")
        for number, (name, sentence) in enumerate(steps, 1):
            page.write("<figure><figcaption><b>%d</b><span>%s</span></figcaption><img src=\"%s\" alt=\"\"></figure>"
                       % (number, html.escape(sentence), name))
        if failed:
            page.write("<p><strong>It stopped here: %s</strong></p>" % html.escape(failed))
        page.write("</html>\n")


def first_look(app):
    app.find_window()
    app.wait("Start a new centre")
    tell(app, "First start. Three ways in: a new centre, joining one, or looking around with example data.")
    app.click("button", "Look around with example data")
    app.wait("Two example centres are ready", 240)
    tell(app, "Two example centres are ready: Shefali Bari in the east, Gulmohar Ghar in the west.")
    app.click("button", "Shefali Bari")
    app.wait("Passphrase")
    tell(app, "Choose who you are. In the example the passphrase stands beside each name.")


def superintendent(app):
    app.unlock("Sunanda")
    app.wait("overdue")
    tell(app, "Sunanda, the superintendent, sees what waits: a little is overdue, and what comes soon.")
    app.key("ctrl+n")
    app.wait("Three quiet questions")
    app.type("15")
    tell(app, "A child is at the door. Her age is enough; a name to be called by, a sign and a bed are proposed.")
    app.key("ctrl+s")
    app.wait("What happened")
    app.wait("Next for her")
    tell(app, "She is welcomed. Her page says what is due in her first day; nothing else had to be written.")
    app.click("tab", "Plan")
    app.wait("Ask her first what she hopes for.")
    tell(app, "Her care plan is empty: ask her first what she hopes for.")


def counsellor(app):
    app.key("ctrl+l")
    app.wait("Passphrase")
    app.unlock("Mitali")
    app.wait("overdue")
    tell(app, "Mitali, the counsellor, has another day: a session that is late, a sheet that is due.")
    app.key("Return")
    app.wait("Her words")
    app.key("1")
    app.type("The garden smells good.")
    app.key("Tab")
    app.type("We walked once around the garden.")
    tell(app, "The first row of Today opens the session. Her own words come first; only counsellors read it.")
    app.key("ctrl+Return")
    app.wait("Finish anyway")
    app.key("Return")
    app.wait("Finished and signed")
    tell(app, "Finished and signed. From here on it stays as it is; corrections are added with their own date.")


def sheet(app):
    find_bakul(app)
    tell(app, "Bakul's page for her counsellor. A child is found in any script, by any spelling.")
    app.key("alt+w")
    app.settle(0.5)
    app.key("Down", "Return")
    app.wait("Digits answer and go on")
    app.key("3", "3", "2", "3", "3")
    tell(app, "Five digits for the five answers on her paper sheet. No running total: she may sit beside.")
    app.key("Return")
    app.wait("A screen, not a diagnosis")
    app.wait("more than chance would explain")
    tell(app, "The result says what it means, and asks for the next step.")
    app.key("1")
    app.key("ctrl+s")
    app.wait("Saved.")
    find_bakul(app)
    app.click("tab", "Outcomes")
    app.wait("More than chance would explain")
    tell(app, "Is she getting better? The band shows what chance alone would explain.")


def find_bakul(app):
    app.key("ctrl+f")
    app.type("bakul")
    app.settle(0.8)
    app.key("Return")
    app.wait("What happened")


def shoulder(app):
    app.key("ctrl+h")
    app.wait("Hide name")
    tell(app, "Her name is shown for one minute, and that is written down.")
    app.key("F12")
    app.settle(0.6)
    tell(app, "Somebody comes in: F12 covers the screen in one key.")
    app.key("space")
    app.wait("Names hidden")


def exchange(app, stick):
    app.key("ctrl+l")
    app.wait("Passphrase")
    app.unlock("Sunanda")
    app.wait("overdue")
    app.key("ctrl+e")
    app.wait("Exchange now")
    tell(app, "The practice pen drive is known here. Nothing leaves the laptop before Exchange is pressed.")
    app.click("button", "Exchange now with Practice pen drive")
    app.wait("Sent", 60)
    tell(app, "Done: what was sent, and what came.")


def other_centre(store, state, env):
    app = App(store, state, extra=env)
    try:
        app.unlock("Sunanda")
        app.key("ctrl+e")
        app.wait("Exchange now")
        app.click("button", "Exchange now with Practice pen drive")
        app.wait("See what there is to review", 60)
        tell(app, "The other laptop, in Gulmohar Ghar: it received the notes, and one thing is to review.")
        app.key("ctrl+r")
        app.wait("Written without seeing each other")
        tell(app, "Both centres had corrected the school's name without seeing each other.")
        app.key("1")
        app.wait("Nothing to review")
        tell(app, "One key decides. Both versions stay in the history.")
        app.key("ctrl+l")
        app.wait("Passphrase")
        tell(app, "Locked: a calm page.")
        check_quiet(app)
        app.quit()
    finally:
        app.kill()


def check_quiet(app):
    messages = app.messages()
    if messages:
        raise AssertionError("the programme complained: " + messages)


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    os.makedirs(OUT)
    home = tempfile.mkdtemp(prefix="san-story-")
    env = {"XDG_DATA_HOME": home + "/data", "XDG_STATE_HOME": home + "/state-home"}
    app = App(None, None, extra=env)
    failed = None
    try:
        first_look(app)
        superintendent(app)
        counsellor(app)
        sheet(app)
        shoulder(app)
        exchange(app, None)
        check_quiet(app)
        app.quit()
        example = home + "/data/sanrakshan-example"
        other_centre(example + "/gulmohar-ghar", example + "/state", env)
    except (NotSeen, AssertionError, subprocess.CalledProcessError) as problem:
        failed = str(problem)
        try:
            tell(app, "Here it stopped.")
        except (NotSeen, AssertionError, subprocess.CalledProcessError):
            pass
    finally:
        app.kill()
        shutil.rmtree(home, ignore_errors=True)
    write_index(failed)
    if failed:
        print("Failed: " + failed)
        return 1
    print("%d steps, %.0f s. The pictures: %s/index.html" % (len(steps), time.monotonic() - begun, OUT))
    return 0


sys.exit(main())
