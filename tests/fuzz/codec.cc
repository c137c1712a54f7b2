// Whatever the decoder accepts is the one encoding of the value it read.
#include "codec/codec.h"

#include "base/ensure.h"

namespace {

enum class Kind : uint8_t { one = 1 };

struct Tree {
  bool flag = false;
  uint32_t count = 0;
  int64_t change = 0;
  Kind kind = Kind::one;
  comity::ItemKey key;
  comity::Digest digest;
  std::string text;
  std::set<std::string> words;
  std::map<uint32_t, std::optional<int16_t>> map;
  std::vector<Tree> inner;
  auto fields(this auto& self) {
    return std::tie(self.flag, self.count, self.change, self.kind, self.key, self.digest, self.text,
                    self.words, self.map, self.inner);
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  comity::BytesView const bytes(reinterpret_cast<char const*>(data), size);
  auto const tree = comity::codec::decode<Tree>(bytes);
  if (tree) ensure(comity::codec::encode(*tree) == bytes);
  return 0;
}
