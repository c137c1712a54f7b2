// A view: the law as one viewer may know it (25-isolation G1, G2).
//
// Every name that somebody says is resolved here and nowhere else; what the viewer may not know does not exist, whether
// it is hidden or absent. Guards of commands take a View. What items a viewer may have is disclosure.h.
//
// Who knows what:
//   party      listed ones, one's own, and those one shares a knowable agreement with (F8)
//   office     as its party, unless it is unlisted itself: then where a text names it, or both parties have consented to one
//              in which its party takes part as a whole and the viewer's office too
//   agreement  its drafter; the participants' offices from the draft on; everybody where existence is public, once tabled
//   text       its drafter and the sponsors it names; from tabling on the participants' offices; public likewise (B13)
// Who left an agreement: leaving.h. A collection of an open arrangement is known to the users who may read or write in it.
// A view borrows the state: it lives no longer than the lock under which it was made.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/party.h"
#include "model/ruling.h"
#include "state/law.h"

namespace comity::state {

// An office looking. `office` none: the public.
struct Viewer {
  OfficeKey office;
  model::Roles roles = 0;
  model::Rights rights = 0;
  ClientKey client = {};  // none: a person, or the centre itself
};

class View {
 public:
  View(Law const& law, Viewer viewer) : law_(law), viewer_(viewer) {}

  Law const& law() const { return law_; }
  Viewer const& viewer() const { return viewer_; }
  OfficeKey office() const { return viewer_.office; }
  PartyKey party() const { return viewer_.office ? law_.party_of(viewer_.office) : PartyKey{}; }

  bool knows(PartyKey party) const;
  bool knows(OfficeKey office) const;
  bool knows(AgreementKey agreement) const;
  bool reads_text(AgreementKey agreement) const;
  bool knows_membership(AgreementKey agreement) const;
  bool knows_acts(AgreementKey agreement) const;
  // What a user may do in a collection of an open arrangement (model/arrangement.h). False for everybody else.
  bool reads_collection(AgreementKey collection) const;
  bool writes_collection(AgreementKey collection) const;
  // The agreement's root exists for this viewer: its office takes part and its party is a party (B10, 30-exchange), also one
  // that is suspended or has given notice: what is left to it then, it has there.
  bool has_root(AgreementKey agreement) const;

  PartyKey party(std::string_view slug) const;
  OfficeKey office(std::string_view name) const;
  AgreementKey agreement(std::string_view id) const;

  // The name by which this viewer knows an agreement: its id, or id-2 … where one that it knew earlier bears that (G2).
  // No two have one name, and none ever gets the name of another, whatever the viewer comes to know later.
  std::optional<std::string> name_of(AgreementKey agreement) const;
  std::string name_of(PartyKey party) const { return law_.party(party).slug; }
  std::string name_of(OfficeKey office) const { return law_.office(office).name; }

  // All the viewer may know, in the order of the names it knows them by.
  std::vector<AgreementKey> agreements() const;
  std::vector<PartyKey> parties() const;

 private:
  struct Named {
    AgreementKey agreement;
    std::string name;
  };
  // All agreements that the viewer has ever known whose names could meet this one.
  std::vector<Named> family(std::string_view name) const;
  Index known_since(AgreementKey agreement) const;
  bool shows_office(AgreementKey agreement, OfficeKey office) const;
  bool is_drafter(Agreement const& agreement) const;
  bool is_named_sponsor(Agreement const& agreement) const;
  bool is_among(model::Users const& users) const;
  bool shares_agreement_with(PartyKey party) const;
  bool sees(Agreement const& agreement, model::Visible aspect) const;

  Law const& law_;
  Viewer viewer_;
};

// Fills in the keys of every name in the text, in this view. Names it cannot resolve come back, each once, with the
// JSON pointer at which they stand: hidden and unknown alike (B2).
struct UnresolvedName {
  model::ReasonCode code;
  std::string name;
  std::string pointer;
};
std::vector<UnresolvedName> resolve_names(View const& view, model::Text& text);

}  // namespace comity::state
