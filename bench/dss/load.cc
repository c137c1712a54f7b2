// A load generator for DSSs of ASTM F3548-21: one thread with epoll, a kept connection for each client, one request at a time on
// each. See phases.h for the command line, and further
//
//   --port P   --pid P       of the server, whose processor time is looked at
//   --tokens FILE            a token on each line, one for each client
//
// Every answer is looked at: its status, how many entities it names, how many subscriptions it tells of. One that is not what it
// must be ends the run.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>

#include "phases.h"

namespace {

using namespace comity::bench;

constexpr char prefix[] = "/dss/v1/operational_intent_references/";

size_t times(std::string_view text, std::string_view what) {
  size_t count = 0;
  for (size_t at = text.find(what); at != text.npos; at = text.find(what, at + what.size())) ++count;
  return count;
}

std::string_view member(std::string_view body, std::string_view name) {
  size_t const at = body.find(name);
  if (at == body.npos) return {};
  size_t const from = body.find('"', at + name.size() + 1) + 1;
  return body.substr(from, body.find('"', from) - from);
}

// Bodies are put together of pieces; the numbers are the machine's integers.
std::string volume_json(World const& world, Spot const& spot) {
  std::string out;
  out.reserve(900);
  auto const altitude = [&](char const* name, int32_t mm) {
    char text[96];
    out.append(text, static_cast<size_t>(snprintf(text, sizeof text,
                                                  R"(,"%s":{"value":%d.%03d,"reference":"W84","units":"M"})",
                                                  name, mm / 1000, mm % 1000)));
  };
  auto const time = [&](char const* name, int32_t at) {
    out.append(R"(,")")
        .append(name)
        .append(R"(":{"value":")")
        .append(world.time_text(at))
        .append(R"(","format":"RFC3339"})");
  };
  out.append(R"({"volume":{)").append(spot.shape->outline);
  if (spot.high_mm != 0) altitude("altitude_lower", spot.low_mm), altitude("altitude_upper", spot.high_mm);
  out += '}';
  time("time_start", spot.from_s), time("time_end", spot.until_s);
  return out += '}';
}

struct Expected {
  int status;
  size_t names, tells;
};

struct Response {
  int status = 0;
  std::string_view body;
  bool closes = false;
};

struct Client {
  std::string head;  // fields of every request
  std::string url;
  int fd = -1;
  std::string out, in;
  size_t have = 0, whole = 0;  // of `in`: what came, and what will, once that is known
  double began = 0;
  Script* script = nullptr;
  Step step;
  Expected expected{};
};

class Generator : public Worker {
 public:
  explicit Generator(Options const& options)
      : port_(static_cast<uint16_t>(options.number("port", 0))),
        server_(static_cast<int>(options.number("pid", 0))) {
    std::ifstream tokens(options.text("tokens"));
    for (std::string token; std::getline(tokens, token);) {
      Client client;
      client.head =
          " HTTP/1.1\r\nHost: dss.example\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
          token + "\r\n";
      client.url = "https://uss" + std::to_string(clients_.size()) + ".example/utm";
      clients_.push_back(std::move(client));
    }
  }

  void subscribe(World& world) override {
    Spot always{nullptr, 0, World::hours_s, 0, 0};
    for (size_t n = 0; n < world.subscriptions().size(); ++n) {
      always.shape = &world.subscriptions()[n].shape;
      std::string const body = R"({"extents":)" + volume_json(world, always) + R"(,"uss_base_url":")" +
                               clients_[n].url +
                               R"(","notify_for_operational_intents":true,"notify_for_constraints":false})";
      ask(clients_[n], "PUT", "/dss/v1/subscriptions/" + world.subscriptions()[n].id, body, 200);
    }
    for (Client& client : clients_)
      ask(client, "GET", prefix + world.subscriptions()[0].id, "", 404);  // so it is known
  }

  void load(World& world, size_t count) override {
    if (count > 0) run(world, "load", filings(world, count, std::min<size_t>(64, clients_.size())), 0);
  }

  void run(World& world, std::string const& phase, Scripts scripts, double seconds) override {
    world_ = &world, figures_ = {}, left_ = scripts.size();
    poll_ = epoll_create1(0);
    for (size_t n = 0; n < scripts.size(); ++n) {
      clients_[n].script = scripts[n].get();
      connect(clients_[n]);
    }
    double const begun = now_us(), warm = seconds > 0 ? 200'000 : 0;
    counts_from_ = begun + warm, until_ = seconds > 0 ? counts_from_ + seconds * 1e6 : 0;
    double server = processor_of(server_), own = own_processor(), server_end = 0, own_end = 0, ended = 0;
    bool warming = warm > 0;
    for (size_t n = 0; n < scripts.size(); ++n) next(clients_[n]);
    std::array<epoll_event, 256> events;
    while (left_ > 0) {
      int const count = epoll_wait(poll_, events.data(), events.size(), 1'000);
      for (int i = 0; i < count; ++i) work(*static_cast<Client*>(events[static_cast<size_t>(i)].data.ptr));
      double const now = now_us();
      if (warming && now >= counts_from_)
        server = processor_of(server_), own = own_processor(), warming = false;
      if (until_ > 0 && ended == 0 && now >= until_)
        ended = now, server_end = processor_of(server_), own_end = own_processor();
    }
    if (ended == 0) ended = now_us(), server_end = processor_of(server_), own_end = own_processor();
    close(poll_);
    for (Client& client : clients_)
      if (client.fd >= 0) close(client.fd), client.fd = -1;
    say(phase, scripts.size(), std::move(figures_), (ended - counts_from_) / 1e6, server_end - server,
        own_end - own);
  }

  // What the subscriptions were told, against what they should have been.
  void check(World& world) override {
    for (size_t n = 0; n < world.subscriptions().size(); ++n) {
      Subscribed const& one = world.subscriptions()[n];
      std::string const body = ask(clients_[n], "GET", "/dss/v1/subscriptions/" + one.id, "", 200);
      if (body.find("\"notification_index\":" + std::to_string(one.told) + ",") == body.npos)
        wrong("subscription should have been told " + std::to_string(one.told) +
              " times: " + body.substr(0, 300));
    }
  }

 private:
  void connect(Client& client) {
    client.fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET, address.sin_port = htons(port_),
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(client.fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      wrong("cannot connect");
    int const on = 1;
    setsockopt(client.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (poll_ < 0) return;
    epoll_event event{};
    event.events = EPOLLIN, event.data.ptr = &client;
    epoll_ctl(poll_, EPOLL_CTL_ADD, client.fd, &event);
  }

  void compose(Client& client, std::string_view method, std::string const& path, std::string const& body) {
    client.out.assign(method).append(" ").append(path).append(client.head);
    client.out.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
    client.have = client.whole = 0;
  }

  std::string intent_json(Client const& client, Step const& step) const {
    std::string body = R"({"extents":[)" + volume_json(*world_, step.spot) + R"(],"key":[)";
    for (size_t i = 0; i < step.key.size(); ++i)
      body.append(i == 0 ? "\"" : ",\"").append(*step.key[i]).append("\"");
    return body.append(R"(],"state":"Accepted","uss_base_url":")").append(client.url).append("\"}");
  }

  void next(Client& client) {
    double const now = now_us();
    bool const over = until_ > 0 && now >= until_ && client.script->is_between();
    if (over || !client.script->next(client.step)) {
      --left_;
      return;
    }
    Step const& step = client.step;
    std::string path = prefix + step.id;
    if (!step.at.empty()) path += "/" + step.at;
    switch (step.kind) {
      case Kind::create:
      case Kind::check: compose(client, "PUT", path, intent_json(client, step)); break;
      case Kind::update: compose(client, "PUT", path, intent_json(client, step)); break;
      case Kind::end: compose(client, "DELETE", path, ""); break;
      case Kind::query:
        compose(client, "POST", std::string(prefix) + "query",
                R"({"area_of_interest":)" + volume_json(*world_, step.spot) + "}");
    }
    int const status = step.kind == Kind::create ? 201 : step.kind == Kind::check ? 409 : 200;
    bool const looks = step.kind == Kind::query || step.kind == Kind::check;
    client.expected = {status, looks ? step.finds : 1, looks ? 0 : step.tells.size()};
    client.began = now_us();
    ssize_t const sent =
        send(client.fd, client.out.data(), client.out.size(), 0);  // a request always fits the socket
    if (sent != static_cast<ssize_t>(client.out.size())) wrong("a request was not taken whole");
  }

  // Reads what is there; true once the answer is whole.
  bool receive(Client& client, Response& response) {
    if (client.in.size() < client.have + 16'384) client.in.resize(client.have + 65'536);
    ssize_t const got =
        recv(client.fd, client.in.data() + client.have, client.in.size() - client.have, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (got <= 0) wrong("the connection was closed");
    client.have += static_cast<size_t>(got);
    std::string_view const in(client.in.data(), client.have);
    size_t const head = in.find("\r\n\r\n");
    if (head == in.npos) return false;
    if (client.whole == 0) {
      size_t const field = in.find("Content-Length: ");
      if (field > head) wrong("no Content-Length: " + std::string(in));
      client.whole = head + 4 + std::stoul(client.in.substr(field + 16, 12));
    }
    if (in.size() < client.whole) return false;
    response = {atoi(client.in.c_str() + 9), in.substr(head + 4),
                in.substr(0, head).find("Connection: close") != in.npos};
    return true;
  }

  void work(Client& client) {
    Response response;
    if (!receive(client, response)) return;
    double const now = now_us();
    Step const& step = client.step;
    check(client, response);
    if (now >= counts_from_ && (until_ == 0 || now <= until_)) {
      figures_.add(step.kind, now - client.began);
      figures_.found += step.finds;
      ++figures_.answers[std::string(kind_names[static_cast<size_t>(step.kind)]) + " " +
                         std::to_string(response.status)];
    }
    for (uint16_t const told : step.tells)
      if (client.expected.tells > 0) ++world_->subscriptions()[told].told;
    client.script->done(step, member(response.body, "\"ovn\""));
    if (response.closes) close(client.fd), connect(client);
    next(client);
  }

  static void check(Client const& client, Response const& response) {
    Expected const& expected = client.expected;
    if (response.status != expected.status || times(response.body, "\"manager\":") != expected.names ||
        times(response.body, "\"notification_index\":") != expected.tells)
      wrong("expected " + std::to_string(expected.status) + " naming " + std::to_string(expected.names) +
            " and telling " + std::to_string(expected.tells) + "\n" + client.out.substr(0, 100) +
            client.out.substr(client.out.find("\r\n\r\n")) + "\n" + client.in.substr(0, client.have));
  }

  // One question outside of the clock.
  std::string ask(Client& client, std::string_view method, std::string const& path, std::string const& body,
                  int status) {
    poll_ = -1;
    connect(client);
    compose(client, method, path, body);
    if (send(client.fd, client.out.data(), client.out.size(), 0) != static_cast<ssize_t>(client.out.size()))
      wrong("not taken whole");
    Response response;
    while (!receive(client, response)) usleep(50);
    close(client.fd), client.fd = -1;
    if (response.status != status) wrong(client.out + "\n" + client.in.substr(0, client.have));
    return std::string(response.body);
  }

  uint16_t const port_;
  int const server_;
  std::vector<Client> clients_;
  World* world_ = nullptr;
  Figures figures_;
  int poll_ = -1;
  size_t left_ = 0;
  double counts_from_ = 0, until_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  Options const options = read_options(argc, argv);
  World world(place_of(options.text("place")), options.number("seed", 1));
  Generator generator(options);
  run_phases(world, generator, options);
}
