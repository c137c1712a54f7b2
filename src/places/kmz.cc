// KML in a ZIP file, by libzip, from memory into memory.
#include <zip.h>

#include <memory>

#include "base/limits.h"
#include "places/read.h"
#include "places/values.h"

namespace comity::places {
namespace {

struct Close {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Close>;

std::unexpected<Error> broken(std::string why) {
  return fail(ErrorCode::bad_input, "the archive: " + std::move(why));
}

Result<Archive> open(BytesView file) {
  zip_error_t error;
  zip_error_init(&error);
  // The source belongs to the archive once it is open.
  zip_source_t* const source = zip_source_buffer_create(file.data(), file.size(), 0, &error);
  zip_t* const archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
  std::string const why = zip_error_strerror(&error);
  zip_error_fini(&error);
  if (archive) return Archive(archive);
  if (source) zip_source_free(source);
  return broken(why);
}

// doc.kml, else the first .kml: as KML 2.2 has it.
Result<zip_uint64_t> main_entry(zip_t& archive) {
  auto const entries = zip_get_num_entries(&archive, 0);
  if (entries < 0 || static_cast<size_t>(entries) > limits::archive_entries)
    return fail(ErrorCode::too_large,
                "the archive has more than " + std::to_string(limits::archive_entries) + " entries");
  std::optional<zip_uint64_t> first;
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(entries); ++i) {
    char const* const name = zip_get_name(&archive, i, 0);
    std::string const plain = name ? lower_case(name) : "";
    if (plain == "doc.kml") return i;
    if (!first && plain.ends_with(".kml")) first = i;
  }
  if (first) return *first;
  return broken("there is no KML in it");
}

Result<Bytes> unpack(zip_t& archive, zip_uint64_t entry) {
  zip_stat_t about;
  zip_stat_init(&about);
  if (zip_stat_index(&archive, entry, 0, &about) != 0 || !(about.valid & ZIP_STAT_SIZE) ||
      !(about.valid & ZIP_STAT_COMP_SIZE))
    return broken("its entry does not say how large it is");
  // What it says of itself, then what it really is.
  bool const bomb = about.size > limits::place_file_bytes ||
                    about.size / limits::archive_ratio > about.comp_size + limits::archive_ratio;
  if (bomb)
    return fail(ErrorCode::too_large, "the archive: its KML unpacks to more than " +
                                          std::to_string(limits::place_file_bytes >> 20) +
                                          " MB, or to more than " + std::to_string(limits::archive_ratio) +
                                          " times its size");
  std::unique_ptr<zip_file_t, Close> const file(zip_fopen_index(&archive, entry, 0));
  if (!file) return broken(zip_strerror(&archive));
  Bytes out(static_cast<size_t>(about.size) + 1, '\0');
  size_t had = 0;
  while (had < out.size()) {
    auto const got = zip_fread(file.get(), out.data() + had, out.size() - had);
    if (got < 0) return broken("its KML cannot be unpacked");
    if (got == 0) break;
    had += static_cast<size_t>(got);
  }
  if (had != about.size) return broken("its KML is not as large as it says");
  out.resize(had);
  return out;
}

}  // namespace

Result<std::vector<Draft>> read_kmz(BytesView file) {
  if (file.size() > limits::place_file_bytes) return fail(ErrorCode::too_large, "the file is too large");
  Archive const archive = TRY(open(file));
  zip_uint64_t const entry = TRY(main_entry(*archive));
  Bytes const kml = TRY(unpack(*archive, entry));
  return read_kml(kml);
}

}  // namespace comity::places
