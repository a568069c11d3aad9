"""Two at one store: the command line has it while the window opens, the window has it while the command line asks."""
import json
import re
import signal
import subprocess
import time

from driver import BUILD, PATIENCE, WORDS, App, Example, cli, environment, run

ELSEWHERE = re.compile(r"The records are open elsewhere on this laptop \(since [^)]+\): in a terminal, or where somebody else is logged in\. "
                       r"Nothing was changed\. Close them there first\.")
TERMINAL = "Sanrakshan is already open on this laptop. Nothing was changed. Close it there first. (the store is open in process %d since "

example = app = holder = None


def open_app():
    global app
    if app:
        app.kill()
    app = App(example.shefali, example.state, extra=example.around)


def hold():
    """The command line, stopped while it has the store."""
    global holder
    holder = subprocess.Popen([BUILD + "/src/cli/sanrakshan-cli", "--store", example.shefali, "--staff", "Sunanda",
                               "--passphrase-file", "-", "verify"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                              env=environment(extra={"SAN_STATE_DIR": example.state}))
    holder.stdin.write(WORDS.encode() + b"\n")
    holder.stdin.close()
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert holder.poll() is None, "it was over before it was stopped"
        with open(example.shefali + "/lock") as lock:
            if lock.read().startswith("%d " % holder.pid):
                holder.send_signal(signal.SIGSTOP)
                return
    raise AssertionError("it never had the store")


def let_go():
    holder.send_signal(signal.SIGCONT)
    assert holder.wait(PATIENCE) == 0


def while_the_command_line_has_it_the_window_says_so():
    hold()
    open_app()
    app.find_window()
    app.wait("Sunanda")
    app.type(WORDS)
    app.key("Return")
    app.wait("The records are open elsewhere on this laptop")
    assert not app.shows("Show it")
    assert ELSEWHERE.search(app.words()), app.words()
    let_go()
    app.unlock("Sunanda")                   # the same window, as soon as it is free
    app.key("ctrl+l")
    app.wait("Passphrase")


def a_locked_window_leaves_the_store_to_others():
    assert "Bakul" in cli(example.shefali, example.state, "child", "list", staff="Sunanda")
    app.unlock("Sunanda")


def while_the_window_is_open_the_command_line_says_so():
    done = subprocess.run([BUILD + "/src/cli/sanrakshan-cli", "--store", example.shefali, "--staff", "Sunanda",
                           "--passphrase-file", "-", "child", "list"], input=WORDS + "\n", text=True, capture_output=True,
                          env=environment(extra={"SAN_STATE_DIR": example.state}))
    assert (done.returncode, done.stdout) == (4, ""), (done.returncode, done.stdout)
    assert done.stderr.startswith(TERMINAL % app.process.pid) and done.stderr.count("\n") == 1, done.stderr
    app.key("alt+2")
    app.wait("Bakul")
    app.check_quiet()
    told = json.loads(cli(example.shefali, example.state, "--json", "verify", staff="Sunanda"))
    assert told["ok"] and told["problems"] == [], told


example = Example()
try:
    run([while_the_command_line_has_it_the_window_says_so, a_locked_window_leaves_the_store_to_others,
         while_the_window_is_open_the_command_line_says_so])
finally:
    if holder and holder.poll() is None:
        holder.send_signal(signal.SIGCONT)
        holder.kill()
    if app:
        app.kill()
    example.remove()
