// A centre that is served, and its configuration.
#include "cli/local.h"
#include "cli/providers.h"
#include "cli/serving.h"
#include "cli/show.h"
#include "cli/verb.h"

namespace comity::cli {
namespace {

Exit exit_from(int code) { return static_cast<Exit>(code); }

Result<ServeOptions> options_of(Call const& call) {
  Said const said = TRY(said_by(call));
  Said const in_file = call.has("--config") ? TRY(read_config(call.text("--config"))) : Said();
  return serve_options(said, in_file, call.settings.format);
}

Exit run_server(Call const& call) {
  auto const options = options_of(call);
  return options ? exit_from(serve(*options)) : complain(options.error());
}

Exit check_config(std::string const& path) {
  auto const said = read_config(path);
  if (!said) return complain(said.error());
  auto const options = serve_options({}, *said, Format::text);
  if (!options) return complain({options.error().code, path + ": " + options.error().detail});
  if (auto const providers = read_providers(options->openid); !providers)
    return complain({providers.error().code, path + ": openid: " + providers.error().detail});
  say(path + " is a configuration that can be served by\n");
  return Exit::done;
}

Exit run_config(Call const& call) {
  if (call.has("step") != call.has("file"))
    return complain({ErrorCode::bad_input, "say `comity config`, or `comity config check FILE`"});
  if (call.has("step")) return check_config(call.text("file"));
  say(default_config());
  return Exit::done;
}

}  // namespace

Verbs serving_verbs() {
  std::vector<Argument> arguments = serve_arguments();
  arguments.insert(arguments.begin(),
                   {"--config", Takes::value, "FILE", "settings of a file; `comity config` prints one"});
  return {{"serve", "Run the centre until SIGINT or SIGTERM",
           "comity serve --data centre --port 8642\ncomity serve --config /etc/comity/comity.toml", arguments,
           run_server},
          {"config",
           "Print a configuration with every setting of serve explained, or check one",
           "comity config > comity.toml\ncomity config check comity.toml",
           {{"step", Takes::maybe, "STEP", "what to do; default: print", {"check"}},
            {"file", Takes::maybe, "FILE", "the file to check"}},
           run_config}};
}

}  // namespace comity::cli
