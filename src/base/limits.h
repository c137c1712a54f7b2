// Every bound of the program, in one place, each with its reason. A limit on count or rate is a quota of one office
// (25-isolation G4) unless its comment says "global"; a global limit answers 503 to everyone.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/ids.h"
#include "base/time.h"

namespace comity::limits {

// --- Quotas that two officers of the host may set (15-forms 3, set_limits) -------------------------------------------
// One number for every office or party: `usual` until officers set another, from `least`, below which honest work stops, to
// `most`, above which the quota no longer protects what it is there for. Rulings depend on all three: a centre that is to
// replay its old records keeps them, and other numbers come with another ruleset.
struct Quota {
  uint32_t least, usual, most;
};
// Refusals of one office kept as records in an hour; beyond it 429 and no record (15-forms 3). A client that posts one bad
// envelope needs about a hundred to learn what is wrong; a hundred thousand an hour fill a disk with noise in a month.
inline constexpr Quota refusals_per_hour{100, 1'000, 100'000};
// Hints of the third-party rule that one office gets in a day (25-isolation A12): one, or its contributions stop at the
// first mistake; two hundred are as many questions as may be asked about what others gave.
inline constexpr Quota third_party_hints_per_day{1, 20, 200};
// Drafts of one office that are not tabled yet (25-isolation B13): a negotiation needs two or three at a time; each may be
// agreement_bytes long and is kept in memory.
inline constexpr Quota open_drafts_per_office{3, 20, 1'000};
// Machines and people of one party: a small staff; and what is still looked through one by one for each new one.
inline constexpr Quota clients_per_party{10, 1'000, 100'000};
inline constexpr Quota people_per_party{10, 10'000, 100'000};
// Objects that one office contributes in a day, so that one alone cannot fill the disk: a bundle of some size is a thousand;
// the usual is forty times the largest published bundle (ATT&CK); the most is what the journal takes in half a day.
inline constexpr Quota contributions_per_office_and_day{1'000, 1'000'000, 100'000'000};
// Versions of one object by one originator: whatever concerns its id looks through them, so many take half a millisecond.
// An identity that is sent anew with every event of ten years has five thousand.
inline constexpr Quota versions_per_object{100, 10'000, 1'000'000};

// Names of places for the centre to call that one party has ever given; a name may get another URL. A SIEM and a chat or two
// for each office; each URL is looked at by the host.
inline constexpr Quota destinations_per_party{1, 20, 100};

// --- Calling out (25-isolation G12) --------------------------------------------------------------------------------
inline constexpr size_t destination_url_bytes = 2'000;  // what every server takes
inline constexpr size_t host_name_bytes = 253;          // RFC 1035
inline constexpr size_t destination_addresses = 8;      // a pair of machines on two networks, twice
inline constexpr size_t feeds_per_destination = 64;     // one body tells of all of them
inline constexpr Duration call_within = seconds(10);
inline constexpr size_t call_answer_bytes = 1u << 20;
// Between two calls to one destination: below what a person notices, above what a busy feed would make of it.
inline constexpr Duration bell_interval = seconds(1);
// After a call that failed, doubled each time: a restart of the receiver is over in a minute, a weekend is not.
inline constexpr Duration bell_first_wait = seconds(5);
inline constexpr Duration bell_longest_wait = hours(1);
// Pages: a mail system answers within seconds or is not well; whoever was paged needs half a minute to look before the next one;
// and many more at once than offices are on watch would be a fault of ours.
inline constexpr Duration page_within = seconds(15), page_interval = seconds(30), page_again = minutes(1);
inline constexpr size_t pages_waiting = 1'000;
// Duties that are looked at for one by its id: an older one is found by reading on.
inline constexpr size_t duties_by_id = 10'000;

// --- The reference set ------------------------------------------------------------------------------------------------
// All of these are of the host alone, and stand here so that a mistake of its officers does not fill the memory.
// Entries that the set has from the beginning: nine marking definitions and the identity of the centre.
inline constexpr int64_t fixed_references = 10;
// Frameworks that were ever allowed: a dozen are published; each may end and begin anew for years.
inline constexpr size_t frameworks = 1'000;
// Objects of one bundle: eight times the largest published one (ATT&CK enterprise, 25,000).
inline constexpr uint32_t framework_objects = 200'000;
// Objects ever loaded: twenty years of four frameworks; about half a gigabyte of memory.
inline constexpr size_t framework_objects_in_all = 1'000'000;
// Steps of an inclusion proof: a tree of so many objects has 18 levels.
inline constexpr size_t framework_proof = 18;

// --- JSON and STIX -----------------------------------------------------------------------------------------------
// Nesting of untrusted JSON (25-isolation G13): STIX needs about ten; a parser that recurses stays far from its stack.
inline constexpr size_t json_depth = 32;
// Values of one text that is read into memory as values (counted by its commas, if it is long): a Value takes 24 octets and
// more, of which a text of 64 MiB could hold thirty million. A list of 1,000 commands has a hundred thousand.
inline constexpr size_t json_values = 1'000'000;
inline constexpr size_t json_text_uncounted = 1u << 20;
// One request body, the same for every root (25-isolation C1): ATT&CK enterprise, the largest published bundle, is 45 MB.
inline constexpr size_t request_body_bytes = 64u << 20;
// One STIX object: an artifact of 6 MB in base64 and its wrapping.
inline constexpr size_t stix_object_bytes = 8u << 20;
// Objects in one envelope: a page of this many rulings is still a status body a client can read.
inline constexpr size_t envelope_objects = 50'000;
// Distinct STIX ids in the strings of one object: the largest report of ATT&CK names 2,000.
inline constexpr size_t object_references = 10'000;
inline constexpr size_t object_labels = 200;
inline constexpr size_t label_bytes = 250;  // the length of a STIX property name, taken over for labels
inline constexpr size_t object_markings = 64;
inline constexpr size_t granular_markings = 1'000;
// All selectors of one object's granular markings: ten for each marking.
inline constexpr size_t granular_selectors = 10'000;
// Findings told about one object: enough to repair it in a few rounds, few enough for a status of a large envelope.
inline constexpr size_t stix_findings = 20;
// A finding's JSON pointer; the names in it are the sender's and may be of any length. Longer ones are left out.
inline constexpr size_t finding_pointer_bytes = 1'000;
// Parentheses inside one another in a pattern: published ones have three; far from the end of the stack.
inline constexpr size_t pattern_depth = 64;
inline constexpr size_t to_offices = 100;

// --- Agreements (25-isolation B13) ---------------------------------------------------------------------------------
inline constexpr size_t agreement_clauses = 200;
inline constexpr size_t agreement_names = 1'000;  // parties and offices named anywhere in a text
inline constexpr size_t agreement_bytes = 256u << 10;
inline constexpr size_t condition_depth = 4;
inline constexpr size_t condition_leaves = 32;
inline constexpr size_t polygon_vertices = 1'000;
inline constexpr size_t filter_words = 1'000;  // in one list of a filter or of a clause's fields
// What is told of a text that does not compile: more than anyone mends at one go.
inline constexpr size_t agreement_problems = 100;
// Notices, delays, retention: a century; a time of the calendar plus this cannot overflow.
inline constexpr Duration longest_duration = days(36'525);
// The coarsest steps of the ladder (25-isolation A17): a grid of a million metres, about twelve days.
inline constexpr uint32_t coarsest_grid_m = 1u << 20;
inline constexpr uint32_t coarsest_round_s = 1u << 20;

// --- Identities ------------------------------------------------------------------------------------------------------
inline constexpr size_t slug_bytes = 32;
inline constexpr size_t name_bytes = 200;
// Of an open arrangement (model/arrangement.h). Each root and collection is looked through by discovery, and a collection
// has two lists of users; other servers' hold a few of each.
inline constexpr size_t open_roots = 100;
inline constexpr size_t open_collections = 1'000;
inline constexpr size_t description_bytes = 4'000;  // a page of text for people
inline constexpr size_t offices_per_party = 1'000;
// Keys of a party that hold at one time: one for each office that signs, and a few in safes. Ended ones are not counted, or a
// thief could use the number up and leave the party none to end hers with.
inline constexpr size_t keys_per_party = 100;
// All that a party ever had, ended ones among them, since the law is copied with them: twenty years of changing all of a hundred
// every year. Recovery keys go on, so that a thief who used the number up is ended and a key given in place of his.
inline constexpr size_t keys_ever_of_party = 2'000;
// Ids of ended keys of issuers, and of officers, that are remembered so as not to be taken for another purpose: three years of
// a new one every day.
inline constexpr size_t ended_ids = 1'000;
// New or ended keys in one act, and signatures under it: all the keys of a party of usual size, changed at one go.
inline constexpr size_t keys_in_act = 16;
inline constexpr size_t act_signatures = 33;  // of sixteen new keys, of sixteen recovery keys, and one
inline constexpr size_t acts_of_key = 64;     // kinds that a key may sign: more than there are
// Issuers of tokens that one party ever names (C5): an identity provider for each service, and the ones before them. And keys of
// one: the present one, the next, and one for each algorithm.
inline constexpr size_t issuers_per_party = 20;
inline constexpr size_t issuer_keys = 16;
inline constexpr size_t issuer_key_octets = 1'200;  // SubjectPublicKeyInfo of an RSA key of 8,192 bits
inline constexpr int rsa_key_bits_least = 2'048;    // NIST SP 800-131A
inline constexpr int rsa_key_bits_most = 8'192;     // a check takes a millisecond
// Of an RSA key's exponent: all but nobody has another than 65,537, and a check takes as long as it has bits.
inline constexpr int rsa_exponent_bits = 32;
// Keys of one party's issuers with which one token is tried, those first that it names: an issuer with more than these of one
// algorithm has its tokens say which.
inline constexpr size_t token_candidates = 8;
// Tokens from one network that did not hold, before the next has to wait: a client that goes on with one that is over.
inline constexpr uint32_t failures_free_tokens = 50;
// How far ahead a token of an external issuer may end: an hour and a half is what large providers give; what is stolen holds
// no longer than this.
inline constexpr Duration issuer_token_life = hours(2);
inline constexpr size_t token_scope_words = 64;  // of providers that list everything
// OpenID Connect. Providers that a host configures: one or two for each party that has one.
inline constexpr size_t openid_providers = 50;
inline constexpr size_t openid_label_bytes = 80;      // of a button
inline constexpr size_t openid_client_bytes = 250;    // of an id that a provider gave; Google's have 72
inline constexpr size_t openid_secret_bytes = 1'000;  // Entra's have 40
// From the button to the return: a password, a second factor and a consent at the provider.
inline constexpr Duration openid_login_life = minutes(10);
// Logins that were used once, and are remembered until they would be over anyway (global): ten of each of a thousand offices within ten
// minutes, as after an outage; some hundred octets each.
inline constexpr size_t openid_logins_used = 10'000;
// Codes that are being exchanged (global): each takes as long as its provider, call_within at most.
inline constexpr size_t openid_exchanges = 32;
// A code and a state in the address of the return; and what a provider answers the exchange: three tokens.
inline constexpr size_t openid_code_bytes = 4'096, openid_answer_bytes = 64u << 10,
                        id_token_bytes = 16u << 10;
// How far ahead an ID token may end: it is used at once, so this bounds no session; Auth0 says ten hours, Google one.
inline constexpr Duration id_token_life = days(1);
// 25-isolation B5: time for a party to see that its host gives it another key, and to object.
inline constexpr Duration recovery_wait = hours(72);
// After an objection: who objects holds a key, and need not watch every third day for the next attempt.
inline constexpr Duration recovery_pause = days(30);
inline constexpr size_t password_bytes = 1'024;
// argon2id takes 64 MiB and 58 ms each: two at once are what a small machine can spare (global).
inline constexpr int password_checks_at_once = 2;
inline constexpr int password_hashes_at_once = 1;  // of those: one place is left to logins (global)
// Passwords hashed for one request: a second of work. Whoever sets more sends verifiers, or lists one after another.
inline constexpr int passwords_in_list = 16;
// A verified credential is believed this long without another check; a revocation ends it at once.
inline constexpr Duration credential_cache = minutes(5);
// Of passwords and certificates, and of tokens (global): the oldest of the office that has most makes room.
inline constexpr size_t credential_cache_entries = 10'000;
// Credentials that wait for a check (global): at 34 a second, as long as a client waits before it asks again.
inline constexpr size_t password_checks_waiting = 64;
// Failures before a name or an address has to wait: typing errors; the address of a proxy or a staff is many users.
inline constexpr uint32_t failures_free_user = 3;
inline constexpr uint32_t failures_free_address = 50;
// Of one name from all addresses together: somebody guesses from many of them.
inline constexpr uint32_t failures_free_name = 50;
inline constexpr Duration longest_back_off = minutes(5);
// Failures older than this are forgotten; it must be longer than the longest wait.
inline constexpr Duration failures_kept = minutes(15);
inline constexpr size_t back_off_entries =
    10'000;  // of names and of addresses (global); the oldest makes room
inline constexpr Duration token_life = hours(1);
// How long a revocation is remembered after its token is over: a clock that is put back makes no token hold again.
inline constexpr Duration revocation_kept = days(1);
inline constexpr size_t token_bytes = 4'096;  // of a bearer token: five times what the built-in issuer makes
// How far the host's clock may step back before tokens of the built-in issuer count as not yet issued.
inline constexpr Duration token_clock_step = minutes(1);

// --- Signed acts (25-isolation G8) -------------------------------------------------------------------------------------
inline constexpr Duration act_life = days(7);
// How far a seq may lie above the time in microseconds. Without a bound one act with the highest number would be the last
// of its party; with it there is always a higher one.
inline constexpr Duration act_seq_ahead = days(7);
inline constexpr Duration countersign_within = hours(24);
inline constexpr size_t act_bytes = 64u << 10;
// What officers of the host may suspend by themselves, and how long after that not again (25-isolation B15).
inline constexpr Duration emergency_suspension = hours(72);
inline constexpr Duration emergency_again = days(30);
inline constexpr size_t short_words = 280;  // a reason given to people

// --- The airspace (f3548-rules; 25-isolation D14) ------------------------------------------------------------------------
// Of one office, of what has not ended: a day of a large fleet; and how many of them may lie in one cell, so that nobody makes
// everybody else's key long. Preset `dss` has no parties to protect from each other's numbers, and the standard has no such bound.
inline constexpr size_t intents_per_office = 20'000;
inline constexpr size_t intents_per_office_and_cell = 200;
// Likewise of constraints, which are in a key too: it holds what ten offices fill a cell with.
inline constexpr size_t constraints_per_office_and_cell = 200;
// Likewise of subscriptions: every change in a cell looks at all that lie in it.
inline constexpr size_t subscriptions_per_office_and_cell = 200;
inline constexpr size_t extents = 100;          // of one filing
inline constexpr size_t ring_vertices = 1'000;  // of one polygon
inline constexpr size_t key_ovns = 4'096;
inline constexpr uint32_t circle_m = 50'000;
// Of volumes that are said with fewer words than a polygon (forms/volumes.h). A leg between two way-points: a day of a convoy, and so
// short that its ring has far fewer vertices than a polygon may; one more way-point than there may be legs.
inline constexpr uint32_t corridor_leg_m = 500'000;
inline constexpr size_t way_points = extents + 1;
// What a filer said of volumes, kept beside what was made of it: a hundred volumes with altitudes of another datum, or a corridor of as
// many legs; twice.
inline constexpr size_t said_bytes = 32u << 10;
inline constexpr size_t place_bytes = 100;  // typed coordinates: twice the longest spelling of them
// How far air may be from the standard atmosphere by which flight levels are counted. Of pressure at sea level: the records are 870
// hPa, which lowers every level by some 1,290 m, and 1,085 hPa, which raises it by some 580 m; of the geoid above the ellipsoid, -107
// and 86 m. Of temperature: columns of arctic winter air are up to a sixth, those over hot deserts some seven hundredths, off.
inline constexpr int64_t level_below_mm = 1'400'000, level_above_mm = 700'000;
inline constexpr int64_t level_margin_m = 5'000;  // that a filer may say in place of these
inline constexpr int64_t level_below_percent = 20, level_above_percent = 10;
// Of the schedule of a site: one period and a second for each day of the week. Windows of it with which one other thing is compared: of all
// its volumes twice as many as a filing has; where they would be more, one window around all. And as many days as an owner looks through.
inline constexpr size_t schedule_periods = 14;
inline constexpr size_t windows_compared = 2 * extents;
inline constexpr size_t windows_shown = 8;
inline constexpr Duration windows_ahead = days(14);
// By when a site is to be confirmed again at the latest, once its office has confirmed it: hospitals move, and who has not looked for two
// years does not know.
inline constexpr Duration reconfirm_ahead = days(731);
// Level-13 cells of one filing: 2,500 km² are about 2,500; a hundred such extents apart from each other would be as many each.
inline constexpr size_t hull_cells = 250'000;
// Grids of clauses about volumes (25-isolation G10): from about 730 m, below which a filing of 2,500 km² would have more squares
// than can be looked at for each of its neighbours, to about half a continent; of altitude to above all flights; of time to 12 days.
inline constexpr uint32_t finest_cell_e7 = 1u << 16, coarsest_cell_e7 = 1u << 28;
inline constexpr uint32_t finest_altitude_m = 1, coarsest_altitude_m = 1u << 17;
inline constexpr uint32_t finest_time_s = 1, coarsest_time_s = 1u << 20;
// What is kept apart by more is not in each other's way: 100 nautical miles, the height of the atmosphere, a day.
inline constexpr uint32_t separation_m = 185'200, separation_vertical_m = 100'000, separation_s = 86'400;
inline constexpr size_t squares_compared = 16'384;  // of one volume; beyond, cells are twice as long
// Of all that one intent meets under a clause: so many are merged, which takes the cube of it at worst; beyond, one box around all.
inline constexpr size_t boxes_merged = 200;
inline constexpr size_t boxes_told = 16;  // of one notice; beyond, one box around all
// What a pulse does of each: conflicts that are over, notices to escalate, intents to look at again after a change of law.
inline constexpr size_t conflicts_at_once = 100, escalated_at_once = 100, intents_at_once = 50;
// Alternatives that a preview looks for: within a day, which is as far ahead as flights are planned, and the height that anything
// flies at; among so many pairs of a volume and what is in its way, each as dear as one neighbour of a filing. Beyond, none are offered.
inline constexpr uint32_t later_by_s = 86'400, shifted_by_m = 20'000;
inline constexpr size_t alternatives_among = 500;
inline constexpr size_t notice_replies = 32;
// Kept of one office: the other side of a clause raises one each time that it moves its volumes about, so many of them a day that it
// would fill the memory before they are forgotten by age. The oldest that has ended makes room.
inline constexpr size_t notices_per_office = 10'000;
// Files of sites and zones from elsewhere (places/). Places of one file: as many as one POST of commands takes, so that a file is filed
// in one commit or not at all. The largest national set of geozones has some thousands of zones in 10 MB, and is cut.
inline constexpr size_t places = 1'000;
inline constexpr size_t place_file_bytes = 16u << 20;
inline constexpr size_t place_columns = 200, place_cell_bytes = 8'192;
// What is told of one place: more than anyone mends at one go.
inline constexpr size_t place_faults = 20;
// Corners in all volumes and periods of one file: two numbers each, as many as one text of JSON may have.
inline constexpr size_t place_corners = 450'000;
// KML has about eight levels, and forty elements for each place.
inline constexpr size_t xml_depth = 32, xml_elements = 200'000;
// A KMZ holds pictures beside its KML; text of coordinates becomes a fifth, so a hundredth is made to be unpacked.
inline constexpr size_t archive_entries = 1'000, archive_ratio = 100;
inline constexpr size_t sites_per_office = 20'000;
// A watch is a few people with a few telephones; a line is tested twice a day, so that its calls go back for years.
inline constexpr size_t on_watch = 16, contacts = 4, contact_bytes = 254, calls_per_line = 1'000;
// What who goes leaves to who comes: a page. One for each of those on watch and each offer is kept.
inline constexpr size_t handover_note_characters = 2'000;
// What waits for the system of an office that does not answer: more than an office has intents, and it is told of each once.
// A refused filing is filed again within seconds, by a client that has asked for what its key lacked.
inline constexpr Duration tried_kept = minutes(10);
inline constexpr size_t tried_of_office = 1'000;
inline constexpr size_t to_tell = 50'000, surrogates_ended = 100;
inline constexpr uint32_t call_minutes = 24 * 60;
inline constexpr uint32_t evaluations_per_day = 1'000'000;
// Telemetry (report_telemetry.h). A second is what cooperative systems report in; a record of each is more than anyone needs of it. What was
// measured longer ago than five minutes says where something was. What says nothing of its next report holds for a minute: sixty missed ones of
// the quick, one of the slow. An hour between two is a ship's; what has ended longer ago has landed, or is nobody's to report.
inline constexpr Duration telemetry_interval = seconds(1), telemetry_age = minutes(5);
inline constexpr Duration telemetry_holds = minutes(1), telemetry_next = hours(1), overstayed = hours(1);
inline constexpr uint32_t telemetry_speed_mps = 12'000;  // of a satellite
inline constexpr uint32_t telemetry_vertical_m = 50'000;
inline constexpr Duration escalation_least = minutes(1);
inline constexpr size_t line_languages = 16;
// So long ahead operations are planned; and what lies in the way of everybody for longer is no operation (D14).
inline constexpr Duration intent_window = days(7);
inline constexpr Duration subscription_window = hours(24);  // S1
// How long what has ended is kept (D4, S8: whoever asks by id, or for a time that has passed, still finds it). The reference forgets
// after 112 days, by hand; a fleet of a million flights a day would fill the memory by then.
inline constexpr Duration ended_kept = days(28);
// Of one kind and one office, with what has ended: as many every day as may be there at one time.
inline constexpr size_t kept_per_office =
    intents_per_office * static_cast<size_t>(ended_kept.us / days(1).us);
// Forgotten by one pulse: some milliseconds.
inline constexpr size_t forgotten_at_once = 1'000;
inline constexpr Duration clock_skew = minutes(5);  // S1, S4, I4
inline constexpr size_t base_url_bytes = 2'000;
inline constexpr size_t error_report_bytes = 1u << 20;
// Of one office: records for good, a hundred of them 100 MiB at most. Who finds more exchanges wrong in a day has found one thing often.
inline constexpr uint32_t error_reports_per_office_and_day = 100;
// Managers whose first token made them a party (preset `dss`): a country has some hundreds of systems; each may name availability
// for others, which is why those are bounded by the same number.
inline constexpr size_t subjects = 100'000;
inline constexpr size_t subject_bytes = 256;

// --- The machine -------------------------------------------------------------------------------------------------------
// Commands waiting for the writer (global): at 40,000/s a tenth of a second of work.
inline constexpr size_t queue_commands = 8'192;
// Commands that share one fsync: bounds the latency of the first of them.
inline constexpr size_t batch_commands = 1'024;
// How long before a pause something may have been released that a reader has not fetched when it begins: most poll by the hour, or
// by the day and may fail once.
inline constexpr Duration unread_for = days(2);
// Contributions looked at for one record that changes law (commands/to_look_at.h), and questions asked of disclosure about
// them: a twentieth of a second, for which all others wait.
inline constexpr size_t looked_at_at_once = 1'000;
inline constexpr size_t asked_at_once = 10'000;
// Objects of frameworks of which it is looked for what refers to them, for one record: a hundredth of a second.
inline constexpr size_t published_at_once = 10'000;
// Questions about what refers to what became visible, for one record: as many under each agreement, so that what others
// have under another one delays nothing; and in all, since parties can make agreements (state/due.h).
inline constexpr size_t referrers_asked = 10'000;
inline constexpr size_t referrers_asked_in_all = 200'000;
inline constexpr size_t references_in_question = 16;  // that cost as much as the rest of a question
// Questions that one deletion may ask about who still has from another office what is deleted, and how many versions times
// offices they may look through: ten milliseconds. An object of one version that 400 offices have needs 800.
inline constexpr size_t deletion_questions = 1'000;
inline constexpr size_t deletion_work = 2'000'000;
// Questions about releases that wait for each other, for one record: a tenth of a second. A ring of so many members that are
// not yet there is no report that people write.
inline constexpr size_t ring_questions = 20'000;
// Portions of the backlog that follow one another because an office has something back (state/due.h): each reaches as far as
// the numbers above, so eight reach through everything but a chain made for it.
inline constexpr uint32_t backlog_hops = 8;
// These eight decide what a record does: a program with other numbers needs a ruleset of its own, or it would replay old
// records to another state.
// Commands of the centre itself in one commit: what is left comes with the next, so that others are not kept waiting.
inline constexpr size_t own_commands_at_once = 16;
// Of an office's own records in one answer, as they are stored: told in base64, under the lock.
inline constexpr size_t records_page_bytes = 4u << 20;
inline constexpr size_t command_list = 1'000;  // in one POST /commands
// Structs within structs in the canonical encoding: the deepest of the model nests about ten.
inline constexpr size_t codec_depth = 32;
// Bytes as posted that are kept in memory (global): a page of 1,000 objects of 10 kB, six times over.
inline constexpr size_t payload_cache_bytes = 64u << 20;
// Connections that wait for the next reader (global): one for each thread that reads at once, on a machine of this size.
inline constexpr size_t idle_read_connections = 8;
// Records read before the read transaction is closed: a longer one would keep the write-ahead log from being emptied.
inline constexpr size_t scan_records = 1'024;
// The write-ahead log is moved into the database when it has this many pages: SQLite's default, and longer is no faster.
inline constexpr int log_pages = 1'000;
// How long one process waits for another that holds the journal's file.
inline constexpr Duration journal_busy_wait = seconds(10);
// How long the writer waits for readers before the write-ahead log can be emptied; else the next commit tries again.
inline constexpr Duration log_empty_wait = milliseconds(200);
// Of so many such commits in a row only one waits: a backup reads for minutes, and writing must not slow down meanwhile.
inline constexpr unsigned log_vain_tries = 64;
// A snapshot is stored in pieces of this size, as a row holds less than 1 GB.
inline constexpr size_t snapshot_piece_bytes = 16u << 20;
// Records after which a child makes a snapshot: boot then replays in about a second what came since.
inline constexpr Index snapshot_records = 200'000;
// From one snapshot to the next, and after one that failed: it writes the whole state, so not all the time.
inline constexpr Duration snapshot_pause = minutes(10);
// A child that makes a snapshot says one line; more is not read.
inline constexpr size_t snapshot_answer_bytes = 4'096;
// Octets of rows in one piece of a backup: small beside the memory of any machine, large beside a piece's frame. One row
// always fits, whatever its size.
inline constexpr size_t backup_piece_bytes = 1u << 20;
// How many epochs beyond the present one an act of a lost range may name: nobody restores a centre so often, and none may
// be driven to a number that leaves no higher one.
inline constexpr uint32_t epochs_ahead = 1'000;
// Acts and commands that a command line keeps of what it sent: years of a party's signatures, some 20 MB.
inline constexpr size_t kept_acts = 10'000;
// When doctor asks for another backup or snapshot, for room, and for another certificate: a day's work is what one night
// may cost; a tenth of the disk is what a week of a busy centre takes; two weeks are enough to get a certificate in.
inline constexpr Duration backup_old = days(2), snapshot_old = days(1), certificate_ends_soon = days(14);
inline constexpr uint64_t room_tenths = 10, least_room = 64u << 20;
inline constexpr size_t idempotency_key_bytes = 128;
// How many idempotency keys of one office the machine remembers; the oldest makes room.
inline constexpr size_t idempotency_keys_per_office = 100'000;
// Items of one digest that are looked at one by one; more are kept as a crowd (state/crowd.h), which takes memory.
inline constexpr size_t crowd_items = 16;
inline constexpr Duration idle_pulse = minutes(5);
// Doors answer 503 when a deadline is overdue by this much (25-isolation G14).
inline constexpr Duration overdue_pulse = seconds(1);
// A clock further ahead of the log than this is believed at boot, or when two officers say so (25-isolation G14); an idle
// centre pulses more often than that.
inline constexpr Duration log_leap = minutes(10);
// Two faults of one office within this time suspend its commands of that kind (25-isolation E11).
inline constexpr Duration fault_window = hours(1);

// Refusals an office finds in its inbox: a day's work for a person to look through.
inline constexpr size_t inbox_refusals = 1'000;

// --- Doors ------------------------------------------------------------------------------------------------------------
// Bodies up to this are read on the event loop, some 0.3 ms of work at most; larger ones by threads of their own.
inline constexpr size_t prompt_body_bytes = 16u << 10;
// Streams of one office: a console for each watch officer and a client for each system; and in all (global): a quarter of the
// connections, so that those who stay leave room for those who ask.
inline constexpr size_t streams_of_office = 16;
inline constexpr size_t streams = 1'000;
// How often those who wait are looked at: below what a person notices. Where few wait sooner, so that it is as many looks a second at
// most, but not more often than a commit takes.
inline constexpr Duration stream_tick = milliseconds(25), stream_tick_least = milliseconds(3);
// What lists looked like to viewers when they were last told (global; release/looks.h): five of each viewer who may have a stream.
inline constexpr size_t looks_kept = 5 * streams;
// A sign of life on a quiet stream: shorter than proxies and NAT wait.
inline constexpr Duration stream_beat = seconds(15);
// Events of one part of a stream: what is sent before the law is asked again.
inline constexpr size_t stream_events = 100;
inline constexpr uint64_t stream_part_bytes = 1u << 20;  // of payloads; one object is always sent
// Requests that wait for a thread (global): as many as connections may be open, one request each.
inline constexpr size_t waiting_requests = 4'096;
inline constexpr Duration preview_within = seconds(2);  // 25-isolation B13
// How long a reader waits for its own write to show (15-forms 4, Comity-At-Least).
inline constexpr Duration read_own_write_within = seconds(2);
inline constexpr size_t page_objects = 1'000;  // most in one TAXII page
inline constexpr size_t page_objects_default = 100;
inline constexpr Duration status_kept = days(2);  // TAXII R12: at least a day
inline constexpr size_t statuses_per_office = 10'000;
// Objects in all statuses of one office: four of the largest envelopes.
inline constexpr size_t status_objects_per_office = 200'000;
inline constexpr size_t listed = 1'000;  // entries in one native list answer
// Rows of the record of acknowledgements: a day's for each recipient under each clause, for as long as notices are kept; the newest stay.
inline constexpr size_t record_rows = 5'000;

// --- The console -------------------------------------------------------------------------------------------------------
// Of a person in a browser: a watch. Nobody is asked for a password in the middle of one.
inline constexpr Duration session_life = hours(12);
// A watch may last longer, or have begun long after its officer signed in: with less than so much left her session is given so much from
// then, for as long as she is on watch, and she is asked for her password once a day all the same: nobody watches for longer.
inline constexpr Duration session_renewal = hours(1), session_renewed = hours(2),
                          session_life_on_watch = hours(24);
// Of a link that signs a person in once: until it was pasted; in a demo, where links are printed to be tried, a day.
inline constexpr Duration link_life = minutes(10), link_life_in_demo = hours(24);
// TOTP (RFC 6238): what its applications use, and a clock that is off by one step; 160 bits, as RFC 4226 recommends.
inline constexpr unsigned totp_step_s = 30, totp_steps_off = 1;
inline constexpr size_t totp_secret_bytes = 20;
// From the moment that a secret is shown until its first code is given; and how many such wait (global): each is a person.
inline constexpr Duration enrolment_life = minutes(10);
inline constexpr size_t enrolments = 1'000;
// Between two looks of one page's stream: ten a second are more than a person sees, and what changed is told by whole lists.
inline constexpr Duration live_pause = milliseconds(100);
// Requests of pages at work, and streams of one person: a page each on a few screens.
inline constexpr unsigned console_threads = 2;
// The public page. Who fetched it is there for as long as a page takes to fetch again; so many are remembered at once.
inline constexpr Duration visit_lasts = minutes(5);
inline constexpr size_t visitors = 10'000;
// Of one network: a household or an office behind one address; so nobody alone makes a crowd.
inline constexpr size_t visitors_of_network = 20;
// Replies to it: what one officer moderates at a sitting, and what a page shows; of one network, so many an hour.
inline constexpr size_t replies_waiting = 100, replies_shown = 1'000;
inline constexpr size_t reply_characters = 2'000, reply_name_characters = 80, reply_email_bytes = 254;
inline constexpr size_t replies_of_network = 5;
inline constexpr Duration replies_counted = hours(1);
inline constexpr size_t reply_networks = 10'000;
// Maps of the site: so many files, and so much of one in an answer. A tile has some 50 kB, a directory of tiles 16.
inline constexpr size_t maps = 100, map_range_bytes = 4u << 20;

}  // namespace comity::limits
