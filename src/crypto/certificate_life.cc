#include "crypto/certificate_life.h"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <time.h>

#include <memory>

namespace comity::crypto {
namespace {

struct Free {
  void operator()(BIO* text) const { BIO_free_all(text); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};

}  // namespace

Result<UtcTime> certificate_ends(BytesView pem) {
  std::unique_ptr<BIO, Free> const text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  std::unique_ptr<X509, Free> const certificate(
      text ? PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr) : nullptr);
  if (!certificate) return fail(ErrorCode::bad_input, "no certificate in PEM");
  tm ends{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &ends) != 1)
    return fail(ErrorCode::bad_input, "a certificate without an end");
  return UtcTime{int64_t{::timegm(&ends)} * 1'000'000};
}

}  // namespace comity::crypto
