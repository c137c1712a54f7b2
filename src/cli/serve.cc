// `comity serve`: the centre, its doors, and a second listener for the operator.
#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <cstdio>

#include "cli/doors.h"
#include "cli/dss.h"
#include "cli/exit_code.h"
#include "cli/local.h"
#include "cli/private_directory.h"
#include "cli/process.h"
#include "cli/providers.h"
#include "cli/report.h"
#include "cli/supervisor.h"
#include "cli/vitals.h"
#include "crypto/sha256.h"
#include "crypto/uuid.h"
#include "doors/auth/principal.h"
#include "doors/auth/tokens.h"
#include "doors/bell/bell.h"
#include "doors/http/health.h"
#include "doors/http/log.h"
#include "doors/http/metrics.h"
#include "doors/http/router.h"
#include "doors/http/server.h"
#include "doors/paging/paging.h"
#include "doors/uss/notifier.h"
#include "sequencer/centre.h"

namespace comity::cli {
namespace {

// Long enough for a commit and a slow client's last answer; supervisors wait ten seconds before they kill.
constexpr Duration grace = seconds(5);

http::Route health_of(sequencer::Centre const& centre) {
  return http::health_route([&centre] {
    return std::string_view(centre.health()) == "ok" ? http::Health::ok : http::Health::failing;
  });
}

// Files besides connections: the journal and its readers, streams' own, calls outwards, the programs' own.
constexpr size_t other_files = 256;

// As many connections as may be open files; said where those are fewer than wanted.
size_t connections_for(size_t wanted) {
  size_t const files = allow_files(wanted + other_files);
  if (files >= wanted + other_files) return wanted;
  size_t const left = files > 2 * other_files ? files - other_files : files / 2;
  fmt::print(stderr, "comity: this process may open {} files, so {} connections; {} need LimitNOFILE={}\n",
             files, left, wanted, wanted + other_files);
  return left;
}

// Opaque and the same for nobody else: a keyed digest of the request's number since the start (25-isolation G3).
std::function<std::string(uint64_t)> request_ids(sequencer::Centre const& centre) {
  uint64_t const start = static_cast<uint64_t>(centre.seam().clock.now().us);
  return [&centre, start](uint64_t serial) {
    return crypto::uuid_v4_shaped(crypto::prf(centre.keys().prf, "request", start, serial));
  };
}

http::ServerOptions public_listener(ServeOptions const& options, sequencer::Centre const& centre,
                                    http::Refuse refuse,
                                    std::vector<std::shared_ptr<http::Observer>> observers) {
  http::ServerOptions listener;
  listener.address = options.address;
  listener.port = options.port;
  listener.connections = connections_for(options.connections);
  listener.connections_per_address = std::min(options.connections_per_address, listener.connections);
  listener.request_id = request_ids(centre);
  listener.observers = std::move(observers);
  listener.refuse = std::move(refuse);
  listener.cuts = auth::cuts_of(centre);
  return listener;
}

// Every answer of a demo says so (15-forms 1), whichever door it comes through and however often it is made again.
http::Reply marked(http::Reply reply) {
  if (!reply.headers.find("X-Comity-Demo")) reply.headers.add("X-Comity-Demo", "keys-held");
  if (reply.again) reply.again = [again = std::move(reply.again)] { return marked(again()); };
  return reply;
}

enum class Kind : uint8_t { real, demo };

http::Handler handler_of(http::Router const& router, Kind kind) {
  if (kind == Kind::real)
    return [&router](http::Request&& request, http::Done done) {
      router.serve(std::move(request), std::move(done));
    };
  return [&router](http::Request&& request, http::Done done) {
    router.serve(std::move(request),
                 [done = std::move(done)](http::Reply&& reply) { done(marked(std::move(reply))); });
  };
}

http::Refuse marked(http::Refuse refuse) {
  return [refuse = std::move(refuse)](int status, std::string_view path) {
    return marked(refuse(status, path));
  };
}

// Blocked before any thread starts, so that only sigtimedwait below sees them.
sigset_t block_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return set;
}

void say_where(ServeOptions const& options, uint16_t port, uint16_t operator_port) {
  auto const* const scheme = options.tls.certificates.empty() ? "http" : "https";
  if (options.format == Format::json)
    fmt::print("{{\"url\":\"{}://{}:{}\",\"metrics\":\"http://127.0.0.1:{}/metrics\"}}\n", scheme,
               options.address, port, operator_port);
  else
    fmt::print("serving on {}://{}:{}\nmetrics on http://127.0.0.1:{}/metrics\n", scheme, options.address,
               port, operator_port);
  std::fflush(stdout);
}

// Certificates are renewed by writing the files; nobody has to tell the centre.
void renew(http::TlsServer& tls) {
  auto const renewed = tls.reload();
  if (!renewed)
    fmt::print(stderr, "comity: the old certificate stays: {}\n", renewed.error().detail);
  else if (*renewed)
    fmt::print(stderr, "comity: new connections have the renewed certificate\n");
}

// Where other systems reach the centre: as its host says, else by the host that its origin names.
std::string public_url(ServeOptions const& options, sequencer::Centre const& centre) {
  if (!options.public_url.empty()) return options.public_url;
  std::string const origin =
      centre.read([](sequencer::Glimpse const& glimpse) { return glimpse.state.centre.origin; });
  return "https://" + origin.substr(0, origin.find('/'));
}

// The endpoints of ASTM F3548, of the kind that the centre has been for ever.
Result<void> open_f3548(Doors& doors, IssuerKeyFiles& issuer_keys, ServeOptions const& options,
                        sequencer::Centre const& centre, std::string const& own_url) {
  bool const is_dss =
      centre.read([](sequencer::Glimpse const& glimpse) { return glimpse.state.airspace.one_namespace; });
  if (is_dss != options.dss.wanted)
    return fail(ErrorCode::bad_input, is_dss ? "this centre is of preset dss: serve it with --preset dss"
                                             : "this centre is not of preset dss, and never will be");
  bool const is_open = centre.read(
      [](sequencer::Glimpse const& glimpse) { return glimpse.state.law.arrangement.has_value(); });
  if (is_dss)
    doors.open(TRY(issuer_keys.door_options()), f3548::Alone::yes);
  else if (!is_open)  // of preset `taxii`: its users have collections and nothing else
    doors.open(issuer_keys.door_options_under_agreements(own_url), f3548::Alone::no);
  return {};
}

// The guest book has files of its own in the data directory, made when it is first on.
Result<std::optional<console::DoorOptions>> console_options(ServeOptions const& options, Kind kind,
                                                            sequencer::Centre const& centre) {
  bool const of_systems = centre.read([](sequencer::Glimpse const& glimpse) {
    return glimpse.state.airspace.one_namespace || glimpse.state.law.arrangement.has_value();
  });
  if (of_systems) return std::nullopt;
  using When = ServeOptions::When;
  auto const is_on = [kind](When when) {
    return when == When::always || (when == When::in_demo && kind == Kind::demo);
  };
  bool const secured = !options.tls.certificates.empty() || options.public_url.starts_with("https:");
  console::DoorOptions made;
  made.secured = secured ? console::Secured::yes : console::Secured::no;
  made.maps = options.data + "/maps";
  std::string url = options.public_url;
  while (url.ends_with('/')) url.pop_back();
  made.openid = {TRY(read_providers(options.openid)), url + "/console/openid/return",
                 options.call_authorities,
                 [](std::string const& what) { fmt::print(stderr, "comity: {}\n", what); }};
  if (is_on(options.public_visits))
    made.visits = TRY(guestbook::Visits::open(options.data + "/visits.db", system_seam()));
  if (is_on(options.public_replies))
    made.replies = TRY(guestbook::Replies::open(options.data + "/replies.db", system_seam()));
  return made;
}

// An epoch under which nothing was ever released.
constexpr uint64_t overdue = release::timeless - 1;

Result<void> run(ServeOptions const& options, sigset_t const& signals) {
  Supervisor const supervisor;
  if (options.dss.wanted) TRY_VOID(make_dss(options));
  TRY_VOID(make_private(options.data));
  sequencer::SnapshotOptions snapshots;
  snapshots.command = sequencer::own_snapshot_command(options.data);
  snapshots.report = [](std::string const& what) { fmt::print(stderr, "comity: {}\n", what); };
  auto centre = TRY(sequencer::Centre::open({.data = options.data,
                                             .leaps = sequencer::Leaps::refused,
                                             .snapshots = std::move(snapshots),
                                             .judging = options.judging},
                                            system_seam()));
  bool const demo = centre->read([](sequencer::Glimpse const& glimpse) { return glimpse.state.centre.demo; });
  Kind const kind = demo ? Kind::demo : Kind::real;
  if (demo && options.address != "127.0.0.1" && options.address != "::1")
    return fail(ErrorCode::bad_input,
                "this is a demo: its keys are held here, so it is served on loopback only");
  bell::Bell const bell(*centre, options.call_authorities);
  std::string const own_url = public_url(options, *centre);
  uss::Notifier const notifier(*centre, {own_url}, options.call_authorities);
  paging::Paging const paging(*centre, options.pages);
  auto const last_pages = [&paging] { return paging.last_pages(); };
  auto console = TRY(console_options(options, kind, *centre));
  if (console) console->last_pages = last_pages;
  Doors doors(*centre, {.last_calls = [&bell] { return bell.last_calls(); }, .last_pages = last_pages},
              std::move(console));
  IssuerKeyFiles issuer_keys(options.dss);
  TRY_VOID(open_f3548(doors, issuer_keys, options, *centre, own_url));
  std::vector<http::Route> routes = doors.routes();
  routes.push_back(health_of(*centre));
  if (!options.public_url.empty()) routes.push_back(auth::token_keys_route(*centre));
  http::Refuse const refusals = doors.refusals();
  http::Router const router(routes, refusals);
  auto const metrics = std::make_shared<http::Metrics>(routes);
  watch_vitals(*metrics, *centre, doors, options.data);
  auto const log = TRY(http::open_access_log(options.log));
  // What was made before a deadline passed may wait long for its turn: once the deadline is overdue nothing is current (G14).
  // A clock that is not believed makes nothing overdue: then the doors alone say what may be asked.
  auto const epoch = [&] {
    return centre->is_overdue() && !centre->stands_still_at() ? overdue : centre->epoch();
  };

  auto listener = public_listener(options, *centre, demo ? marked(refusals) : refusals, {metrics, log});
  if (!options.tls.certificates.empty()) listener.tls = TRY(http::TlsServer::open(options.tls));
  http::Server server(listener, handler_of(router, kind), epoch);
  http::Router const operator_router({metrics->route(), health_of(*centre)});
  http::ServerOptions operator_listener;
  operator_listener.port = options.metrics_port;
  operator_listener.threads = 1;
  http::Server operator_server(operator_listener, handler_of(operator_router, kind), epoch);
  TRY_VOID(server.start());
  TRY_VOID(operator_server.start());
  say_where(options, server.port(), operator_server.port());
  supervisor.tell("READY=1");

  timespec const tick{1, 0};
  for (sequencer::Vitals before; sigtimedwait(&signals, nullptr, &tick) < 0;) {
    sequencer::Vitals const now = centre->vitals();
    for (std::string const& what : news(before, now)) fmt::print(stderr, "comity: {}\n", what);
    before = now;
    if (listener.tls) renew(*listener.tls);
    if (doors.dss()) issuer_keys.renew(*doors.dss());
  }
  supervisor.tell("STOPPING=1");
  server.stop(grace);
  operator_server.stop({});
  return {};
}

}  // namespace

int serve(ServeOptions const& options) {
  keep_to_itself();
  sigset_t const signals = block_signals();
  if (auto const done = run(options, signals); !done) return report(done.error());
  return code(Exit::done);
}

}  // namespace comity::cli
