"""A watch that outlasts a session: who is on watch is given more of hers, up to a day (doors/console/pass.h)."""
import time

import centre as c
from browser import Browser, signed_in
from held_clock import HeldClock

RU, IL = "ru/general-staff", "il/general-staff"


def test_the_session_of_who_is_on_watch_does_not_end_in_the_middle_of_it():
    clock = HeldClock(time.time_ns() // 1000)
    began, data = clock.now, c.load_scenario(clock.environment())

    def at(hours, *browsers):
        """A clock so far ahead of the log is believed at boot."""
        clock.set(began + int(hours * 3_600_000_000))
        served = c.Centre(data, clock.environment())
        for browser in browsers:
            browser.centre = served
        return served

    centre = at(0)
    watch, other = signed_in(centre, RU), signed_in(centre, IL)
    until = watch.ask("GET", "/console/session").json()["until"]
    assert watch.ask("POST", "/console/api/v1/commands", {"kind": "sign_on_watch", "body": {}}).status == 200
    first = watch.cookie
    assert watch.ask("GET", "/console/session").json()["until"] == until and watch.cookie == first, "enough is left"
    centre.close()
    centre = at(11.5, watch, other)
    kept = other.cookie
    assert watch.ask("GET", "/console/session").json()["until"] > until
    assert other.ask("GET", "/console/session").status == 200 and other.cookie == kept, "on no watch"
    renewed = watch.cookie
    assert renewed != first
    centre.close()
    centre = at(13, watch, other)
    assert Browser(centre, first).ask("GET", "/console/session").status == 401
    assert other.ask("GET", "/console/session").status == 401
    assert watch.ask("GET", "/console/session").status == 200 and watch.cookie != renewed, "and once more"
    again = watch.cookie
    assert Browser(centre, renewed).ask("DELETE", "/console/session").status == 204
    assert Browser(centre, again).ask("GET", "/console/session").status == 401, "to sign out ends whatever was renewed of it"
    centre.close()
