"""A window with nothing but a web page, by WebKitGTK: the engine of Safari and of every browser on an iPhone.

    /usr/bin/python3 webkit_window.py ANSWERS FOLDER swap|keep

Run by Debian's own Python, which has the bindings. Reads one command a line from stdin, as JSON, and answers each with one line
of JSON on the file descriptor ANSWERS: its number and a value. What pages say in the console goes to stderr. With `keep` all sites share one process.

Why not MiniBrowser with WebKitWebDriver: its window cannot be as narrow as a phone, a driven page differs from one in a reader's
hands (no store of whole pages), and it always swaps processes; the views inside of other programs do not.
"""

import json
import os
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gdk, Gio, GLib, Gtk, WebKit2  # noqa: E402

REPORT = """addEventListener('securitypolicyviolation', event =>
    console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))"""


ANSWERS = int(sys.argv[1])


class WebWindow:
    """One window and what it may be asked for."""

    def __init__(self, folder: str, swap: bool) -> None:
        """Open it, with or without a process of its own for each site. What it keeps stays in the folder."""
        # Not an ephemeral one, which would be simpler: it keeps silent about what pages say.
        data = WebKit2.WebsiteDataManager(base_data_directory=f"{folder}/data", base_cache_directory=f"{folder}/cache")
        data.set_tls_errors_policy(WebKit2.TLSErrorsPolicy.IGNORE)
        context = WebKit2.WebContext(website_data_manager=data, process_swap_on_cross_site_navigation_enabled=swap)
        # The store of whole pages for Back, as browsers have it; without this a view has none.
        context.set_cache_model(WebKit2.CacheModel.WEB_BROWSER)
        self._view = WebKit2.WebView(web_context=context)
        settings = self._view.get_settings()
        settings.set_enable_page_cache(True)
        settings.set_hardware_acceleration_policy(WebKit2.HardwareAccelerationPolicy.ALWAYS)
        settings.set_enable_write_console_messages_to_stdout(True)
        self._view.get_user_content_manager().add_script(
            WebKit2.UserScript(
                REPORT, WebKit2.UserContentInjectedFrames.TOP_FRAME, WebKit2.UserScriptInjectionTime.START, None, None
            )
        )
        self._view.connect("load-changed", self._loading)
        self._view.connect("key-press-event", self._pressed)
        self._view.connect("notify::title", lambda view, _: self._window.set_title(view.get_title() or " "))
        self._going, self._to = 0, ""
        self._window = Gtk.Window(title=" ")
        self._window.set_default_size(1280, 800)
        self._window.add(self._view)
        self._window.show_all()
        self._window.move(0, 0)
        self._view.grab_focus()

    def obey(self, command: dict) -> None:
        """Do what one command asks, and answer when it is done."""
        getattr(self, f"_{command.pop('do')}")(**command)

    def _answer(self, count: int, value: object = None) -> None:
        """Answer to the command of that number."""
        os.write(ANSWERS, (json.dumps([count, value]) + "\n").encode())

    def _go(self, count: int, url: str) -> None:
        self._going, self._to = count, url
        self._view.load_uri(url)

    def _loading(self, view: WebKit2.WebView, event: WebKit2.LoadEvent) -> None:
        # What was on its way before ends, too.
        if self._going and event == WebKit2.LoadEvent.FINISHED and view.get_uri() == self._to:
            self._answer(self._going)
            self._going = 0

    def _pressed(self, view: WebKit2.WebView, event: Gdk.EventKey) -> bool:
        """Alt with an arrow leads back or forward, as in every browser."""
        ways = {Gdk.KEY_Left: view.go_back, Gdk.KEY_Right: view.go_forward}
        if event.keyval not in ways or not event.state & Gdk.ModifierType.MOD1_MASK:
            return False
        ways[event.keyval]()
        return True

    def _script(self, count: int, text: str) -> None:
        def done(view: WebKit2.WebView, result: Gio.AsyncResult) -> None:
            try:
                value = view.call_async_javascript_function_finish(result)
                self._answer(count, {"value": json.loads(value.to_string())})
            except GLib.Error as error:
                self._answer(count, {"error": error.message})

        body = f"return JSON.stringify(await ({text})) ?? 'null'"
        self._view.call_async_javascript_function(body, -1, None, None, None, None, done)

    def _size(self, count: int, width: int, height: int) -> None:
        self._window.resize(width, height)
        self._answer(count)

    def _history(self, count: int) -> None:
        pages = self._view.get_back_forward_list()
        listed = [*pages.get_back_list(), pages.get_current_item(), *pages.get_forward_list()]
        self._answer(count, [[page.get_uri(), page.get_title()] for page in listed if page])

    def _print(self, count: int, path: str) -> None:
        settings = Gtk.PrintSettings()
        settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, f"file://{path}")
        settings.set_printer("Print to File")
        settings.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf")
        paper = Gtk.PageSetup()
        paper.set_paper_size(Gtk.PaperSize.new(Gtk.PAPER_NAME_A4))
        operation = WebKit2.PrintOperation(web_view=self._view, print_settings=settings, page_setup=paper)
        operation.connect("finished", lambda _: self._answer(count))
        operation.connect("failed", lambda _, error: self._answer(count, error.message))
        self._printing = operation
        operation.print_()


def listen(window: WebWindow) -> None:
    """Obey stdin until it ends."""

    def heard(source: object, condition: GLib.IOCondition) -> bool:
        line = sys.stdin.readline()
        if not line:
            Gtk.main_quit()
            return False
        window.obey(json.loads(line))
        return True

    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, heard)


listen(WebWindow(sys.argv[2], swap=sys.argv[3] == "swap"))
Gtk.main()
