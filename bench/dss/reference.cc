// The same work done the way that DSSs of that standard are built today: a table of intents and one of subscriptions in PostgreSQL,
// cells as bigint[] under a GIN index, each request one transaction. See phases.h for the command line, and further
//
//   --database CONNINFO   --pid P     of the server; its tables are made anew
//   --isolation serializable | locked
//
// It has every advantage: no HTTP, no token, no JSON, no check of what comes in; cells are there already; statements are prepared;
// each client has its own connection by a Unix socket, and its own thread.
//
//   serializable   SERIALIZABLE, tried again until it is not refused; subscriptions of the cells are locked first
//   locked         READ COMMITTED; an advisory lock for each cell in ascending order, which is what makes it right, and
//                  SELECT … FOR UPDATE on the subscriptions and the intents that overlap
#include <libpq-fe.h>

#include <atomic>
#include <optional>
#include <thread>

#include "phases.h"

namespace {

using namespace comity::bench;

constexpr char schema[] = R"(
DROP TABLE IF EXISTS operations, subscriptions;
CREATE TABLE subscriptions (
  id uuid PRIMARY KEY, owner text NOT NULL, version text NOT NULL, url text NOT NULL, notification_index int4 NOT NULL DEFAULT 0,
  notify_for_operations bool NOT NULL, notify_for_constraints bool NOT NULL, implicit bool NOT NULL,
  starts_at timestamptz, ends_at timestamptz, updated_at timestamptz NOT NULL, cells bigint[] NOT NULL);
CREATE INDEX ON subscriptions USING gin (cells);
CREATE INDEX ON subscriptions (starts_at);
CREATE INDEX ON subscriptions (ends_at);
CREATE TABLE operations (
  id uuid PRIMARY KEY, owner text NOT NULL, version int4 NOT NULL, url text NOT NULL, altitude_lower float4, altitude_upper float4,
  starts_at timestamptz, ends_at timestamptz, subscription_id uuid REFERENCES subscriptions (id), updated_at timestamptz NOT NULL,
  state text NOT NULL, ovn text NOT NULL, cells bigint[] NOT NULL);
CREATE INDEX ON operations USING gin (cells);
CREATE INDEX ON operations (starts_at);
CREATE INDEX ON operations (ends_at);
)";

#define SEARCH                                                                                            \
  "SELECT id, owner, version, url, altitude_lower, altitude_upper, starts_at, ends_at, subscription_id, " \
  "updated_at, state, ovn FROM operations WHERE cells && $1::bigint[] AND starts_at <= $3::timestamptz "  \
  "AND ends_at >= $2::timestamptz AND altitude_lower <= $5::float4 AND altitude_upper >= $4::float4"

struct Statement {
  char const *name, *text;
  int parameters;
};
constexpr Statement statements[] = {
    {"latch", "SELECT pg_advisory_xact_lock(cell) FROM unnest($1::bigint[]) AS cell", 1},
    {"subscribed", "SELECT id FROM subscriptions WHERE cells && $1::bigint[] ORDER BY id FOR UPDATE", 1},
    {"get", "SELECT owner, version, ovn, starts_at, ends_at, cells FROM operations WHERE id = $1::uuid", 1},
    {"search", SEARCH, 5},
    {"search_and_lock", SEARCH " ORDER BY id FOR UPDATE", 5},
    {"upsert",
     "INSERT INTO operations VALUES ($1::uuid, $2, 1, $3, $4::float4, $5::float4, $6::timestamptz, "
     "$7::timestamptz, NULL, "
     "now(), 'Accepted', $8, $9::bigint[]) ON CONFLICT (id) DO UPDATE SET version = operations.version + 1, "
     "url = $3, "
     "altitude_lower = $4::float4, altitude_upper = $5::float4, starts_at = $6::timestamptz, ends_at = "
     "$7::timestamptz, "
     "updated_at = now(), ovn = $8, cells = $9::bigint[] RETURNING version, updated_at",
     9},
    {"delete", "DELETE FROM operations WHERE id = $1::uuid", 1},
    {"notify",
     "UPDATE subscriptions SET notification_index = notification_index + 1 WHERE cells && $1::bigint[] AND "
     "notify_for_operations AND starts_at <= $3::timestamptz AND ends_at >= $2::timestamptz "
     "RETURNING id, url, notification_index",
     3},
};

struct Refused {};  // by the database, to be tried again

class Rows {
 public:
  explicit Rows(PGresult* result) : result_(result) {}
  ~Rows() { PQclear(result_); }
  Rows(Rows const&) = delete;
  size_t size() const { return static_cast<size_t>(PQntuples(result_)); }
  char const* text(size_t row, int column) const {
    return PQgetvalue(result_, static_cast<int>(row), column);
  }

 private:
  PGresult* result_;
};

std::string array_of(std::vector<comity::model::Cell> const& cells) {
  std::string text = "{";
  for (auto const cell : cells) text.append(text.size() > 1 ? "," : "").append(std::to_string(cell));
  return text + "}";
}

std::string metres(int32_t mm) { return std::to_string(static_cast<double>(mm) / 1'000); }

class Session {
 public:
  Session(std::string const& database, bool locks)
      : connection_(PQconnectdb(database.c_str())), locks_(locks) {
    if (PQstatus(connection_) != CONNECTION_OK) wrong(PQerrorMessage(connection_));
  }
  ~Session() { PQfinish(connection_); }
  Session(Session const&) = delete;

  PGconn* connection() { return connection_; }
  void prepare() {
    plain("SET client_min_messages = error");
    for (Statement const& one : statements) {
      PGresult* const done = PQprepare(connection_, one.name, one.text, one.parameters, nullptr);
      if (PQresultStatus(done) != PGRES_COMMAND_OK) wrong(PQerrorMessage(connection_));
      PQclear(done);
    }
  }
  void plain(char const* sql) { must(PQexec(connection_, sql)); }

  std::unique_ptr<Rows> ask(char const* name, std::vector<std::string> const& values) {
    std::array<char const*, 9> pointers{};
    for (size_t i = 0; i < values.size(); ++i) pointers[i] = values[i].c_str();
    return must(PQexecPrepared(connection_, name, static_cast<int>(values.size()), pointers.data(), nullptr,
                               nullptr, 0));
  }

  // One request; the status it would be answered with. `ovn` is the new one.
  int serve(World const& world, Step const& step, std::string const& owner, std::string const& ovn,
            size_t& names, size_t& tells) {
    if (step.kind == Kind::query) return names = ask("search", search(world, step.spot))->size(), 200;
    plain(locks_ ? "BEGIN ISOLATION LEVEL READ COMMITTED" : "BEGIN ISOLATION LEVEL SERIALIZABLE");
    int const status =
        step.kind == Kind::end ? end(world, step, owner, tells) : put(world, step, owner, ovn, names, tells);
    plain(status < 300 ? "COMMIT" : "ROLLBACK");
    return status;
  }

 private:
  std::vector<std::string> search(World const& world, Spot const& spot) const {
    return {array_of(spot.shape->cells), world.time_text(spot.from_s), world.time_text(spot.until_s),
            metres(spot.low_mm), metres(spot.high_mm)};
  }
  // Of both where there is one before.
  std::vector<std::string> touched(World const& world, Step const& step) const {
    auto cells = step.kind == Kind::end ? step.before.shape->cells : step.spot.shape->cells;
    Spot when = step.kind == Kind::end ? step.before : step.spot;
    if (step.kind == Kind::update) {
      std::vector<comity::model::Cell> all;
      std::ranges::set_union(cells, step.before.shape->cells, std::back_inserter(all));
      cells = all;
      when.from_s = std::min(when.from_s, step.before.from_s),
      when.until_s = std::max(when.until_s, step.before.until_s);
    }
    return {array_of(cells), world.time_text(when.from_s), world.time_text(when.until_s)};
  }

  int put(World const& world, Step const& step, std::string const& owner, std::string const& ovn,
          size_t& names, size_t& tells) {
    auto const where = touched(world, step);
    if (locks_) ask("latch", {where[0]});
    auto const there = ask("get", {step.id});
    if (there->size() != (step.at.empty() ? 0 : 1)) return 409;
    if (there->size() == 1 && (there->text(0, 2) != step.at || there->text(0, 0) != owner)) return 409;
    ask("subscribed", {where[0]});
    auto const others = ask(locks_ ? "search_and_lock" : "search", search(world, step.spot));
    for (size_t row = 0; row < others->size(); ++row) {
      if (step.id == others->text(row, 0)) continue;
      bool const shown =
          std::ranges::any_of(step.key, [&](auto const* one) { return *one == others->text(row, 11); });
      if (!shown) ++names;
    }
    if (names > 0) return 409;
    names = 1;
    Spot const& spot = step.spot;
    ask("upsert",
        {step.id, owner, "https://" + owner + ".example/utm", metres(spot.low_mm), metres(spot.high_mm),
         world.time_text(spot.from_s), world.time_text(spot.until_s), ovn, array_of(spot.shape->cells)});
    tells = ask("notify", where)->size();
    return step.kind == Kind::update ? 200 : 201;
  }

  int end(World const& world, Step const& step, std::string const& owner, size_t& tells) {
    auto const where = touched(world, step);
    if (locks_) ask("latch", {where[0]});
    auto const there = ask("get", {step.id});
    if (there->size() != 1 || there->text(0, 2) != step.at || there->text(0, 0) != owner) return 409;
    ask("subscribed", {where[0]});  // in the order of their ids, as all others lock them
    tells = ask("notify", where)->size();
    ask("delete", {step.id});
    return 200;
  }

  std::unique_ptr<Rows> must(PGresult* result) {
    auto rows = std::make_unique<Rows>(result);
    ExecStatusType const status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return rows;
    std::string_view const code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (code == "40001" || code == "40P01") throw Refused();
    wrong(PQerrorMessage(connection_));
  }

  PGconn* const connection_;
  bool const locks_;
};

class Reference : public Worker {
 public:
  explicit Reference(Options const& options)
      : database_(options.text("database")),
        locks_(options.text("isolation", "locked") == "locked"),
        server_(static_cast<int>(options.number("pid", 0))) {}

  void subscribe(World& world) override {
    Session session(database_, locks_);
    session.plain("SET client_min_messages = error");
    session.plain(schema);
    for (size_t n = 0; n < world.subscriptions().size(); ++n) {
      Subscribed const& one = world.subscriptions()[n];
      session.plain(("INSERT INTO subscriptions VALUES ('" + one.id + "', 'uss" + std::to_string(n) +
                     "', 'v', 'https://uss" + std::to_string(n) + ".example/utm', 0, true, false, false, '" +
                     world.time_text(0) + "', '" + world.time_text(World::hours_s) + "', now(), '" +
                     array_of(one.shape.cells) + "')")
                        .c_str());
    }
  }

  // By COPY: what is there before is not measured.
  void load(World& world, size_t count) override {
    Session session(database_, locks_);
    PQclear(PQexec(session.connection(), "COPY operations FROM STDIN"));
    Random random(7);
    if (count > 0)
      for (auto const& script : filings(world, count, 64))
        for (Step step; script->next(step);) {
          std::string const ovn = new_ovn(random);
          Spot const& spot = step.spot;
          std::string const row = step.id + "\tuss0\t1\thttps://uss0.example/utm\t" + metres(spot.low_mm) +
                                  "\t" + metres(spot.high_mm) + "\t" + world.time_text(spot.from_s) + "\t" +
                                  world.time_text(spot.until_s) + "\t\\N\t" + world.time_text(0) +
                                  "\tAccepted\t" + ovn + "\t" + array_of(spot.shape->cells) + "\n";
          if (PQputCopyData(session.connection(), row.data(), static_cast<int>(row.size())) != 1)
            wrong("no row was taken");
          script->done(step, ovn);
        }
    PQputCopyEnd(session.connection(), nullptr);
    while (PGresult* const left = PQgetResult(session.connection())) {
      if (PQresultStatus(left) != PGRES_COMMAND_OK) wrong(PQerrorMessage(session.connection()));
      PQclear(left);
    }
    session.plain("VACUUM ANALYZE operations");
    session.plain("VACUUM ANALYZE subscriptions");
    session.plain("CHECKPOINT");
  }

  void run(World& world, std::string const& phase, Scripts scripts, double seconds) override {
    std::vector<Figures> figures(scripts.size());
    std::vector<std::unique_ptr<Session>> sessions;
    for (size_t n = 0; n < scripts.size(); ++n) {
      sessions.push_back(std::make_unique<Session>(database_, locks_));
      sessions.back()->prepare();
    }
    counts_from_ = now_us() + 200'000, until_ = counts_from_ + seconds * 1e6;
    std::vector<std::thread> threads;
    for (size_t n = 0; n < scripts.size(); ++n)
      threads.emplace_back([&, n] { client(world, *sessions[n], *scripts[n], n, figures[n]); });
    usleep(200'000);
    double const server = processor_of(server_), own = own_processor();
    usleep(static_cast<useconds_t>(seconds * 1e6));
    double const server_end = processor_of(server_), own_end = own_processor();
    for (std::thread& thread : threads) thread.join();
    for (size_t n = 1; n < figures.size(); ++n) figures[0].take_in(figures[n]);
    say(phase, scripts.size(), figures[0], seconds, server_end - server, own_end - own);
  }

  void check(World& world) override {
    Session session(database_, locks_);
    for (size_t n = 0; n < world.subscriptions().size(); ++n) {
      Subscribed const& one = world.subscriptions()[n];
      Rows const rows(
          PQexec(session.connection(),
                 ("SELECT notification_index FROM subscriptions WHERE id = '" + one.id + "'").c_str()));
      if (atoi(rows.text(0, 0)) != static_cast<int>(one.told))
        wrong("a subscription was told " + std::string(rows.text(0, 0)) + " times, not " +
              std::to_string(one.told));
    }
  }

 private:
  static std::string new_ovn(Random& random) { return random_id(random) + "12345678"; }

  void client(World& world, Session& session, Script& script, size_t n, Figures& figures) {
    Random random(n + 99);
    std::string const owner = "uss" + std::to_string(n);
    Step step;
    while ((now_us() < until_ || !script.is_between()) && script.next(step)) {
      std::string const ovn = new_ovn(random);
      double const began = now_us();
      int status = 0;
      size_t names = 0, tells = 0;
      while (status == 0) try {
          names = 0, tells = 0;
          status = session.serve(world, step, owner, ovn, names, tells);
        } catch (Refused const&) {
          session.plain("ROLLBACK");
          ++figures.tries_again;
        }
      double const now = now_us();
      look(step, status, names, tells);
      if (now >= counts_from_ && now <= until_) {
        figures.add(step.kind, now - began);
        figures.found += step.finds;
        ++figures.answers[std::string(kind_names[static_cast<size_t>(step.kind)]) + " " +
                          std::to_string(status)];
      }
      if (status < 300 && step.kind != Kind::query)
        for (uint16_t const told : step.tells) std::atomic_ref(world.subscriptions()[told].told).fetch_add(1);
      script.done(step, ovn);
    }
  }

  static void look(Step const& step, int status, size_t names, size_t tells) {
    bool const looks = step.kind == Kind::query || step.kind == Kind::check;
    int const want = step.kind == Kind::create ? 201 : step.kind == Kind::check ? 409 : 200;
    if (status != want || (looks && names != step.finds) || (!looks && tells != step.tells.size()))
      wrong(std::string(kind_names[static_cast<size_t>(step.kind)]) + ": " + std::to_string(status) + ", " +
            std::to_string(names) + " named of " + std::to_string(step.finds) + ", " + std::to_string(tells) +
            " told of " + std::to_string(step.tells.size()));
  }

  std::string const database_;
  bool const locks_;
  int const server_;
  double counts_from_ = 0, until_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  Options const options = read_options(argc, argv);
  World world(place_of(options.text("place")), options.number("seed", 1));
  Reference reference(options);
  run_phases(world, reference, options);
}
