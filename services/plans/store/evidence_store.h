// Files of evidence and their content.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// How content is cut, in the database and on its way out.
inline constexpr std::size_t kEvidenceChunkBytes = 1024 * 1024;

struct NewEvidenceFile {
  UnitKey unit;
  std::string file_name;
  std::string content_type;
  std::string sha256;  // of the content, hexadecimal
  int size_bytes = 0;
  // Up to kEvidenceChunkBytes from an offset on; may be asked again for what it gave before.
  std::function<Result<std::string>(std::int64_t offset)> content;
};

struct EvidenceChunk {
  std::string content_type;
  std::string data;
  bool last = false;
};

// Thread-safe.
class EvidenceStore {
 public:
  virtual ~EvidenceStore() = default;

  // The content is asked for only where the division does not have it yet, a chunk at a time.
  // NOT_FOUND for an unknown unit.
  virtual Result<Document> AddFile(const WriteContext& context, const NewEvidenceFile& file) = 0;
  virtual Result<Document> GetFile(const EvidenceFileKey& file) = 0;
  // Of one unit or, without one, of all; newest first within each.
  virtual Result<Page> ListFiles(DivisionCode division, std::optional<int> unit,
                                 const ListQuery& query) = 0;
  // The chunk with this number, from 0.
  virtual Result<EvidenceChunk> ReadChunk(const EvidenceFileKey& file, int chunk) = 0;
};

}  // namespace gongkai::plans
