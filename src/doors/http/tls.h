// TLS of the public listener (R1; RFC 8446, RFC 5246), on OpenSSL, without a socket of its own.
//
// A TlsSession is a filter between the octets of one connection and those of HTTP: what came in is fed to it, what is to go
// out is taken from it. connection.cc moves the octets; so this is the one source of the doors that includes OpenSSL, and tests
// need no network.
//
// Promises: TLS 1.2 and 1.3 only; of 1.2 only suites with forward secrecy and AEAD (none of RFC 7540, appendix A); no data
// before the handshake is complete (no 0-RTT), no compression, no renegotiation. A private key is read once, when the
// files are loaded. A session keeps the certificate with which it began; those that begin after reload() have the new one,
// and files that cannot be used leave the old one in place.
// A client may show a certificate; that it has the key is proven by the handshake. Who it is, is for doors/auth: nothing
// is concluded from who signed it unless `client_authorities` names those who may.
//
// Threads: a TlsServer is thread-safe; a TlsSession belongs to its connection.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "doors/http/message.h"

namespace comity::http {

struct TlsFiles {
  std::string certificates;        // PEM: the server's own first, then those that lead to its authority
  std::string key;                 // PEM, without a password; one that everybody may read is refused
  std::string client_authorities;  // PEM; empty: a client's certificate need lead nowhere
};

class TlsSession {
 public:
  ~TlsSession();
  TlsSession(TlsSession&&) noexcept;

  // Octets from the peer. False: no TLS, or no longer; what is left to be taken says why to the peer.
  bool feed(BytesView octets);
  // Octets for the peer that have to leave now.
  Bytes take();

  bool is_open() const;              // the handshake is complete
  bool has_ended() const;            // the peer said so
  size_t read(std::span<char> out);  // 0: nothing has come yet
  bool write(BytesView plain);
  void end();

  std::optional<PeerCertificate> peer() const;

 private:
  friend class TlsServer;
  class Machine;
  explicit TlsSession(std::unique_ptr<Machine> machine);
  std::unique_ptr<Machine> machine_;
};

class TlsServer {
 public:
  // bad_input names the file and what is wrong with it.
  static Result<std::shared_ptr<TlsServer>> open(TlsFiles files);
  ~TlsServer();

  // Reads the files again if one of them is another than before. False: nothing to do.
  Result<bool> reload();
  TlsSession session() const;

 private:
  class Machine;
  explicit TlsServer(std::unique_ptr<Machine> machine);
  std::unique_ptr<Machine> machine_;
};

}  // namespace comity::http
