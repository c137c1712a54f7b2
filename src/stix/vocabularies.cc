#include "stix/vocabularies.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "model/stix_types.h"

namespace comity::stix {
namespace {

// `words`: separated by spaces; no word of the standard holds one.
struct Row {
  std::string_view name, words;
};

constexpr Row rows[] = {
    {"account-type-ov",
     "facebook kavi ldap nis openid radius skype tacacs twitter unix windows-domain windows-local"},
    {"attack-motivation-ov",
     "accidental coercion dominance ideology notoriety organizational-gain personal-gain "
     "personal-satisfaction revenge unpredictable"},
    {"attack-resource-level-ov", "club contest government individual organization team"},
    {"encryption-algorithm-enum", "AES-256-GCM ChaCha20-Poly1305 mime-type-indicated"},
    {"extension-type-enum", "new-sco new-sdo new-sro property-extension toplevel-property-extension"},
    {"grouping-context-ov", "malware-analysis suspicious-activity unspecified"},
    {"hash-algorithm-ov", "MD5 SHA-1 SHA-256 SHA-512 SHA3-256 SHA3-512 SSDEEP TLSH"},
    {"identity-class-ov", "class group individual organization system unknown"},
    {"implementation-language-ov",
     "applescript bash c c# c++ go java javascript lua objective-c perl php powershell python ruby scala "
     "swift "
     "typescript visual-basic x86-32 x86-64"},
    {"indicator-type-ov",
     "anomalous-activity anonymization attribution benign compromised malicious-activity unknown"},
    {"industry-sector-ov",
     "aerospace agriculture automotive chemical commercial communications construction dams defense "
     "education "
     "emergency-services energy engineering entertainment financial-services government government-local "
     "government-national government-public-services government-regional healthcare hospitality-leisure "
     "infrastructure insurance manufacturing mining non-profit nuclear pharmaceuticals retail technology "
     "telecommunications transportation utilities water"},
    {"infrastructure-type-ov",
     "amplification anonymization botnet command-and-control control-system exfiltration firewall "
     "hosting-malware hosting-target-lists phishing reconnaissance routers-switches staging unknown "
     "workstation"},
    {"malware-capabilities-ov",
     "accesses-remote-machines anti-debugging anti-disassembly anti-emulation anti-memory-forensics "
     "anti-sandbox anti-vm captures-input-peripherals captures-output-peripherals captures-system-state-data "
     "cleans-traces-of-infection commits-fraud communicates-with-c2 compromises-data-availability "
     "compromises-data-integrity compromises-system-availability controls-local-machine "
     "degrades-security-software degrades-system-updates determines-c2-server emails-spam "
     "escalates-privileges evades-av exfiltrates-data fingerprints-host hides-artifacts hides-executing-code "
     "infects-files infects-remote-machines installs-other-components persists-after-system-reboot "
     "prevents-artifact-access prevents-artifact-deletion probes-network-environment self-modifies "
     "steals-authentication-credentials violates-system-operational-integrity"},
    {"malware-result-ov", "benign malicious suspicious unknown"},
    {"malware-type-ov",
     "adware backdoor bootkit bot ddos downloader dropper exploit-kit keylogger ransomware "
     "remote-access-trojan resource-exploitation rogue-security-software rootkit screen-capture spyware "
     "trojan "
     "unknown virus webshell wiper worm"},
    {"network-socket-address-family-enum",
     "AF_APPLETALK AF_BTH AF_INET AF_INET6 AF_IPX AF_IRDA AF_NETBIOS AF_UNSPEC"},
    {"network-socket-type-enum", "SOCK_DGRAM SOCK_RAW SOCK_RDM SOCK_SEQPACKET SOCK_STREAM"},
    {"opinion-enum", "agree disagree neutral strongly-agree strongly-disagree"},
    {"pattern-type-ov", "pcre sigma snort stix suricata yara"},
    {"processor-architecture-ov", "alpha arm ia-64 mips powerpc sparc x86 x86-64"},
    {"region-ov",
     "africa americas antarctica asia australia-new-zealand caribbean central-america central-asia "
     "eastern-africa eastern-asia eastern-europe europe latin-america-caribbean melanesia micronesia "
     "middle-africa northern-africa northern-america northern-europe oceania polynesia south-america "
     "south-eastern-asia southern-africa southern-asia southern-europe western-africa western-asia "
     "western-europe"},
    {"report-type-ov",
     "attack-pattern campaign identity indicator intrusion-set malware observed-data threat-actor "
     "threat-report tool vulnerability"},
    {"threat-actor-role-ov",
     "agent director independent infrastructure-architect infrastructure-operator malware-author sponsor"},
    {"threat-actor-sophistication-ov", "advanced expert innovator intermediate minimal none strategic"},
    {"threat-actor-type-ov",
     "activist competitor crime-syndicate criminal hacker insider-accidental insider-disgruntled "
     "nation-state "
     "sensationalist spy terrorist unknown"},
    {"tool-type-ov",
     "credential-exploitation denial-of-service exploitation information-gathering network-capture "
     "remote-access unknown vulnerability-scanning"},
    {"windows-integrity-level-enum", "high low medium system"},
    {"windows-pebinary-type-ov", "dll exe sys"},
    {"windows-registry-datatype-enum",
     "REG_BINARY REG_DWORD REG_DWORD_BIG_ENDIAN REG_DWORD_LITTLE_ENDIAN REG_EXPAND_SZ "
     "REG_FULL_RESOURCE_DESCRIPTION REG_INVALID_TYPE REG_LINK REG_MULTI_SZ REG_NONE REG_QWORD "
     "REG_RESOURCE_LIST REG_RESOURCE_REQUIREMENTS_LIST REG_SZ"},
    {"windows-service-start-type-enum",
     "SERVICE_AUTO_START SERVICE_BOOT_START SERVICE_DEMAND_START SERVICE_DISABLED SERVICE_SYSTEM_ALERT"},
    {"windows-service-status-enum",
     "SERVICE_CONTINUE_PENDING SERVICE_PAUSED SERVICE_PAUSE_PENDING SERVICE_RUNNING SERVICE_START_PENDING "
     "SERVICE_STOPPED SERVICE_STOP_PENDING"},
    {"windows-service-type-enum",
     "SERVICE_FILE_SYSTEM_DRIVER SERVICE_KERNEL_DRIVER SERVICE_WIN32_OWN_PROCESS "
     "SERVICE_WIN32_SHARE_PROCESS"},
};

// `source relationship` to what it may lead to. `*`: any observable.
struct RelationshipRow {
  std::string_view source, relationship, targets;
};

constexpr RelationshipRow relationship_rows[] = {
    {"attack-pattern", "delivers", "malware"},
    {"attack-pattern", "targets", "identity location vulnerability"},
    {"attack-pattern", "uses", "malware tool"},
    {"campaign", "attributed-to", "intrusion-set threat-actor"},
    {"campaign", "compromises", "infrastructure"},
    {"campaign", "originates-from", "location"},
    {"campaign", "targets", "identity location vulnerability"},
    {"campaign", "uses", "attack-pattern infrastructure malware tool"},
    {"course-of-action", "investigates", "indicator"},
    {"course-of-action", "mitigates", "attack-pattern indicator malware tool vulnerability"},
    {"course-of-action", "remediates", "malware vulnerability"},
    {"domain-name", "resolves-to", "domain-name ipv4-addr ipv6-addr"},
    {"identity", "located-at", "location"},
    {"indicator", "based-on", "observed-data"},
    {"indicator", "indicates",
     "attack-pattern campaign infrastructure intrusion-set malware threat-actor tool"},
    {"infrastructure", "communicates-with", "domain-name infrastructure ipv4-addr ipv6-addr url"},
    {"infrastructure", "consists-of", "infrastructure observed-data *"},
    {"infrastructure", "controls", "infrastructure malware"},
    {"infrastructure", "delivers", "malware"},
    {"infrastructure", "has", "vulnerability"},
    {"infrastructure", "hosts", "malware tool"},
    {"infrastructure", "located-at", "location"},
    {"infrastructure", "uses", "infrastructure"},
    {"intrusion-set", "attributed-to", "threat-actor"},
    {"intrusion-set", "compromises", "infrastructure"},
    {"intrusion-set", "hosts", "infrastructure"},
    {"intrusion-set", "originates-from", "location"},
    {"intrusion-set", "owns", "infrastructure"},
    {"intrusion-set", "targets", "identity location vulnerability"},
    {"intrusion-set", "uses", "attack-pattern infrastructure malware tool"},
    {"ipv4-addr", "belongs-to", "autonomous-system"},
    {"ipv4-addr", "resolves-to", "mac-addr"},
    {"ipv6-addr", "belongs-to", "autonomous-system"},
    {"ipv6-addr", "resolves-to", "mac-addr"},
    {"malware", "authored-by", "intrusion-set threat-actor"},
    {"malware", "beacons-to", "infrastructure"},
    {"malware", "communicates-with", "domain-name ipv4-addr ipv6-addr url"},
    {"malware", "controls", "malware"},
    {"malware", "downloads", "file malware tool"},
    {"malware", "drops", "file malware tool"},
    {"malware", "exfiltrate-to", "infrastructure"},
    {"malware", "exploits", "vulnerability"},
    {"malware", "originates-from", "location"},
    {"malware", "targets", "identity infrastructure location vulnerability"},
    {"malware", "uses", "attack-pattern infrastructure malware tool"},
    {"malware", "variant-of", "malware"},
    {"malware-analysis", "analysis-of", "malware"},
    {"malware-analysis", "characterizes", "malware"},
    {"malware-analysis", "dynamic-analysis-of", "malware"},
    {"malware-analysis", "static-analysis-of", "malware"},
    {"threat-actor", "attributed-to", "identity"},
    {"threat-actor", "compromises", "infrastructure"},
    {"threat-actor", "hosts", "infrastructure"},
    {"threat-actor", "impersonates", "identity"},
    {"threat-actor", "located-at", "location"},
    {"threat-actor", "owns", "infrastructure"},
    {"threat-actor", "targets", "identity location vulnerability"},
    {"threat-actor", "uses", "attack-pattern infrastructure malware tool"},
    {"tool", "delivers", "malware"},
    {"tool", "drops", "malware"},
    {"tool", "has", "vulnerability"},
    {"tool", "targets", "identity infrastructure location vulnerability"},
    {"tool", "uses", "infrastructure"},
};

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    auto const end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  std::ranges::sort(words);
  return words;
}

using Vocabularies = std::map<std::string_view, std::vector<std::string_view>, std::less<>>;

Vocabularies const& vocabularies() {
  static Vocabularies const all = [] {
    Vocabularies made;
    for (auto const& row : rows) made.emplace(row.name, split(row.words));
    return made;
  }();
  return all;
}

bool holds(std::string_view words, std::string_view word) {
  return std::ranges::binary_search(split(words), word);
}

}  // namespace

std::span<std::string_view const> vocabulary(std::string_view name) {
  auto const found = vocabularies().find(name);
  return found == vocabularies().end() ? std::span<std::string_view const>() : found->second;
}

bool is_word_of(std::string_view vocabulary_name, std::string_view word) {
  return std::ranges::binary_search(vocabulary(vocabulary_name), word);
}

bool is_known_relationship(std::string_view source_type, std::string_view relationship,
                           std::string_view target_type) {
  if (relationship == "related-to") return true;
  if (relationship == "derived-from" || relationship == "duplicate-of") return source_type == target_type;
  bool const observable = model::stix_class(target_type) == model::StixClass::observable;
  return std::ranges::any_of(relationship_rows, [&](RelationshipRow const& row) {
    return row.source == source_type && row.relationship == relationship &&
           (holds(row.targets, target_type) || (observable && row.targets.ends_with('*')));
  });
}

}  // namespace comity::stix
