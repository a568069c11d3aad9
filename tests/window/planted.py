"""A child and her words that stand nowhere else: planted, shown and typed, then looked for after a lock."""
import os

from driver import Example, cli

NAME, ALIAS, NOTE, TYPED, PASSPHRASE = "Quixotavelli", "Zefirunda", "plumvortex", "grimsprocket", "example words only here"
PLANTED = [NAME, ALIAS, NOTE, TYPED, PASSPHRASE]
made = None


def setup():
    """Two example centres, with her in one of them."""
    global made
    if made is None:
        made = Example()
        os.unlink(os.path.dirname(made.shefali) + "/README.txt")    # tells the passphrases of the example
        cli(made.shefali, made.state, "--json", "child", "admit", "--set", "alias=" + ALIAS, "--set",
                    "name=" + NAME, "--set", "age=15", "--set", "tonight=" + NOTE, staff="Anjali")
    return made


def look_at_everything(app):
    """Her name, her page, what is written of her; a note begun, copied and left as a draft."""
    app.press("ctrl+f")
    app.write(ALIAS.lower())
    app.wait(ALIAS)
    app.press("Return")
    app.wait("What happened")
    app.wait(NOTE)
    app.press("ctrl+h")
    app.wait(NAME)
    app.press("alt+2")
    app.wait("Welcome a child")
    app.quiet()
    app.press("End")        # of rows out of sight newer GTK tells nothing; she has no bed and comes last
    app.wait(ALIAS)
    app.press("ctrl+n")
    app.wait("Three quiet questions")
    app.click("text", "What helps tonight")
    app.write(TYPED)
    app.press("ctrl+a")
    app.press("ctrl+c")
    app.quiet()
