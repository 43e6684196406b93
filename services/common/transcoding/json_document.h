// One JSON text that is being read into wire format: the inside of JsonReader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "services/common/status/error.h"
#include "services/common/transcoding/json_path.h"
#include "services/common/transcoding/json_scanner.h"
#include "services/common/transcoding/message_table.h"
#include "services/common/transcoding/scalar.h"
#include "services/common/transcoding/update_mask.h"
#include "services/common/transcoding/wire_format.h"

namespace gongkai {

// Reads one document. Every function is false after the first fault, which `error_` then holds.
class JsonDocument {
 public:
  JsonDocument(const TableSet& tables, std::string_view json) : tables_(tables), scanner_(json) {
    // Wire is about half as long.
    wire_.Reserve(json.size() / 2);
  }
  // Collects the paths that are set, below the root.
  void CollectMask(std::vector<std::string>* paths) { mask_.paths = paths; }

  bool Message(const MessageTable& table);
  bool Field(const FieldTable& field);
  bool End();
  // Reads the value of a field that is not in an object.
  bool RootField(const FieldTable& field);

  Error TakeError() { return std::move(*error_); }
  std::string TakeWire() { return wire_.Take(); }

 private:
  // Which fields and oneofs of an object were set.
  struct Seen {
    explicit Seen(std::size_t count) : many(count > 64 ? count : 0) {}
    // False if the field was there already.
    bool Insert(int field) {
      if (!many.empty()) {
        auto entry = many[static_cast<std::size_t>(field)];
        const bool fresh = !entry;
        entry = true;
        return fresh;
      }
      const std::uint64_t bit = std::uint64_t{1} << field;
      return (std::exchange(few, few | bit) & bit) == 0;
    }

    std::uint64_t few = 0;
    std::vector<bool> many;  // instead, of a message with more than 64 fields
    std::unordered_set<int> oneofs;
    std::size_t next = 0;  // the field that probably comes now
  };

  bool Fail(std::string description);
  bool FailSyntax();
  bool Expect(char structural, std::string_view expected);
  bool Members(const MessageTable& table, bool in_any);
  bool Member(const MessageTable& table, std::string_view name, Seen& seen);
  template <typename Read>
  bool Array(Read read);

  bool NullField(const FieldTable& field);
  bool List(const FieldTable& field);
  bool Map(const FieldTable& field);
  bool MapEntry(const FieldTable& field, std::string_view key);
  bool Value(const FieldTable& field);
  bool Text(const FieldTable& field, bool also_empty);
  bool NestedMessage(const FieldTable& field);
  std::optional<Scalar> ReadScalar(const FieldTable& field);
  std::optional<Scalar> Refuse(const FieldTable& field, std::string_view text);
  void PutScalar(const FieldTable& field, const Scalar& scalar);

  bool WellKnownMessage(const MessageTable& table);
  bool TextForm(const MessageTable& table);
  bool DynamicValue(const MessageTable& table);
  bool Any(const MessageTable& table);
  std::optional<std::string_view> AnyType();
  bool AnyContent(const MessageTable& content);

  const TableSet& tables_;
  JsonScanner scanner_;
  WireBuffer wire_;
  UpdateMask mask_;
  JsonPath path_;
  std::optional<Error> error_;
  int depth_ = 0;
};

// No more levels than this.
inline constexpr int kMaxJsonDepth = 100;

// The beginning of a long text, for error messages.
std::string Shortened(std::string_view text);

}  // namespace gongkai
