#include "doors/http/log.h"

#include <fcntl.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace comity::http {
namespace {

class AccessLog : public Observer {
 public:
  explicit AccessLog(spdlog::sink_ptr sink) : logger_("access", std::move(sink)) {
    logger_.set_pattern("%v");
  }

  void on_access(Access const& access) override {
    logger_.info(
        R"({{"time":"{}","request":"{}","route":"{}","status":{},"us":{},"in":{},"out":{},"office":"{}"}})",
        to_text(access.time), access.request_id, access.route, access.status, access.took_us, access.bytes_in,
        access.bytes_out, access.office);
  }
  void on_tick() override { logger_.flush(); }

 private:
  spdlog::logger logger_;
};

// spdlog would make the file with the mode of the umask.
bool make_private_file(std::string const& path) {
  int const file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  return file >= 0 && ::close(file) == 0;
}

}  // namespace

Result<std::shared_ptr<Observer>> open_access_log(std::string const& path) {
  try {
    if (path == "-") return std::make_shared<AccessLog>(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    if (!make_private_file(path)) return fail(ErrorCode::io, "cannot open the access log " + path);
    return std::make_shared<AccessLog>(std::make_shared<spdlog::sinks::basic_file_sink_mt>(path));
  } catch (spdlog::spdlog_ex const&) {
    return fail(ErrorCode::io, "cannot open the access log " + path);
  }
}

}  // namespace comity::http
