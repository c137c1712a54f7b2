// Who there is: the asker itself, parties it may know, clients and people of its own party.
#include "doors/api/endpoint.h"
#include "json/json.h"
#include "release/told_law.h"
#include "release/told_office.h"

namespace comity::api {
namespace {

using http::Method;
using release::Eyes;

Result<void> known_party(Call const& call, Eyes const& eyes) {
  return eyes.view.party(call.param("party")).is_none() ? Result<void>(not_there()) : Result<void>{};
}

std::string client_name(Call const& call) {
  return std::string(call.param("party")) + "/" + std::string(call.param("office")) + "/" +
         std::string(call.param("slug"));
}

Result<void> own_client(Call const& call, Eyes const& eyes) {
  ClientKey const key = eyes.state.law.find_client(client_name(call));
  if (key.is_none()) return not_there();
  OfficeKey const office = eyes.state.law.clients[key.value].office;
  return eyes.state.law.party_of(office) == eyes.view.party() ? Result<void>{} : Result<void>(not_there());
}

Result<void> own_person(Call const& call, Eyes const& eyes) {
  PersonKey const key = eyes.state.law.find_person(call.param("person"));
  if (key.is_none() || eyes.state.law.people[key.value].party != eyes.view.party()) return not_there();
  return {};
}

Result<Page> me(Call const& call, Making) {
  UtcTime const now = call.centre().seam().clock.now();
  return call.look([now](Eyes const& eyes) { return page_of(eyes, release::tell_me(eyes, now)); });
}

Result<Page> parties(Call const& call, Making) {
  return call.look([](Eyes const& eyes) { return page_of(eyes, release::tell_parties(eyes)); });
}

Result<Page> party(Call const& call, Making) {
  return call.look([&](Eyes const& eyes) {
    return page_of(eyes, release::tell_party(eyes, eyes.view.party(call.param("party"))));
  });
}

Result<Page> offices(Call const& call, Making) {
  return call.look([&](Eyes const& eyes) {
    return page_of(eyes, release::tell_offices(eyes, eyes.view.party(call.param("party"))));
  });
}

Result<Page> clients(Call const& call, Making) {
  return call.look([](Eyes const& eyes) { return page_of(eyes, release::tell_clients(eyes)); });
}

Result<Page> people(Call const& call, Making) {
  return call.look([](Eyes const& eyes) { return page_of(eyes, release::tell_people(eyes)); });
}

void add_client(std::shared_ptr<Call const> call, http::Workers&, PageDone done) {
  submit_as(std::move(call), "register_client", std::move(done));
}

void add_person(std::shared_ptr<Call const> call, http::Workers&, PageDone done) {
  submit_as(std::move(call), "register_person", std::move(done));
}

void end_client(std::shared_ptr<Call const> call, http::Workers&, PageDone done) {
  json::Value const document =
      json::Object{{"kind", "revoke_client"}, {"body", json::Object{{"client", client_name(*call)}}}};
  submit_document(std::move(call), json::write(document), std::move(done));
}

void end_person(std::shared_ptr<Call const> call, http::Workers&, PageDone done) {
  json::Value const document =
      json::Object{{"kind", "revoke_person"}, {"body", json::Object{{"person", call->param("person")}}}};
  submit_document(std::move(call), json::write(document), std::move(done));
}

constexpr Endpoint endpoints[] = {
    {Method::get,
     "/api/v1/me",
     Right::none,
     nullptr,
     Kind::read,
     json_media,
     {},
     me,
     nullptr,
     Cost::any,
     Served::always_to_people},
    {Method::get, "/api/v1/parties", Right::none, nullptr, Kind::read, json_media, {}, parties},
    {Method::get, "/api/v1/parties/{party}", Right::none, known_party, Kind::read, json_media, {}, party},
    {Method::get,
     "/api/v1/parties/{party}/offices",
     Right::none,
     known_party,
     Kind::read,
     json_media,
     {},
     offices},
    {Method::get, "/api/v1/clients", Right::admin, nullptr, Kind::read, json_media, {}, clients},
    {Method::post, "/api/v1/clients", Right::admin, nullptr, Kind::write, json_media, json_media, nullptr,
     add_client},
    {Method::delete_,
     "/api/v1/clients/{party}/{office}/{slug}",
     Right::admin,
     own_client,
     Kind::write,
     json_media,
     {},
     nullptr,
     end_client},
    {Method::get, "/api/v1/people", Right::admin, nullptr, Kind::read, json_media, {}, people},
    {Method::post, "/api/v1/people", Right::admin, nullptr, Kind::write, json_media, json_media, nullptr,
     add_person},
    {Method::delete_,
     "/api/v1/people/{person}",
     Right::admin,
     own_person,
     Kind::write,
     json_media,
     {},
     nullptr,
     end_person},
};

}  // namespace

std::span<Endpoint const> identity_endpoints() { return endpoints; }

}  // namespace comity::api
