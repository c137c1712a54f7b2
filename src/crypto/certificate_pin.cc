#include "crypto/certificate_pin.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>

#include "crypto/sha256.h"

namespace comity::crypto {
namespace {

constexpr std::string_view prefix = "certificate-sha256:";

template <class T, void (*free)(T*)>
struct FreeWith {
  void operator()(T* thing) const { free(thing); }
};

}  // namespace

std::string certificate_pin(Digest const& key) { return std::string(prefix) + to_hex(key); }

bool is_certificate_pin(std::string_view text) {
  return text.starts_with(prefix) && text.size() == prefix.size() + 64 &&
         std::ranges::all_of(text.substr(prefix.size()),
                             [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Result<std::string> certificate_pin_of(BytesView pem) {
  std::unique_ptr<BIO, FreeWith<BIO, BIO_free_all>> const text(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  std::unique_ptr<X509, FreeWith<X509, X509_free>> const certificate(
      text ? PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr) : nullptr);
  if (!certificate) return fail(ErrorCode::bad_input, "no certificate in PEM");
  unsigned char* der = nullptr;
  int const size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &der);
  if (size <= 0) return fail(ErrorCode::bad_input, "a certificate without a key");
  auto const digest = sha256({reinterpret_cast<char const*>(der), static_cast<size_t>(size)});
  OPENSSL_free(der);
  return certificate_pin(digest);
}

}  // namespace comity::crypto
