// As much of a TAXII 2.1 client as the demo and the kill test need, over a real socket.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "doors/http/client.h"
#include "json/json.h"

namespace comity::cli {

class TaxiiClient {
 public:
  TaxiiClient(std::string url, std::string const& user, std::string const& password);

  // The paths of the API roots this user may know.
  Result<std::vector<std::string>> roots();
  // The id of the collection of a root with this alias or title.
  Result<std::string> collection(std::string const& root, std::string const& name);
  // The ids in its manifest, page by page.
  Result<std::vector<std::string>> ids(std::string const& root, std::string const& name);
  Result<size_t> count(std::string const& root, std::string const& name);
  // The objects as one body, for searching.
  Result<Bytes> objects(std::string const& root, std::string const& name);
  // Reads the stream of a collection until the centre ends it, or for so long.
  void follow(std::string const& root, std::string const& name, Duration patience);
  // Posts an envelope; the status resource.
  Result<json::Value> post(std::string const& root, std::string const& name, Bytes envelope);

 private:
  Result<json::Value> get(std::string const& path);
  http::Headers headers() const;

  std::string url_, authorization_;
  std::map<std::string, std::string> collections_;  // root and name → id, which never changes
  http::Client client_;
};

}  // namespace comity::cli
