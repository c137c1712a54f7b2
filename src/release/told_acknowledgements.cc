#include "release/told_acknowledgements.h"

#include <algorithm>
#include <compare>
#include <map>
#include <tuple>

#include "base/limits.h"
#include "release/other_side.h"
#include "release/telling.h"
#include "state/in_force.h"

namespace comity::release {
namespace {

using model::ClauseName;
using model::ThingName;
using state::Notice;

struct RowName {
  std::string day, recipient, agreement, clause;
  bool exercise = false;
  auto operator<=>(RowName const&) const = default;
};

// What is known of one notice, up to some time.
struct Known {
  UtcTime delivered_at = never, answered_at = never;
  UtcTime sent_at, answer_by = never, until = never;
  bool misunderstood = false;
};

struct Row {
  int64_t sent = 0, delivered = 0, answered = 0, overdue = 0, misunderstood = 0;
  std::vector<int64_t> took_s;
  bool of_others = false;  // of whom no more is told than how far they answered

  void add(Known const& known) {
    ++sent;
    delivered += known.delivered_at <= known.until && known.delivered_at != never;
    overdue += known.answer_by != never && known.answer_by <= std::min(known.until, known.answered_at);
    misunderstood += known.misunderstood;
    if (known.answered_at == never || known.answered_at > known.until) return;
    ++answered;
    took_s.push_back((known.answered_at - known.sent_at).us / seconds(1).us);
  }
  // Of an even number the longer of the two in the middle.
  int64_t median_s() const {
    std::vector<int64_t> sorted = took_s;
    auto const middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::ranges::nth_element(sorted, middle);
    return *middle;
  }
};

class Record {
 public:
  explicit Record(Eyes const& eyes) : eyes_(eyes), now_(eyes.state.last_time) {}

  void add_own() {
    for (auto const& [number, notice] : eyes_.state.airspace.notices.of(eyes_.office())) {
      row(eyes_.view.name_of(eyes_.office()), notice).add(all_of(notice));
      if (notice.raised.subject.other.kind == ThingName::Kind::intent)
        told_of_[notice.raised.subject.other.office].push_back({&notice});
      else if (notice.is_open() && notice.raised.subject.other.is_none())
        add_others(notice);
    }
  }
  void add_recipients() {
    for (auto& [office, sent] : told_of_)
      if (eyes_.view.knows(office)) add_recipient(office, sent);
  }

  Told tell() const {
    json::Array list;
    for (auto one = rows_.rbegin(); one != rows_.rend() && list.size() < limits::record_rows; ++one)
      list.push_back(row_json(one->first, one->second));
    return Teller::tell(eyes_, json::Object{{"kept", to_text(limits::ended_kept)},
                                            {"more", rows_.size() > limits::record_rows},
                                            {"rows", std::move(list)}});
  }

 private:
  // A notice of the asker's own that names the other one, and what is known of its counterpart where that is about others too.
  struct Sent {
    Notice const* own;
    bool is_counted = false;
    Known counterpart = {};
  };

  Row& row(std::string const& recipient, Notice const& notice) {
    ClauseName const under = notice.raised.subject.under;
    constexpr size_t date = 10;
    RowName name{to_text(notice.at).substr(0, date), recipient, "", "", notice.raised.exercise};
    auto const agreement = eyes_.view.name_of(under.agreement);
    if (agreement && eyes_.view.reads_text(under.agreement))
      name.agreement = *agreement, name.clause = clause_of(under).id;
    return rows_[name];
  }
  model::Clause const& clause_of(ClauseName under) const {
    return eyes_.state.law.agreement(under.agreement).text->clauses[under.clause];
  }

  Known all_of(Notice const& notice) const {
    return {notice.delivered_at,
            notice.answered_at,
            notice.at,
            notice.raised.answer_by,
            std::min(now_, notice.ended_at),
            notice.is_misunderstood()};
  }

  // D11, G10: one that is open, of which the asker is told the same with its conflicts.
  void add_others(Notice const& own) {
    if (!runs(own.raised.subject.under, {})) return;
    auto const answered = others_of(eyes_, own);
    if (!answered) return;
    Row& of = row("others", own);
    of.of_others = true;
    ++of.sent;
    of.answered += *answered == Answered::acknowledged || *answered == Answered::query ||
                   *answered == Answered::cannot_assure;
    of.overdue += *answered == Answered::overdue;
    of.misunderstood += *answered == Answered::misunderstood;
  }

  // The clause is read by the asker and runs with that party; or, for none, with any.
  bool runs(ClauseName under, PartyKey with) const {
    if (!eyes_.view.reads_text(under.agreement)) return false;
    state::Agreement const& agreement = eyes_.state.law.agreement(under.agreement);
    PartyKey const own = eyes_.view.party();
    if (with.is_none()) return state::runs_with_another(agreement, under.clause, own);
    return state::in_force(agreement, under.clause, own, with) ||
           state::in_force(agreement, under.clause, with, own);
  }

  static bool overlap(Notice const& a, Notice const& b) { return a.at < b.ended_at && b.at < a.ended_at; }

  void add_recipient(OfficeKey office, std::vector<Sent>& sent) {
    PartyKey const party = eyes_.state.law.party_of(office);
    std::erase_if(sent, [&](Sent const& one) { return !runs(one.own->raised.subject.under, party); });
    std::map<std::pair<ClauseName, ThingName>, std::vector<Sent*>> by_other;
    for (Sent& one : sent)
      by_other[{one.own->raised.subject.under, one.own->raised.subject.other}].push_back(&one);
    std::string const recipient = eyes_.view.name_of(office);
    for (auto const& [number, theirs] : eyes_.state.airspace.notices.of(office)) {
      auto const about = by_other.find({theirs.raised.subject.under, theirs.raised.subject.own});
      if (about != by_other.end()) add_theirs(recipient, theirs, about->second);
    }
    for (Sent const& one : sent)
      if (!one.is_counted) add_counterpart(recipient, one);
  }

  // Known as long as a notice of the asker's own said so.
  void add_theirs(std::string const& recipient, Notice const& theirs, std::vector<Sent*> const& sent) {
    ThingName const& other = theirs.raised.subject.other;
    Known known = all_of(theirs);
    bool is_known = false;
    UtcTime until{INT64_MIN};
    for (Sent* one : sent) {
      if (!overlap(*one->own, theirs)) continue;
      until = std::max(until, std::min(known.until, one->own->ended_at));
      if (other == one->own->raised.subject.own) {
        is_known = one->is_counted = true;
      } else if (other.is_none()) {
        Known& of = one->counterpart;
        of.delivered_at = std::min(of.delivered_at, theirs.delivered_at);
        of.answered_at = std::min(of.answered_at, std::max(theirs.answered_at, one->own->at));
      }
    }
    if (!is_known) return;
    known.until = until;
    known.misunderstood = known.misunderstood && theirs.replies.back().at <= until;
    row(recipient, theirs).add(known);
  }

  // Its counterpart is a warning, of which it may be one cause of many; or is none, and looks like one that nobody answers.
  void add_counterpart(std::string const& recipient, Sent const& one) {
    bool const of_both = clause_of(one.own->raised.subject.under).type == model::ClauseType::deconflict;
    if (!of_both) return;
    Known known = one.counterpart;
    known.sent_at = one.own->at, known.answer_by = one.own->raised.answer_by;
    known.until = std::min(now_, one.own->ended_at);
    row(recipient, *one.own).add(known);
  }

  static json::Object row_json(RowName const& name, Row const& row) {
    json::Object out{{"day", name.day}, {"recipient", name.recipient}};
    if (!name.agreement.empty()) out["agreement"] = name.agreement, out["clause"] = name.clause;
    if (name.exercise) out["exercise"] = true;
    out["sent"] = row.sent;
    if (!row.of_others) out["delivered"] = row.delivered;
    out["answered"] = row.answered, out["overdue"] = row.overdue;
    out["read_back_differs"] = row.misunderstood;
    if (!row.took_s.empty()) out["median_s"] = row.median_s();
    return out;
  }

  Eyes const& eyes_;
  UtcTime now_;
  std::map<RowName, Row> rows_;
  std::map<OfficeKey, std::vector<Sent>> told_of_;
};

constexpr char const* columns[] = {"day",     "recipient", "agreement", "clause",  "exercise",
                                   "sent",    "delivered", "answered",  "overdue", "read_back_differs",
                                   "median_s"};

std::string cell_of(json::Value const* value) {
  if (!value) return "";
  if (value->is_bool()) return value->get_bool() ? "yes" : "no";
  auto const* text = value->if_string();
  if (!text) return json::write(*value);
  std::string cell(*text);
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos)
    cell.insert(0, "'");
  if (cell.find_first_of(",\"\r\n") == cell.npos) return cell;
  std::string quoted = "\"";
  for (char const c : cell) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

}  // namespace

Told tell_acknowledgements(Eyes const& eyes) {
  Record record(eyes);
  record.add_own();
  record.add_recipients();
  return record.tell();
}

Told acknowledgements_csv(Told const& record) {
  Bytes out;
  for (char const* name : columns) out.append(out.empty() ? "" : ",").append(name);
  out += "\r\n";
  for (auto const& row : record.value().as_object().at("rows").as_array()) {
    bool first = true;
    for (char const* name : columns) {
      if (!first) out += ",";
      first = false;
      out += cell_of(row.as_object().if_contains(name));
    }
    out += "\r\n";
  }
  return Teller::tell_anew({&record}, json::Value(out));
}

}  // namespace comity::release
