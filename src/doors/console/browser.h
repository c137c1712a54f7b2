// What this door asks of a request because a browser sends it (25-isolation C9, F4), and what it says to browsers.
//
// Cookies are sent by browsers whatever page asks for it. So besides SameSite=Strict, a method that changes something counts
// only with the field `Comity-Console: 1`, which no form can send and no page of another origin may; where the browser says
// from where the request comes (Sec-Fetch-Site, Origin), that has to be this origin. All of it is looked at before anything
// else, and every no is the same 403. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "doors/http/message.h"
#include "doors/http/reply.h"

namespace comity::console {

// From a page of this origin, or a method that changes nothing.
bool is_of_own_page(http::Request const& request);
// The same without the field: for what asks for no session and may be sent by whoever reads a public page.
bool is_of_own_origin(http::Request const& request);
http::Reply of_another_page();

// Addressed as a demo is: `localhost`, a name below it, or a loopback address. Another name may be one that somebody else's
// page has brought to this machine.
bool is_to_loopback(http::Request const& request);

enum class Secured : uint8_t { no, yes };  // by TLS
// The session's cookie; "" where there is none, or more than one.
std::string_view cookie_of(http::Request const& request, Secured secured);
// The value of Set-Cookie; an empty `text` takes the cookie away.
std::string set_cookie(std::string_view text, Duration life, Secured secured);

// While somebody is at a provider of identities: read under /console/openid alone, and SameSite=Lax, since she comes back by a
// navigation that began at another site.
std::string_view login_cookie_of(http::Request const& request, Secured secured);
std::string set_login_cookie(std::string_view text, Duration life, Secured secured);

// What every document and asset is served with (G13).
void add_page_headers(http::Headers& headers);

// Without the field that has browsers ask for a password in a window of their own.
http::Reply without_prompt(http::Reply reply);

}  // namespace comity::console
