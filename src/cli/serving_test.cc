#include "cli/serving.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/seam.h"
#include "cli/toml.h"

namespace comity::cli {
namespace {

constexpr char const* name = "etc/comity.toml";

ServeOptions options_of(std::string const& text, Said const& first = {}) {
  auto const said = said_in(text, name);
  EXPECT_TRUE(said.has_value()) << said.error().detail;
  auto options = serve_options(first, *said, Format::text);
  EXPECT_TRUE(options.has_value()) << options.error().detail;
  return *options;
}

TEST(Serving, TheDefaultFileHoldsEverySettingAndIsWhatServeDoesByItself) {
  std::string const text = default_config();
  for (Argument const& argument : serve_arguments())
    EXPECT_NE(text.find("\n#" + argument.name.substr(2) + " = ") != text.npos,
              text.find("\n" + argument.name.substr(2) + " = ") != text.npos)
        << argument.name << " stands there once";
  ServeOptions const options = options_of(text), usual;
  EXPECT_EQ(options.data, "/var/lib/comity");
  EXPECT_EQ(options.address, usual.address);
  EXPECT_EQ(options.port, usual.port);
  EXPECT_EQ(options.metrics_port, usual.metrics_port);
  EXPECT_EQ(options.connections, usual.connections);
  EXPECT_EQ(options.connections_per_address, usual.connections_per_address);
  EXPECT_EQ(options.log, usual.log);
}

// Each line without its mark says what is so anyway, in the form that is asked for.
TEST(Serving, EveryLineOfTheDefaultFileCanBeSaid) {
  std::string const all = default_config();
  std::string said;
  for (size_t at = 0, end = 0; at < all.size(); at = end + 1) {
    end = std::min(all.find('\n', at), all.size());
    std::string const line = all.substr(at, end - at);
    said += (line.starts_with("#") && !line.starts_with("# ") ? line.substr(1) : line) + "\n";
  }
  EXPECT_GT(said.size(), 0u);
  EXPECT_EQ(options_of(said).port, ServeOptions().port);
  for (Setting const& setting : serve_settings())
    EXPECT_NE(said.find("\n" + setting.name + " = "), said.npos);
}

TEST(Serving, TheVerbTakesEverySettingAndTheFile) {
  for (Verb const& verb : serving_verbs())
    if (verb.path == "serve") EXPECT_EQ(verb.arguments.size(), serve_settings().size() + 1);
}

TEST(Serving, TheCommandLineComesBeforeTheFileAndTheFileBeforeTheDefault) {
  std::string const file = "data = '/d'\nport = 443\nlog = 'access.log'\nignore = ['hash_name']\n";
  ServeOptions const options = options_of(file, {{"port", {"444"}}});
  EXPECT_EQ(options.port, 444);
  EXPECT_EQ(options.log, "etc/access.log");
  EXPECT_EQ(options.address, "127.0.0.1");
  EXPECT_TRUE(options.judging.unheard.contains("hash_name"));
}

TEST(Serving, PathsAreMeantFromTheFolderOfTheFile) {
  ServeOptions const options =
      options_of("data = 'centre'\nlog = '-'\ntls-cert = '/a/chain.pem'\ntls-key = 'key.pem'\ncall-ca = ''");
  EXPECT_EQ(options.data, "etc/centre");
  EXPECT_EQ(options.log, "-");
  EXPECT_EQ(options.tls.certificates, "/a/chain.pem");
  EXPECT_EQ(options.tls.key, "etc/key.pem");
  EXPECT_EQ(options.call_authorities, "");
}

struct Refused {
  char const *text, *line, *right;
};

TEST(Serving, WhatIsNotRightIsRefusedWithItsLineAndWhatWouldBe) {
  for (Refused const& one : {
           Refused{"data = 'd'\nprot = 1", "line 2: there is no setting prot", "metrics-port"},
           {"password = 'x'", "line 1: there is no setting password", "tls-key"},
           {"[serve]\nport = 1", "line 1: there is no setting serve", "port"},
           {"\n\nport = '8642'", "line 3: port takes a number, not a string", ""},
           {"port = 8642.0", "line 1: port takes a number, not something else", ""},
           {"port = 65536", "line 1: port takes a number from 0 to 65535, not 65536", ""},
           {"port = -1", "line 1: port takes a number from 0 to 65535, not -1", ""},
           {"connections = 3", "line 1: connections takes a number from 16", ""},
           {"data = 1", "line 1: data takes a string, not a number", ""},
           {"data = ['d']", "line 1: data takes a string, not a list", ""},
           {"address = 'centre.example'", "line 1: address takes an address like 127.0.0.1", ""},
           {"ignore = 'hash_name'", "line 1: ignore takes a list, not a string", ""},
           {"ignore = ['no_code']", "line 1: ignore takes codes, and no_code is none", "comity codes"},
           {"ignore = [1]", "line 1: ignore takes a list of strings", ""},
           {"port = 1\nport = 2", "line 2", ""},
           {"port 1", "line 1", ""},
           {"data = 'd\xc3\xa9'", "line 1: only ASCII", ""},
           {"[=", "", "TOML"},
       }) {
    auto const said = said_in(one.text, name);
    ASSERT_FALSE(said.has_value()) << one.text;
    EXPECT_EQ(said.error().code, ErrorCode::bad_input);
    EXPECT_TRUE(said.error().detail.starts_with(name)) << said.error().detail;
    EXPECT_NE(said.error().detail.find(one.line), std::string::npos) << said.error().detail;
    EXPECT_NE(said.error().detail.find(one.right), std::string::npos) << said.error().detail;
  }
}

TEST(Serving, WhatDoesNotGoTogetherIsRefused) {
  for (char const* text : {"port = 1", "data = 'd'\ntls-cert = 'c'", "data = 'd'\ntls-key = 'k'",
                           "data = 'd'\ntls-client-ca = 'a'"})
    EXPECT_FALSE(serve_options({}, said_in(text, name).value(), Format::text).has_value()) << text;
}

TEST(Serving, TheCommandLineIsHeldToTheSameBounds) {
  auto const said = [](char const* option, char const* value) {
    return said_by(Call({}, {{option, {value}}}));
  };
  EXPECT_TRUE(said("--port", "0").has_value());
  for (char const* value : {"65536", "-1", "8642x", "0x10", " 1"})
    EXPECT_EQ(said("--port", value).error().code, ErrorCode::bad_input) << value;
  EXPECT_FALSE(said("--address", "localhost").has_value());
  EXPECT_FALSE(said("--ignore", "no_code").has_value());
}

TEST(Serving, AFileThatOthersMayWriteIsRefused) {
  std::string folder = testing::TempDir() + "comity-config-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  std::string const path = folder + "/comity.toml";
  ASSERT_TRUE(system_seam().files.write(path, default_config(), 0644).has_value());
  EXPECT_TRUE(read_config(path).has_value());
  for (unsigned const mode : {0664u, 0646u}) {
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    EXPECT_NE(read_config(path).error().detail.find("chmod go-w " + path), std::string::npos);
  }
  EXPECT_EQ(read_config(folder + "/none.toml").error().code, ErrorCode::bad_input);
}

TEST(Toml, ValuesKnowTheirLines) {
  auto const file = read_toml("# first\na = 1\n\nb = [ 'x',\n 'y' ]\n[c]\nd = true\n", "f").value();
  ASSERT_EQ(file.members.size(), 3u);
  EXPECT_EQ(file.members[0].value.line, 2u);
  EXPECT_EQ(file.members[1].value.line, 4u);
  EXPECT_EQ(file.members[1].value.list.size(), 2u);
  EXPECT_EQ(file.members[2].value.members[0].value.kind, Toml::Kind::other);
  EXPECT_EQ(file.members[2].value.members[0].value.line, 7u);
}

}  // namespace
}  // namespace comity::cli
