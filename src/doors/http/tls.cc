#include "doors/http/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <mutex>

#include "base/ensure.h"
#include "crypto/sha256.h"

namespace comity::http {
namespace {

namespace fs = std::filesystem;

template <class T, void (*free)(T*)>
struct FreeWith {
  void operator()(T* thing) const { free(thing); }
};
using Context = std::unique_ptr<SSL_CTX, FreeWith<SSL_CTX, SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, FreeWith<SSL, SSL_free>>;
using Certificate = std::unique_ptr<X509, FreeWith<X509, X509_free>>;

constexpr char const* suites_of_12 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
// Octets of ciphertext that wait to be sent; a slice of a body and its records fit.
constexpr size_t chunk = 16u << 10;
// Octets of a client's chain of certificates: four of a usual size, of somebody who is not known yet.
constexpr long most_of_a_chain = 16 << 10;

std::string why() {
  std::array<char, 256> text{};
  auto const code = ERR_get_error();
  ERR_clear_error();
  if (code == 0) return "it cannot be read";
  ERR_error_string_n(code, text.data(), text.size());
  return text.data();
}

// A group may: that is how keys are handed to services (a group of theirs, or an access list, which shows as one).
bool may_be_read_by_all(std::string const& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && (status.st_mode & S_IRWXO) != 0;
}

// Whoever proves to have the key is let through; who that is, doors/auth asks.
int let_through(int, X509_STORE_CTX*) { return 1; }

Result<Context> load(TlsFiles const& files) {
  ERR_clear_error();
  Context context(SSL_CTX_new(TLS_server_method()));
  ensure(context);
  SSL_CTX* const made = context.get();
  ensure(SSL_CTX_set_min_proto_version(made, TLS1_2_VERSION) == 1);
  ensure(SSL_CTX_set_cipher_list(made, suites_of_12) == 1);
  ensure(SSL_CTX_set_max_early_data(made, 0) == 1);  // R1: no 0-RTT
  SSL_CTX_set_options(made,
                      SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // Nothing is kept of a session: a cache would hold the chains of whoever connects, and a ticket outlives a certificate.
  SSL_CTX_set_session_cache_mode(made, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(made, SSL_OP_NO_TICKET);
  ensure(SSL_CTX_set_num_tickets(made, 0) == 1);
  SSL_CTX_set_max_cert_list(made, most_of_a_chain);
  SSL_CTX_set_mode(made, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE);
  static constexpr unsigned char name[] = "comity";
  SSL_CTX_set_session_id_context(made, name, sizeof name - 1);
  if (may_be_read_by_all(files.key))
    return fail(ErrorCode::bad_input, files.key + " may be read by everybody; run: chmod o= " + files.key);
  if (SSL_CTX_use_PrivateKey_file(made, files.key.c_str(), SSL_FILETYPE_PEM) != 1)
    return fail(ErrorCode::bad_input, files.key + ": no private key: " + why());
  if (SSL_CTX_use_certificate_chain_file(made, files.certificates.c_str()) != 1)
    return fail(ErrorCode::bad_input, files.certificates + ": no chain of certificates: " + why());
  if (SSL_CTX_check_private_key(made) != 1)
    return fail(ErrorCode::bad_input, files.key + " is not the key of " + files.certificates);
  if (files.client_authorities.empty()) {
    SSL_CTX_set_verify(made, SSL_VERIFY_PEER, let_through);
  } else {
    if (SSL_CTX_load_verify_locations(made, files.client_authorities.c_str(), nullptr) != 1)
      return fail(ErrorCode::bad_input, files.client_authorities + ": no certificates: " + why());
    SSL_CTX_set_client_CA_list(made, SSL_load_client_CA_file(files.client_authorities.c_str()));
    SSL_CTX_set_verify(made, SSL_VERIFY_PEER, nullptr);
  }
  return context;
}

// When the files were last written: enough to see that somebody renewed them.
std::array<fs::file_time_type, 3> written(TlsFiles const& files) {
  std::array<fs::file_time_type, 3> times{};
  size_t i = 0;
  for (auto const* file : {&files.certificates, &files.key, &files.client_authorities}) {
    std::error_code ignored;
    times[i++] = file->empty() ? fs::file_time_type{} : fs::last_write_time(*file, ignored);
  }
  return times;
}

}  // namespace

class TlsSession::Machine {
 public:
  explicit Machine(SSL_CTX* context)
      : session_(SSL_new(context)), in_(BIO_new(BIO_s_mem())), out_(BIO_new(BIO_s_mem())) {
    ensure(session_ && in_ != nullptr && out_ != nullptr);
    SSL_set_bio(session_.get(), in_, out_);  // takes both
    SSL_set_accept_state(session_.get());
  }

  bool feed(BytesView octets) {
    if (failed_) return false;
    ensure(BIO_write(in_, octets.data(), static_cast<int>(octets.size())) == static_cast<int>(octets.size()));
    if (SSL_is_init_finished(session_.get()) == 0) return judge(SSL_do_handshake(session_.get()));
    return true;
  }

  Bytes take() {
    Bytes octets;
    while (BIO_ctrl_pending(out_) > 0) {
      size_t const before = octets.size();
      octets.resize(before + std::min(BIO_ctrl_pending(out_), chunk));
      int const read = BIO_read(out_, octets.data() + before, static_cast<int>(octets.size() - before));
      octets.resize(before + static_cast<size_t>(std::max(read, 0)));
      if (read <= 0) break;
    }
    return octets;
  }

  bool is_open() const { return !failed_ && SSL_is_init_finished(session_.get()) != 0; }
  bool has_ended() const { return failed_ || ended_; }

  size_t read(std::span<char> out) {
    if (!is_open() || out.empty()) return 0;
    int const size = static_cast<int>(std::min<size_t>(out.size(), 1u << 20));
    int const read = SSL_read(session_.get(), out.data(), size);
    if (read > 0) return static_cast<size_t>(read);
    judge(read);
    return 0;
  }

  bool write(BytesView plain) {
    while (!plain.empty()) {
      int const size = static_cast<int>(std::min<size_t>(plain.size(), 1u << 20));
      int const written = SSL_write(session_.get(), plain.data(), size);
      if (written <= 0) return judge(written);
      plain.remove_prefix(static_cast<size_t>(written));
    }
    return true;
  }

  void end() {
    if (is_open()) SSL_shutdown(session_.get());
    ERR_clear_error();
  }

  std::optional<PeerCertificate> peer() const {
    Certificate const certificate(SSL_get1_peer_certificate(session_.get()));
    if (!certificate) return std::nullopt;
    unsigned char* der = nullptr;
    int const size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &der);
    if (size <= 0) return std::nullopt;
    Digest const key = crypto::sha256({reinterpret_cast<char const*>(der), static_cast<size_t>(size)});
    OPENSSL_free(der);
    return PeerCertificate{common_name(certificate.get()), key};
  }

 private:
  static std::string common_name(X509* certificate) {
    auto* const subject = X509_get_subject_name(certificate);
    int const at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    auto* const entry = at < 0 ? nullptr : X509_NAME_get_entry(subject, at);
    unsigned char* text = nullptr;
    int const size = entry ? ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry)) : -1;
    std::string const name =
        size < 0 ? "" : std::string(reinterpret_cast<char const*>(text), static_cast<size_t>(size));
    OPENSSL_free(text);
    return name;
  }

  // False: the session is of no further use.
  bool judge(int outcome) {
    if (outcome > 0) return true;
    int const error = SSL_get_error(session_.get(), outcome);
    ERR_clear_error();
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return true;
    if (error == SSL_ERROR_ZERO_RETURN)
      ended_ = true;
    else
      failed_ = true;
    return false;
  }

  Session session_;
  BIO* in_;
  BIO* out_;
  bool failed_ = false, ended_ = false;
};

TlsSession::TlsSession(std::unique_ptr<Machine> machine) : machine_(std::move(machine)) {}
TlsSession::~TlsSession() = default;
TlsSession::TlsSession(TlsSession&&) noexcept = default;
bool TlsSession::feed(BytesView octets) { return machine_->feed(octets); }
Bytes TlsSession::take() { return machine_->take(); }
bool TlsSession::is_open() const { return machine_->is_open(); }
bool TlsSession::has_ended() const { return machine_->has_ended(); }
size_t TlsSession::read(std::span<char> out) { return machine_->read(out); }
bool TlsSession::write(BytesView plain) { return machine_->write(plain); }
void TlsSession::end() { machine_->end(); }
std::optional<PeerCertificate> TlsSession::peer() const { return machine_->peer(); }

class TlsServer::Machine {
 public:
  Machine(TlsFiles files, Context context)
      : files_(std::move(files)), written_(written(files_)), context_(std::move(context)) {}

  Result<bool> reload() {
    auto const now = written(files_);
    {
      std::lock_guard const lock(mutex_);
      if (now == written_) return false;
      written_ = now;  // a file that cannot be used is told once
    }
    auto fresh = TRY(load(files_));
    std::lock_guard const lock(mutex_);
    context_ = std::move(fresh);
    return true;
  }

  std::unique_ptr<TlsSession::Machine> session() const {
    std::lock_guard const lock(mutex_);
    return std::make_unique<TlsSession::Machine>(context_.get());  // a session holds its context
  }

 private:
  TlsFiles const files_;
  mutable std::mutex mutex_;
  std::array<fs::file_time_type, 3> written_;
  Context context_;
};

TlsServer::TlsServer(std::unique_ptr<Machine> machine) : machine_(std::move(machine)) {}
TlsServer::~TlsServer() = default;

Result<std::shared_ptr<TlsServer>> TlsServer::open(TlsFiles files) {
  auto context = TRY(load(files));
  return std::shared_ptr<TlsServer>(
      new TlsServer(std::make_unique<Machine>(std::move(files), std::move(context))));
}

Result<bool> TlsServer::reload() { return machine_->reload(); }
TlsSession TlsServer::session() const { return TlsSession(machine_->session()); }

}  // namespace comity::http
