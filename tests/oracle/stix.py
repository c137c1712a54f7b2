"""What STIX 2.1 fixes and the oracle needs: the TLP markings, and what no object of a type goes without."""
TLP_LEVELS = ["clear", "green", "amber", "amber_strict", "red"]
MARKING = "marking-definition--"
TLP = {
    MARKING + "613f2e26-407d-48c7-9eca-b8e91df99dc9": "clear",  # TLP 1.0: white, green, amber, red
    MARKING + "34098fce-860f-48ae-8e50-ebd3cc5e41da": "green",
    MARKING + "f88d31f6-486f-44da-b317-01333bde0b82": "amber",
    MARKING + "5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "red",
    MARKING + "94868c89-83c2-464b-929b-a1a8aa3c8487": "clear",  # TLP 2.0
    MARKING + "bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "green",
    MARKING + "55d920b0-5e8b-4f79-9ee9-91f868d9b421": "amber",
    MARKING + "939a9414-2ddd-4d32-a0cd-375ea402b003": "amber_strict",
    MARKING + "e828b379-4e03-4974-9ac4-e53a884c97c1": "red",
}

BASE = ["type", "spec_version", "id", "created", "modified"]  # with every edition; the centre replaces what it must

REQUIRED = {  # STIX 2.1, as its published schemas have it
    "attack-pattern": ["name"], "campaign": ["name"], "course-of-action": ["name"],
    "grouping": ["context", "object_refs"], "identity": ["name"], "incident": ["name"],
    "indicator": ["pattern", "pattern_type", "valid_from"], "infrastructure": ["name"], "intrusion-set": ["name"],
    "malware": ["is_family"], "malware-analysis": ["product"], "note": ["content", "object_refs"],
    "observed-data": ["first_observed", "last_observed", "number_observed"], "opinion": ["object_refs", "opinion"],
    "report": ["name", "object_refs", "published"], "threat-actor": ["name"], "tool": ["name"],
    "vulnerability": ["name"], "relationship": ["relationship_type", "source_ref", "target_ref"],
    "sighting": ["sighting_of_ref"], "autonomous-system": ["number"], "directory": ["path"],
    "domain-name": ["value"], "email-addr": ["value"], "email-message": ["is_multipart"], "ipv4-addr": ["value"],
    "ipv6-addr": ["value"], "mac-addr": ["value"], "mutex": ["name"], "network-traffic": ["protocols"],
    "software": ["name"], "url": ["value"], "language-content": ["object_ref", "contents"],
    "extension-definition": ["name", "schema", "version", "extension_types"],
}
ALTERNATIVES = {  # one of these sets, whole
    "location": [["region"], ["country"], ["latitude", "longitude"]],
    "malware-analysis": [["result"], ["analysis_sco_refs"]],
    "observed-data": [["objects"], ["object_refs"]],
    "artifact": [["payload_bin"], ["url", "hashes"]],
    "file": [["hashes"], ["name"]],
    "network-traffic": [["src_ref"], ["dst_ref"]],
    "marking-definition": [["definition_type", "definition"], ["extensions"]],
}
